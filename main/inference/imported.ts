// Detectors that the user brought: a folder each below the packs, with the weights, what was declared of them, and what was measured.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { TensorData } from '../contract/analyzer.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import {
  type DetectorContract,
  type DetectorRole,
  detectorContractSchema,
  detectorRoleSchema,
  type ImportedDetector,
} from '../contract/detector.ts';
import { AppError } from '../contract/errors.ts';
import { fileFaults, NOT_JSON, oneFault } from '../contract/file-faults.ts';
import { sha256Schema } from '../contract/item.ts';
import { IMPORTED_VERSION } from '../contract/versions.ts';
import { sha256Of } from './digest.ts';
import type { ModelSession } from './session.ts';

const importedSchema = z.strictObject({
  schema: z.literal(1),
  role: detectorRoleSchema,
  sha256: sha256Schema,
  bytes: z.int().positive(),
  contract: detectorContractSchema,
});
type Description = z.infer<typeof importedSchema>;
export type ImportedModel = Description & ImportedDetector;

/** Longest file taken. Bytes. */
const MOST_BYTES = 2 ** 30;

export function importedFolder(packsFolder: string, id: string): string {
  return path.join(packsFolder, 'imported', id);
}

/** Every imported detector; a folder whose description cannot be read is left aside. */
export function readImported(packsFolder: string): ImportedModel[] {
  const folder = path.join(packsFolder, 'imported');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((id) => {
      try {
        const text = readFileSync(path.join(folder, id, 'import.json'), 'utf8');
        return [withVersion(packsFolder, importedSchema.parse(JSON.parse(text)))];
      } catch {
        return [];
      }
    });
}

/** Characters of a digest that tell one declaration and calibration from another. */
const DIGEST_HEAD = 8;

/** The same weights declared otherwise, or calibrated anew, answer otherwise. */
function withVersion(packsFolder: string, description: Description): ImportedModel {
  const file = path.join(importedFolder(packsFolder, description.contract.id), 'calibration.json');
  const calibration = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const digest = sha256Of(Buffer.from(canonicalJson(description) + calibration));
  return { ...description, version: `${IMPORTED_VERSION}+${digest.slice(0, DIGEST_HEAD)}` };
}

/**
 * Takes weights with their declared contract: loads them, runs them once as declared, and keeps a copy. It speaks in no finding before it was calibrated.
 * @throws AppError MODEL_INVALID (not a network), DETECTOR_CONTRACT_INVALID (not declared as it must be, or the network does not do what is declared), FILE_NOT_FOUND, …
 */
export async function importDetector(
  packsFolder: string,
  {
    file,
    role,
    contractFile,
    taken,
  }: { file: string; role: DetectorRole; contractFile: string; taken: readonly string[] },
): Promise<ImportedModel> {
  const contract = await readContract(contractFile, role);
  if (taken.includes(contract.id)) throw contradiction('id', 'id-taken');
  const bytes = new Uint8Array(await readFile(file));
  if (bytes.length > MOST_BYTES) throw new AppError('MODEL_INVALID', { model: contract.id });
  const { createSession } = await import('./session.ts');
  const session = await createSession(contract.id, bytes, 1);
  try {
    await tryOnce(session, contract);
  } finally {
    await session.dispose();
  }
  const description: Description = { schema: 1, role, sha256: sha256Of(bytes), bytes: bytes.length, contract };
  const folder = importedFolder(packsFolder, contract.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'model.onnx'), bytes, { mode: 0o600 });
  await writeFile(path.join(folder, 'import.json'), `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 });
  return withVersion(packsFolder, description);
}

async function readContract(file: string, role: DetectorRole): Promise<DetectorContract> {
  const text = await readFile(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('DETECTOR_CONTRACT_INVALID', { ...NOT_JSON }, { cause });
  }
  const parsed = detectorContractSchema.safeParse(json);
  if (!parsed.success) throw new AppError('DETECTOR_CONTRACT_INVALID', { ...fileFaults(parsed.error) });
  if ((parsed.data.input.kind === 'sound') !== (role === 'synthetic-voice'))
    throw contradiction('input.kind', 'not-of-role');
  return parsed.data;
}

/** What a user cannot see in a file of weights shows here, and not as a fault of every item that is examined later. */
async function tryOnce(session: ModelSession, { input, output }: DetectorContract): Promise<void> {
  if (!session.inputs.includes(input.name))
    throw contradiction(`input.name ≠ ${session.inputs.join(', ')}`, 'no-such-tensor');
  if (!session.outputs.includes(output.name))
    throw contradiction(`output.name ≠ ${session.outputs.join(', ')}`, 'no-such-tensor');
  const tensor = input.kind === 'sound' ? aTone(input.samples) : aPattern(input);
  const { [output.name]: given } = await session.run({ [input.name]: tensor }, [output.name]).catch((cause) => {
    throw contradiction('input', 'does-not-run', cause);
  });
  const value = given!.data[output.index];
  if (value === undefined) throw contradiction(`output.index > ${given!.data.length - 1}`, 'no-such-value');
  if (!Number.isFinite(value)) throw contradiction('output', 'no-number');
}

function contradiction(place: string, fault: string, cause?: unknown): AppError {
  return new AppError('DETECTOR_CONTRACT_INVALID', { ...oneFault(place, fault) }, { cause });
}

type Input<Kind> = Extract<DetectorContract['input'], { kind: Kind }>;

/** Values of every pixel between black and white, as the contract wants them. */
function aPattern({ width, height, layout, mean, scale }: Input<'picture'>): TensorData {
  const data = Float32Array.from({ length: 3 * width * height }, (_, i) => {
    const channel = layout === 'nchw' ? Math.floor(i / (width * height)) : i % 3;
    return (((i * 97) % 256) - mean[channel]!) / scale[channel]!;
  });
  return { data, dims: layout === 'nchw' ? [1, 3, height, width] : [1, height, width, 3] };
}

function aTone(samples: number): TensorData {
  return { data: Float32Array.from({ length: samples }, (_, i) => 0.1 * Math.sin(i / 5)), dims: [1, samples] };
}
