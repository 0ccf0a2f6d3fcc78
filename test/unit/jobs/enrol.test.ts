import { listItems, listPeople, openJobs } from '../../../main/cases/index.ts';
import type { EngineHost } from '../../../main/jobs/engine-host.ts';
import { enrolPerson } from '../../../main/jobs/enrol.ts';
import { Bench, bytesOf } from '../cases/support.ts';

test('a person is enrolled with every sample or not at all', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const inputs = [1, 2].map((n) => String(bench.write(`${n}.jpg`, bytesOf(100, n))));
  let judged = 0;
  const enrol = async () => {
    judged += 1;
    // The second cannot be stored.
    const quality = judged === 1 ? { sizePx: 90 } : { sizePx: 90n };
    const sample = { kind: 'face', modelId: 'm', models: {}, vector: Float32Array.of(1), quality, refusal: null };
    return { samples: [sample] };
  };
  const engine = { enrol } as unknown as EngineHost;
  const person = { name: 'A', role: 'named', basis: 'own', purpose: 'p', retainUntil: '2099-01-01' } as const;
  const request = { ...person, inputs, cwd: bench.folder };

  await expect(enrolPerson(c, engine, request, new AbortController().signal)).rejects.toThrow('BigInt');
  expect(judged).toBe(2);
  expect(listPeople(c)).toEqual([]);
  expect(listItems(c)).toEqual([]);
  expect(openJobs(c)).toEqual([]);
});
