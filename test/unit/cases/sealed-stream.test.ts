import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { CHUNK_BYTES, SealedFile, StreamSealer } from '../../../main/cases/sealed-stream.ts';
import { newKey, seal, unseal } from '../../../main/cases/sealing.ts';
import { bytesOf } from './support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-stream-'));
const file = path.join(folder, 'sealed');
afterAll(() => rmSync(folder, { recursive: true }));

async function sealAll(key: Uint8Array, bytes: Buffer, portion: number): Promise<Buffer> {
  const written: Buffer[] = [];
  const sealer = new StreamSealer(key, { write: async (part) => written.push(Buffer.from(part)) });
  for (let at = 0; at < bytes.length; at += portion) await sealer.write(bytes.subarray(at, at + portion));
  await sealer.end();
  expect(sealer.sealedBytes).toBe(Buffer.concat(written).length);
  return Buffer.concat(written);
}

async function openAll(key: Uint8Array, sealed: Uint8Array): Promise<Buffer> {
  writeFileSync(file, sealed);
  const opened = await SealedFile.open(file, key);
  try {
    const portions: Buffer[] = [];
    for await (const chunk of opened.chunks()) portions.push(chunk);
    expect(opened.size).toBe(Buffer.concat(portions).length);
    return Buffer.concat(portions);
  } finally {
    await opened.close();
  }
}

test.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
  '%d bytes come back',
  async (length) => {
    const key = newKey();
    const bytes = bytesOf(length, 11);
    const sealed = await sealAll(key, bytes, 70_001);
    expect((await openAll(key, sealed)).equals(bytes)).toBe(true);
  },
);

test('any range of a sealed file can be read', async () => {
  const key = newKey();
  const bytes = bytesOf(2 * CHUNK_BYTES + 500, 12);
  writeFileSync(file, await sealAll(key, bytes, bytes.length));
  const opened = await SealedFile.open(file, key);
  const ranges = fc.tuple(fc.nat(bytes.length + 10), fc.nat(bytes.length));
  await fc.assert(
    fc.asyncProperty(ranges, async ([offset, length]) => {
      const read = await opened.read(offset, length);
      expect(read.equals(bytes.subarray(offset, offset + length))).toBe(true);
    }),
    { numRuns: 50, seed: 1 },
  );
  await opened.close();
});

describe('a changed file is VAULT_CORRUPT', () => {
  const key = newKey();
  const bytes = bytesOf(2 * CHUNK_BYTES + 500, 13);
  const chunk = CHUNK_BYTES + 16;
  let sealed: Buffer;
  beforeAll(async () => {
    sealed = await sealAll(key, bytes, bytes.length);
  });

  async function refused(changed: Uint8Array, by: Uint8Array = key): Promise<void> {
    await expect(openAll(by, changed)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
  }

  test('any one bit flipped', async () => {
    const places = [0, 4, 5, 6, 8, 14, 15, 16, 17, CHUNK_BYTES, 16 + chunk, sealed.length - 1];
    for (const at of places) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      await refused(changed);
    }
  });
  test('cut short, at a chunk and within one', async () => {
    for (const length of [0, 15, 16, 31, 16 + chunk, 16 + 2 * chunk, sealed.length - 1])
      await refused(sealed.subarray(0, length));
  });
  test('lengthened', async () => {
    await refused(Buffer.concat([sealed, Buffer.alloc(1)]));
    await refused(Buffer.concat([sealed, sealed.subarray(16, 16 + chunk)]));
  });
  test('chunks exchanged', async () => {
    const exchanged = Buffer.concat([
      sealed.subarray(0, 16),
      sealed.subarray(16 + chunk, 16 + 2 * chunk),
      sealed.subarray(16, 16 + chunk),
      sealed.subarray(16 + 2 * chunk),
    ]);
    await refused(exchanged);
  });
  test('a chunk of another file under the same key', async () => {
    const other = await sealAll(key, bytes, bytes.length);
    await refused(Buffer.concat([sealed.subarray(0, 16 + chunk), other.subarray(16 + chunk)]));
  });
  test('another key', async () => {
    await refused(sealed, newKey());
  });
  test('missing', async () => {
    await expect(SealedFile.open(path.join(folder, 'absent'), key)).rejects.toMatchObject({ code: 'VAULT_CORRUPT' });
  });
});

test('the same bytes sealed twice have nothing in common but their length', async () => {
  const key = newKey();
  const [a, b] = [await sealAll(key, bytesOf(100, 1), 100), await sealAll(key, bytesOf(100, 1), 100)];
  expect(a.length).toBe(b.length);
  expect(a.subarray(16).equals(b.subarray(16))).toBe(false);
});

test('a full disk surfaces from the write that met it', async () => {
  const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
  const sealer = new StreamSealer(newKey(), { write: async () => Promise.reject(full) });
  await expect(sealer.write(bytesOf(CHUNK_BYTES + 1, 1))).rejects.toBe(full);
});

test('small seals open only with their key and at their place', () => {
  const key = newKey();
  const sealed = seal(key, 'a 1', Buffer.from('text'));
  expect(unseal(key, 'a 1', sealed).toString()).toBe('text');
  expect(() => unseal(key, 'a 2', sealed)).toThrow('VAULT_CORRUPT');
  expect(() => unseal(newKey(), 'a 1', sealed)).toThrow('VAULT_CORRUPT');
  expect(() => unseal(key, 'a 1', sealed.subarray(0, 20))).toThrow('VAULT_CORRUPT');
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at]! ^= 0x80;
    expect(() => unseal(key, 'a 1', changed)).toThrow('VAULT_CORRUPT');
  }
});
