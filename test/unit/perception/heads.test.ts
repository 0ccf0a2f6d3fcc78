import { ModelStore } from '../../../main/inference/index.ts';
import { cutFace, fitMeshes, qualityOf } from '../../../main/perception/face.ts';
import { locateFaces } from '../../../main/perception/locate.ts';
import { decoded, HEADS, identity, portrait, scene, sequence } from '../../fixtures/heads.ts';
import { models } from '../../models.ts';

test.each([...HEADS, ...[1, 2, 3, 4].map(identity)])('the detector accepts the drawn head $name', async (who) => {
  const found = await locateFaces(await portrait(who, {}, 256), { models, smallest: 32 });
  expect(found).toHaveLength(1);
  expect(found[0]!.score).toBeGreaterThan(0.75);
});

test('pose is read with the signs of the contract', async () => {
  const poseOf = async (pose: { yaw?: number; roll?: number }) => {
    const picture = await portrait(HEADS[0]!, pose, 300);
    const [face] = await locateFaces(picture, { models, smallest: 48 });
    const cut = cutFace(picture, face!);
    const [mesh] = await fitMeshes(models, [cut]);
    return qualityOf(cut, mesh!, Math.min(face!.box.w, face!.box.h));
  };
  const straight = await poseOf({});
  expect(Math.abs(straight.yaw)).toBeLessThan(5);
  expect(Math.abs(straight.roll)).toBeLessThan(4);
  expect((await poseOf({ yaw: 25 })).yaw).toBeGreaterThan(straight.yaw + 5);
  expect((await poseOf({ yaw: -25 })).yaw).toBeLessThan(straight.yaw - 5);
  expect((await poseOf({ roll: 20 })).roll).toBeCloseTo(20, -1);
  expect((await poseOf({ roll: -20 })).roll).toBeCloseTo(-20, -1);
});

test('every head of a drawn crowd is found once, down to 34 px, and nothing else', async () => {
  const random = sequence(3);
  const heads = Array.from({ length: 24 }, (_, n) => ({
    who: identity(n + 1),
    x: 30 + (n % 6) * 320,
    y: 20 + Math.floor(n / 6) * 330,
    size: 80 + Math.floor(random() * 200),
    pose: { yaw: -15 + 30 * random(), roll: -10 + 20 * random(), light: -1 + 2 * random() },
  }));
  const found = await locateFaces(await decoded(await scene(2000, 1400, heads, 5)), { models, smallest: 32 });
  const centres = heads.map(({ x, y, size }) => ({ x: x + size / 2, y: y + size / 2 + size * 0.06, size }));
  const missed = centres.filter(
    (c) => !found.some(({ box }) => Math.hypot(box.x + box.w / 2 - c.x, box.y + box.h / 2 - c.y) < c.size / 5),
  );
  expect(missed).toEqual([]);
  expect(found).toHaveLength(heads.length);
});

test('a room without people has no faces', async () => {
  for (const seed of [1, 2, 3]) {
    expect(await locateFaces(await decoded(await scene(1200, 900, [], seed)), { models, smallest: 32 })).toEqual([]);
  }
});

test('a face is found where the picture is smaller than the detector’s own, and where it fills the picture', async () => {
  expect(await locateFaces(await portrait(HEADS[1]!, {}, 90), { models, smallest: 32 })).toHaveLength(1);
  const close = await portrait(HEADS[2]!, {}, 900);
  const middle = { width: 460, height: 460, data: new Uint8Array(460 * 460 * 3) };
  for (let row = 0; row < 460; row++) {
    const from = ((row + 215) * 900 + 220) * 3;
    middle.data.set(close.data.subarray(from, from + 460 * 3), row * 460 * 3);
  }
  expect(await locateFaces(middle, { models, smallest: 32 })).toHaveLength(1);
});

test('the models are there: these tests never pass without a detector', () => {
  expect(models).toBeInstanceOf(ModelStore);
  expect(models.has('face-detector')).toBe(true);
});
