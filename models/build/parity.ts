// Writes models/<id>/parity.json for every converted model: outputs of the source runtime on drawn pictures, thinned out.
// Run by hand when a source package or a recipe changes: `node models/build/parity.ts [--out FOLDER]`.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readRegistry } from '../../main/inference/registry.ts';
import { PICTURES } from './pictures.ts';

const MODELS = path.resolve(import.meta.dirname, '..');
/** Values kept of one output: enough to see a wrong padding or channel order, small enough to read a diff. */
const KEPT = 160;
/** Largest difference allowed, as a part of the largest value of the output (at least 1). */
const TOLERANCE = 1e-4;
const RUNTIME = '@tensorflow/tfjs 4.22.0, wasm';

export const paritySchema = z.strictObject({
  model: z.string(),
  runtime: z.string(),
  tolerance: z.number().positive(),
  cases: z
    .array(
      z.strictObject({
        /** Name in models/build/pictures.ts. */
        picture: z.string(),
        outputs: z.record(
          z.string(),
          /** Every `step`-th value of an output of `length` values, and the largest magnitude of all. */
          z.strictObject({
            length: z.int(),
            step: z.int().positive(),
            largest: z.number(),
            values: z.array(z.number()).min(1),
          }),
        ),
      }),
    )
    .min(1),
});

export type Parity = z.infer<typeof paritySchema>;
type KeptOutput = Parity['cases'][number]['outputs'][string];

/** Thins an output; the step is odd so that it does not fall into one column of a table. */
export function thin(values: Float32Array): KeptOutput {
  const step = Math.max(1, Math.ceil(values.length / KEPT) | 1);
  const kept = values.filter((_, at) => at % step === 0);
  return { length: values.length, step, largest: rounded(largestOf(values)), values: Array.from(kept, rounded) };
}

/** Largest difference between an output and the kept reference, as a part of the largest value (at least 1). */
export function deviation(values: Float32Array, reference: KeptOutput): number {
  if (values.length !== reference.length) return Number.POSITIVE_INFINITY;
  const differences = reference.values.map((value, at) =>
    Math.abs((values[at * reference.step] ?? Number.NaN) - value),
  );
  const magnitude = Math.abs(largestOf(values) - reference.largest);
  return Math.max(magnitude, ...differences) / Math.max(1, reference.largest);
}

function largestOf(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/** Float32 carries about seven digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(7));
}

/** Runs the source networks on every drawn picture. */
async function computeParity(): Promise<Parity[]> {
  const { loadReferenceNetworks } = await import('./reference.ts');
  const { models } = readRegistry(MODELS);
  const files: Parity[] = [];
  for (const [model, network] of Object.entries(await loadReferenceNetworks())) {
    const size = Number(models.find((entry) => entry.id === model)?.inputs[0]?.dims[1]);
    const cases: Parity['cases'] = [];
    for (const [picture, draw] of Object.entries(PICTURES)) {
      const outputs = Object.entries(await network(draw(size), size)).map(([name, values]) => [name, thin(values)]);
      cases.push({ picture, outputs: Object.fromEntries(outputs) });
    }
    files.push({ model, runtime: RUNTIME, tolerance: TOLERANCE, cases });
  }
  return files;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: MODELS } } });
  for (const parity of await computeParity()) {
    const folder = path.join(values.out, parity.model);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'parity.json'), `${JSON.stringify(parity)}\n`);
  }
}
