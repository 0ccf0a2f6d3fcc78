import { jest } from '@jest/globals';
import { ByteWindow, memorySource } from '../../../main/provenance/bytes/window.ts';

afterEach(() => jest.restoreAllMocks());

async function manyReads(): Promise<void> {
  const window = new ByteWindow(memorySource(new Uint8Array(1000)));
  jest.spyOn(performance, 'now').mockReturnValue(1e12);
  for (let n = 0; n < 1000; n += 1) expect(await window.bytes(n, 1)).toHaveLength(1);
}

test('a file is not left because the machine did something else meanwhile', async () => {
  await manyReads();
});

test('a file that keeps the processor for longer than its share is left', async () => {
  const clock = jest.spyOn(process, 'threadCpuUsage').mockReturnValueOnce({ user: 0, system: 0 });
  clock.mockReturnValue({ user: 3e6, system: 1e6 });
  await expect(manyReads()).rejects.toMatchObject({ code: 'limit-time' });
});
