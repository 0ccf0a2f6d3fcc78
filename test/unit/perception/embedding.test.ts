import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FACE_EMBEDDING_MODEL } from '../../../main/contract/analyzer.ts';
import { cosine, embedFaces } from '../../../main/perception/embedding.ts';
import { cutFace, fitMeshes } from '../../../main/perception/face.ts';
import { locateFaces } from '../../../main/perception/locate.ts';
import { HEADS, type Identity, type Pose, portrait } from '../../fixtures/heads.ts';
import { models } from '../../models.ts';

interface Parity {
  readonly tolerance: number;
  readonly cases: readonly { readonly k: number; readonly output: readonly number[] }[];
}

const parity = JSON.parse(
  readFileSync(path.join(models.modelsFolder, FACE_EMBEDDING_MODEL, 'parity.json'), 'utf8'),
) as Parity;

test.each(parity.cases)('the adapter gives what it gave where it was trained, case $k', async ({ k, output }) => {
  const data = Float32Array.from({ length: 1280 }, (_, i) => 0.5 + 0.5 * Math.sin(0.37 * i * k));
  const { embedding } = await models.run(FACE_EMBEDDING_MODEL, { features: { data, dims: [1, 1280] } });
  const worst = Math.max(...output.map((v, i) => Math.abs(v - embedding!.data[i]!)));
  expect(output).toHaveLength(128);
  expect(worst).toBeLessThanOrEqual(parity.tolerance);
});

async function embed(who: Identity, pose: Pose, side: number) {
  const picture = await portrait(who, pose, side);
  const [found] = await locateFaces(picture, { models, smallest: 32 });
  const face = cutFace(picture, found!);
  const [mesh] = await fitMeshes(models, [face]);
  const [vector] = await embedFaces(models, [{ image: face.image, box: face.box, mesh: mesh! }]);
  return vector!;
}

test('a head is more like itself, turned, dimmed and half the size, than like any other head', async () => {
  const straight = await Promise.all(HEADS.map((who) => embed(who, {}, 400)));
  for (const [n, who] of HEADS.entries()) {
    const again = await embed(who, { yaw: 10, roll: -7, brightness: 0.85 }, 200);
    expect(Math.hypot(...again)).toBeCloseTo(1, 5);
    const alike = straight.map((other) => cosine(again, other));
    expect(alike.indexOf(Math.max(...alike))).toBe(n);
  }
});
