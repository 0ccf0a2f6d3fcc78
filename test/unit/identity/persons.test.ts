import { type Appearance, groupedPersons, joinsOf, type Limits } from '../../../main/identity/persons.ts';

/** Numbers in [0, 1) that repeat for a seed. */
function generator(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function unit(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  return Float32Array.from(values, (v) => v / length);
}

/** `people` directions of 24 dimensions, each seen `looks` times with noise. */
function drawn(people: number, looks: number, noise: number, seed: number): Appearance[] {
  const random = generator(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: people }, () => Array.from({ length: 24 }, normal));
  return Array.from({ length: people * looks }, (_, n) => ({
    vector: unit(centres[n % people]!.map((v) => v + noise * normal())),
    seenWith: [],
  }));
}

const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);

/** What the words say, slowly: the most alike pair of groups is joined, again and again. */
function slowly(appearances: readonly Appearance[], { together, apart }: Limits) {
  let groups = appearances.map((_, i) => [i]);
  const join = (limit: number, joinedThoughSeen: (alike: number) => boolean) => {
    for (;;) {
      let best: [number, number] | null = null;
      let most = limit;
      for (const [p, a] of groups.entries())
        for (const [q, b] of groups.entries()) {
          if (q <= p) continue;
          const all = a.flatMap((i) => b.map((j) => cosine(appearances[i]!.vector, appearances[j]!.vector)));
          const alike = all.reduce((sum, v) => sum + v, 0) / all.length;
          const seen = a.some((i) => b.some((j) => appearances[i]!.seenWith.includes(j)));
          if (alike >= most && (!seen || joinedThoughSeen(alike))) {
            most = alike;
            best = [p, q];
          }
        }
      if (!best) return;
      const [p, q] = best;
      groups = [...groups.filter((_, n) => n !== p && n !== q), [...groups[p]!, ...groups[q]!]];
    }
  };
  const parts = () => groups.map((g) => g.toSorted((a, b) => a - b).join(' ')).sort();
  join(together, () => false);
  const group = parts();
  join(apart, (alike) => alike >= together);
  return { group, wide: parts() };
}

function partsOf(numbers: readonly number[]): string[] {
  return [...Map.groupBy(numbers.keys(), (i) => numbers[i]!).values()].map((own) => own.join(' ')).sort();
}

test.each([1, 2, 3, 4, 5, 6])('gives what joining the most alike pair first gives, drawing %d', (seed) => {
  const random = generator(seed);
  const appearances = drawn(5, 6, 0.4 + 0.2 * seed, seed);
  const withSeen = appearances.map((a) => ({ ...a, seenWith: [] as number[] }));
  for (let n = 0; n < 12; n++) {
    const [i, j] = [Math.floor(random() * 30), Math.floor(random() * 30)];
    if (i === j) continue;
    withSeen[i]!.seenWith.push(j);
    withSeen[j]!.seenWith.push(i);
  }
  const limits = { together: 0.5, apart: 0.15 };
  for (const input of [appearances, withSeen]) {
    const { group, wide } = groupedPersons(input, limits);
    expect({ group: partsOf(group), wide: partsOf(wide) }).toEqual(slowly(input, limits));
  }
});

test('people who differ clearly are told apart, all their looks together, numbered as they appear', () => {
  const { group, wide } = groupedPersons(drawn(7, 5, 0.15, 3), { together: 0.6, apart: 0.3 });
  expect(group).toEqual(Array.from({ length: 35 }, (_, n) => n % 7));
  expect(new Set(wide).size).toBeLessThanOrEqual(7);
});

test('the order of the appearances changes nothing', () => {
  const appearances = drawn(6, 8, 0.7, 11);
  const order = [...appearances.keys()].sort((a, b) => ((a * 31) % 48) - ((b * 31) % 48));
  const shuffled = order.map((n) => appearances[n]!);
  const limits = { together: 0.45, apart: 0.2 };
  const back = (numbers: readonly number[]) => partsOf(order.map((_, n) => numbers[order.indexOf(n)]!));
  const [one, other] = [groupedPersons(appearances, limits), groupedPersons(shuffled, limits)];
  expect(back(other.group)).toEqual(partsOf(one.group));
  expect(back(other.wide)).toEqual(partsOf(one.wide));
});

test('the joins tell the number of groups at every limit', () => {
  const appearances = drawn(6, 5, 0.9, 8);
  const joins = joinsOf(appearances);
  expect(joins).toHaveLength(29);
  for (const limit of [-0.2, 0.1, 0.35, 0.5, 0.8]) {
    const groups = new Set(groupedPersons(appearances, { together: limit, apart: limit }).group).size;
    expect(30 - joins.filter((alike) => alike >= limit).length).toBe(groups);
  }
});

test('a wide group holds whole groups: what is left open only joins', () => {
  const { group, wide } = groupedPersons(drawn(9, 4, 1, 5), { together: 0.55, apart: 0.1 });
  for (const members of Map.groupBy(group.keys(), (n) => group[n]!).values())
    expect(new Set(members.map((n) => wide[n])).size).toBe(1);
  expect(new Set(wide).size).toBeLessThan(new Set(group).size);
});

describe('two seen at the same time', () => {
  const at = (degrees: number, seenWith: number[] = []): Appearance => ({
    vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
    seenWith,
  });
  const limits = { together: 0.9, apart: 0.5 };

  test('are kept apart although they are as alike as others that are left open', () => {
    expect(groupedPersons([at(0), at(40)], limits)).toEqual({ group: [0, 1], wide: [0, 0] });
    expect(groupedPersons([at(0, [1]), at(40, [0])], limits)).toEqual({ group: [0, 1], wide: [0, 1] });
  });

  test('are left open where they are as alike as one: a mirror, a collage or relatives', () => {
    expect(groupedPersons([at(0, [1]), at(5, [0])], limits)).toEqual({ group: [0, 1], wide: [0, 0] });
  });

  test('do not come together by way of a third', () => {
    expect(groupedPersons([at(0, [1]), at(20, [0]), at(10)], limits).group).toHaveLength(3);
    expect(new Set(groupedPersons([at(0, [1]), at(20, [0]), at(10)], limits).group).size).toBe(2);
  });

  test('one side alone naming the other is enough', () => {
    expect(groupedPersons([at(0), at(5, [0])], limits).group).toEqual([0, 1]);
  });
});

test('nothing gives nothing; equal vectors are one; limits upside down are refused', () => {
  const limits = { together: 0.6, apart: 0.3 };
  expect(groupedPersons([], limits)).toEqual({ group: [], wide: [] });
  const same = { vector: unit([1, 2, 3]), seenWith: [] };
  expect(groupedPersons([same, same, same, same], limits)).toEqual({ group: [0, 0, 0, 0], wide: [0, 0, 0, 0] });
  expect(() => groupedPersons([same], { together: 0.3, apart: 0.6 })).toThrow(RangeError);
  expect(() => groupedPersons([same, { vector: unit([1, 2]), seenWith: [] }], limits)).toThrow(RangeError);
  expect(() => groupedPersons([{ ...same, seenWith: [4] }], limits)).toThrow(RangeError);
});
