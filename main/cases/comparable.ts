/**
 * All that a case holds, opened and in an order of its own, without what differs between two undisturbed runs over the same
 * files: times, durations, random ids and keys, and the hashes that rest on them. Two runs are the same when these are equal.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { Params } from '../contract/errors.ts';
import { listCustody } from './custody.ts';
import { readCrop, readExamination } from './examinations.ts';
import { listItems, sightings } from './items.ts';
import { type EntryState, getEntry } from './job-store.ts';
import type { OpenCase } from './open-case.ts';
import { listPeople, referencePersons } from './people.ts';
import { listNotes } from './records.ts';
import { openVaultFile } from './working-copy.ts';

export type Comparable = Readonly<Record<string, readonly string[]>>;

/** Table -> its rows as canonical JSON, sorted. Reads every sealed byte, so it also proves that all of it can be opened. */
export async function dumpComparable(c: OpenCase): Promise<Comparable> {
  const items = listItems(c, { limit: -1 });
  return {
    items: rows(
      items.map(({ ordinal: _, receivedAtMs: _received, examinedAtMs, ...item }) => ({
        ...item,
        examined: examinedAtMs !== null,
      })),
    ),
    sightings: rows(
      items.flatMap(({ sha256 }) =>
        sightings(c, sha256).map(({ path, receivedAs, part }) => ({ sha256, path, receivedAs, part })),
      ),
    ),
    vault: rows(await vaultContents(c)),
    jobs: rows(c.db.all('SELECT state, role, retention FROM jobs')),
    entries: rows(entries(c)),
    examinations: rows(await examinations(c)),
    people: rows(people(c)),
    notes: rows(
      [null, ...items.map((item) => item.sha256)].flatMap((item) =>
        listNotes(c, item).map(({ text }) => ({ item, text })),
      ),
    ),
    custody: rows(custody(c)),
  };
}

function rows(values: readonly unknown[]): string[] {
  return values.map(canonicalJson).sort();
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function vaultContents(c: OpenCase): Promise<unknown[]> {
  const contents: unknown[] = [];
  for (const { id, item, kind, bytes } of c.db.all<{ id: string; item: string; kind: string; bytes: number }>(
    'SELECT id, item, kind, bytes FROM vaultFiles',
  )) {
    const hash = createHash('sha256');
    const sealed = await openVaultFile(c, item, id);
    try {
      for await (const chunk of sealed.chunks()) hash.update(chunk);
    } finally {
      await sealed.close();
    }
    contents.push({ item, kind, bytes, sha256: hash.digest('hex') });
  }
  return contents;
}

/** The place of an embedded part among the entries depends on when its item was examined; that of a planned one does not. */
function entries(c: OpenCase): unknown[] {
  return c.db.all<{ id: number }>('SELECT id FROM jobEntries').map(({ id }) => {
    const { position, state, role, path, part, item, error } = getEntry(c, id);
    return { position: part ? null : position, state: state satisfies EntryState, role, path, part, item, error };
  });
}

async function examinations(c: OpenCase): Promise<unknown[]> {
  const compared: unknown[] = [];
  for (const { id } of c.db.all<{ id: number }>('SELECT id FROM examinations')) {
    const { id: _, jobId, startedAtMs, atMs, custody, timings, ...steady } = readExamination(c, id);
    const crops = [];
    for (const { id: crop, ...about } of steady.crops) crops.push({ ...about, png: digest(await readCrop(c, crop)) });
    const templates = steady.templates.map(({ vector, ...about }) => ({ ...about, vector: [...vector] }));
    compared.push({ ...steady, crops, templates });
  }
  return compared;
}

function people(c: OpenCase): unknown[] {
  const templates = new Map(referencePersons(c).people.map((person) => [person.id, person]));
  return listPeople(c).map(({ id, samples, ...person }) => ({
    ...person,
    samples: samples.map(({ id: _, createdAtMs: _created, ...sample }) => sample),
    faces: (templates.get(id)?.faces ?? []).map((vector) => [...vector]),
    voices: (templates.get(id)?.voices ?? []).map((vector) => [...vector]),
  }));
}

/** Random ids and digests of sealed bytes inside the details. */
const RANDOM_DETAILS = new Set(['person', 'results', 'plain', 'row', 'archive', 'byMs']);

function custody(c: OpenCase): unknown[] {
  return listCustody(c, { limit: -1 })
    .filter((entry) => entry.act !== 'clock-ran-backwards')
    .map(({ act, item, details, text }) => {
      const steady = Object.entries(details as Params).filter(([key]) => !RANDOM_DETAILS.has(key));
      return { act, item, details: Object.fromEntries(steady), text };
    });
}
