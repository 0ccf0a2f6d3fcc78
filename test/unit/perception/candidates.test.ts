import { type Candidate, keepWithinMemory, MAX_SPANS, Reservoir } from '../../../main/perception/candidates.ts';

function candidate(timeS: number, rank: number, side = 8): Candidate {
  const image = { width: side, height: side, data: new Uint8Array(side * side * 3) };
  const box = { x: 0, y: 0, w: side / 2, h: side / 2 };
  return { timeS, frameIndex: Math.round(timeS * 4), box, score: 0.9, rank, face: { image, box, angle: 0 } };
}

test('a long track keeps the best of each of at most 24 equal spans', () => {
  const reservoir = new Reservoir(0.25);
  for (let n = 0; n < 4000; n++) reservoir.add(candidate(n / 4, (n * 7919) % 1000));
  const kept = reservoir.inOrder();
  expect(kept.length).toBeGreaterThan(MAX_SPANS / 2 - 1);
  expect(kept.length).toBeLessThanOrEqual(MAX_SPANS);
  for (const { rank } of kept) expect(rank).toBeGreaterThan(950);
});

test('what is kept does not depend on the order of arrival', () => {
  const all = Array.from({ length: 300 }, (_, n) => candidate(n / 4, (n * 31) % 97));
  const keep = (order: readonly Candidate[]) => {
    const reservoir = new Reservoir(0.25);
    for (const c of order) reservoir.add(c);
    return reservoir.inOrder().map((c) => c.timeS);
  };
  expect(keep([...all].reverse())).toEqual(keep(all));
});

test('two appearances absorbed into one keep to the limit', () => {
  const first = new Reservoir(0.25);
  const second = new Reservoir(0.25);
  for (let n = 0; n < 40; n++) first.add(candidate(n / 4, n));
  for (let n = 0; n < 400; n++) second.add(candidate(500 + n / 4, n));
  first.absorb(second);
  expect(first.inOrder().length).toBeLessThanOrEqual(MAX_SPANS);
  expect(first.inOrder()[0]!.timeS).toBeLessThan(10);
  expect(first.inOrder().at(-1)!.timeS).toBeGreaterThan(590);
});

test('memory is kept by fewer spans first, and by smaller crops when there are very many faces', () => {
  const many = Array.from({ length: 40 }, () => {
    const reservoir = new Reservoir(0.25);
    for (let n = 0; n < 24; n++) reservoir.add(candidate(n / 4, n, 64));
    return reservoir;
  });
  const bytes = () => many.reduce((sum, r) => sum + r.bytes, 0);
  keepWithinMemory(many, 40 * 6 * 64 * 64 * 3);
  expect(bytes()).toBeLessThanOrEqual(40 * 6 * 64 * 64 * 3);
  expect(many.every((r) => r.inOrder().length >= 1)).toBe(true);
  const large = [new Reservoir(1)];
  large[0]!.add(candidate(0, 1, 512));
  keepWithinMemory(large, 300_000);
  expect(large[0]!.inOrder()[0]!.face.image.width).toBe(256);
  expect(large[0]!.inOrder()[0]!.face.box.w).toBe(128);
});
