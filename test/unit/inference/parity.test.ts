import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ModelStore } from '../../../main/inference/index.ts';
import { deviation, type Parity, paritySchema } from '../../../models/build/parity.ts';
import { PICTURES } from '../../../models/build/pictures.ts';

const MODELS = path.resolve(import.meta.dirname, '../../../models');
const CONVERTED = ['face-detector', 'face-mesh', 'face-iris', 'face-features', 'face-recognition'];

const store = new ModelStore({ modelsFolder: MODELS, packsFolder: path.join(MODELS, '.no-packs') });
afterAll(() => store.dispose());

function readParity(folder: string, id: string): Parity {
  return paritySchema.parse(JSON.parse(readFileSync(path.join(folder, id, 'parity.json'), 'utf8')));
}

function sideOf(id: string): number {
  return Number(store.describe(id).inputs[0]?.dims[1]);
}

/** Outputs by name for one drawn picture, or a batch of the same picture. */
async function outputsOf(id: string, pictures: readonly Float32Array[]): Promise<Record<string, Float32Array>> {
  const side = sideOf(id);
  const data = new Uint8Array(pictures.length * side * side * 3);
  for (const [at, picture] of pictures.entries()) data.set(picture, at * picture.length);
  const session = await store.session(id);
  const result = await session.run({ rgb: { data, dims: [pictures.length, side, side, 3] } }, session.outputs);
  return Object.fromEntries(Object.entries(result).map(([name, tensor]) => [name, tensor.data]));
}

function drawn(id: string, picture: string): Float32Array {
  const draw = PICTURES[picture];
  if (!draw) throw new Error(`no picture ${picture}`);
  return draw(sideOf(id));
}

describe.each(CONVERTED)('%s against the source runtime', (id) => {
  const parity = readParity(MODELS, id);

  test.each(parity.cases)('computes the same numbers on the picture "$picture"', async ({ picture, outputs }) => {
    const computed = await outputsOf(id, [drawn(id, picture)]);
    expect(Object.keys(computed).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, reference] of Object.entries(outputs)) {
      expect(deviation(computed[name] ?? new Float32Array(), reference)).toBeLessThanOrEqual(parity.tolerance);
    }
  });

  test('notices red and blue exchanged', async () => {
    const swapped = drawn(id, 'head');
    for (let i = 0; i < swapped.length; i += 3)
      swapped.set([swapped[i + 2] ?? 0, swapped[i + 1] ?? 0, swapped[i] ?? 0], i);
    const computed = await outputsOf(id, [swapped]);
    const reference = parity.cases.find((one) => one.picture === 'head')?.outputs ?? {};
    const worst = Math.max(
      ...Object.entries(reference).map(([name, kept]) => deviation(computed[name] ?? new Float32Array(), kept)),
    );
    expect(worst).toBeGreaterThan(parity.tolerance);
  });

  test('gives every picture of a batch what it gives the picture alone', async () => {
    const pictures = [drawn(id, 'tiles'), drawn(id, 'head')];
    const batch = await outputsOf(id, pictures);
    for (const [at, picture] of pictures.entries()) {
      for (const [name, values] of Object.entries(await outputsOf(id, [picture]))) {
        const part = batch[name]?.subarray(at * values.length, (at + 1) * values.length) ?? new Float32Array();
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        expect(part.length).toBe(values.length);
        expect(part.every((value, i) => Math.abs(value - (values[i] ?? 0)) <= 1e-5 * largest)).toBe(true);
      }
    }
  });
});

test('the detector finds the drawn head where it was drawn', async () => {
  const { scores = new Float32Array(), boxes = new Float32Array() } = await outputsOf('face-detector', [
    drawn('face-detector', 'head'),
  ]);
  const best = scores.indexOf(Math.max(...scores));
  const box = boxes.subarray(16 * best, 16 * best + 16);
  const within = (at: number, drawnAt: number) =>
    Math.abs((box[at] ?? Number.NaN) - (drawnAt / 100) * 256) <= 0.03 * 256;
  expect(scores[best]).toBeGreaterThan(0.5);
  expect([within(0, 50), within(1, 57), within(2, 40), within(3, 40)]).toEqual([true, true, true, true]);
  // eyes, then the mouth, where models/build/pictures.ts draws them
  expect([within(4, 41), within(5, 47), within(6, 59), within(7, 47)]).toEqual([true, true, true, true]);
  expect([within(10, 50), within(11, 66)]).toEqual([true, true]);
});

const sourcesInstalled = existsSync(path.resolve(MODELS, '../node_modules/@vladmandic/human/models/blazeface.bin'));
(sourcesInstalled ? test : test.skip)(
  'the kept references are what the installed source runtime computes',
  async () => {
    const out = await mkdtemp(path.join(tmpdir(), 'jianzhen-parity-'));
    try {
      await promisify(execFile)(process.execPath, [path.join(MODELS, 'build/parity.ts'), '--out', out]);
      for (const id of CONVERTED) {
        const kept = readParity(MODELS, id);
        const fresh = readParity(out, id);
        expect(fresh.cases.length).toBe(kept.cases.length);
        for (const [at, { outputs }] of fresh.cases.entries()) {
          for (const [name, output] of Object.entries(outputs)) {
            const reference = kept.cases[at]?.outputs[name];
            const worst = Math.max(
              ...output.values.map((value, i) => Math.abs(value - (reference?.values[i] ?? Number.NaN))),
            );
            expect(worst / Math.max(1, output.largest)).toBeLessThanOrEqual(1e-6);
          }
        }
      }
    } finally {
      await rm(out, { recursive: true, force: true });
    }
  },
);
