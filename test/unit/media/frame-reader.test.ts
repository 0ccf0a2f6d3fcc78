import { PassThrough, Readable } from 'node:stream';
import { FrameReader } from '../../../main/media/frame-reader.ts';
import { start } from '../../../main/media/process.ts';

const FRAME = 300_000;
/** Prints `bytes` bytes, each the number of its frame, in pieces that no frame is a multiple of. */
const PROGRAM = `
  const bytes = Number(process.argv[1]);
  const all = Buffer.from(Array.from({ length: bytes }, (_, i) => Math.floor(i / ${FRAME})));
  for (let at = 0; at < bytes; ) at += require('fs').writeSync(1, all, at, Math.min(70_001, bytes - at));
  if (process.argv[2] === 'hang') setInterval(() => {}, 1000);
`;

/** By a socket and by a pipe: both ways are for every system that has the first. */
const WAYS = process.platform === 'win32' ? (['pipe'] as const) : (['socket', 'pipe'] as const);

/** @param stallS seconds of silence that are borne; the start of the program is one, long on a busy machine */
async function reading(way: 'socket' | 'pipe', bytes: number, end: 'hang' | 'end' = 'end', stallS = 60) {
  const reader = new FrameReader(FRAME, stallS);
  const output = way === 'socket' ? await reader.socket() : null;
  const running = start(process.execPath, ['-e', PROGRAM, String(bytes), end], output ? { output } : {});
  output?.destroy();
  if (running.stdout) reader.follow(running.stdout);
  return { reader, running };
}

describe.each(WAYS)('frames by a %s', (way) => {
  test('come whole and in order, and a part of one at the end is left out', async () => {
    const { reader, running } = await reading(way, 9.5 * FRAME);
    const memory = new Set<Uint8Array>();
    for (let n = 0; n < 9; n++) {
      const frame = (await reader.next())!;
      expect(frame.length).toBe(FRAME);
      expect(frame.every((value) => value === n)).toBe(true);
      memory.add(frame);
      reader.giveBack(frame);
    }
    expect(await reader.next()).toBeNull();
    expect(await reader.next()).toBeNull();
    expect(memory.size).toBeLessThan(9);
    expect((await running.ended).exit).toBe(0);
  });

  test('a program that falls silent is waited for as long as was said', async () => {
    const { reader, running } = await reading(way, 1.5 * FRAME, 'hang', 8);
    expect(await reader.next()).not.toBeNull();
    await expect(reader.next()).rejects.toMatchObject({ code: 'DECODE_TIMEOUT', params: { seconds: 8 } });
    running.kill();
    reader.close();
    expect((await running.ended).signal).toBe('SIGKILL');
  });

  test('nobody asks: the program waits', async () => {
    const { reader, running } = await reading(way, 40 * FRAME);
    await reader.next();
    const first = await Promise.race([running.ended, new Promise((resolve) => setTimeout(resolve, 1000, 'waits'))]);
    expect(first).toBe('waits');
    running.kill();
    reader.close();
    await running.ended;
  });
});

test('an empty output has no frame', async () => {
  const reader = new FrameReader(FRAME, 3);
  const pipe = new PassThrough();
  reader.follow(pipe);
  pipe.end();
  expect(await reader.next()).toBeNull();
});

test('of frames far smaller than a piece of a pipe no more are taken than are asked for', async () => {
  let pieces = 0;
  const pipe = Readable.from(
    (function* () {
      for (; pieces < 1000; pieces++) yield Buffer.alloc(65_536);
    })(),
  );
  const reader = new FrameReader(64, 5);
  reader.follow(pipe);
  for (let n = 0; n < 500; n++) {
    await reader.next();
    await new Promise((resolve) => setImmediate(resolve));
  }
  // 500 frames are half a piece; a stream holds a few pieces of its own.
  expect(pieces).toBeLessThan(30);
  reader.close();
});
