/** The hashes of an item of the case for a platform that blocks by them: computed from the kept bytes, with the scenes that its scan recorded. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { findItem, latestExamination, type OpenCase, withWorkingCopy } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { type ByteDigests, type HashSheet, sharedPdq } from '../report/hash-sheet.ts';

/** Throws AppError `ITEM_NOT_FOUND`, and what reading the kept bytes throws. The sheet names the item by the head of its digest. */
export async function itemHashes(c: OpenCase, given: string): Promise<HashSheet> {
  const item = findItem(c, given);
  if (!item) throw new AppError('ITEM_NOT_FOUND', { sha256: given });
  const { sha256, bytes, mediaType } = item;
  const digests = await withWorkingCopy(c, sha256, byteDigests);
  const facts = latestExamination(c, sha256)?.outcomes.flatMap((outcome) => outcome.facts) ?? [];
  return { name: `${sha256.slice(0, 16)}…`, bytes, mediaType, digests, ...sharedPdq(facts) };
}

/** Read once, as a stream. */
export async function byteDigests(file: string): Promise<ByteDigests> {
  const hashes = { md5: createHash('md5'), sha1: createHash('sha1'), sha256: createHash('sha256') };
  for await (const chunk of createReadStream(file))
    for (const hash of Object.values(hashes)) hash.update(chunk as Buffer);
  return { md5: hashes.md5.digest('hex'), sha1: hashes.sha1.digest('hex'), sha256: hashes.sha256.digest('hex') };
}
