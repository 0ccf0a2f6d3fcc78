import { fuzzChild, fuzzWalkers } from './provenance.ts';

test('2,000 broken files, always the same, are walked without a fault', async () => {
  expect(await fuzzWalkers(2000, 1)).toEqual([]);
});

test('300 broken signed files may end the child, never the engine', async () => {
  const { faults } = await fuzzChild(300, 1);
  expect(faults).toEqual([]);
});
