/**
 * The people of a case and their own samples: on which basis they are kept, until when, and how they are removed. A person
 * belongs to one case and is compared only there.
 */
import { randomUUID } from 'node:crypto';
import { type EmbeddingNetworks, madeAlike, type ReferencePerson, type VectorModels } from '../contract/analyzer.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { CustodyAct, CustodyEntry } from '../contract/custody.ts';
import { AppError } from '../contract/errors.ts';
import type { Reason } from '../contract/fact.ts';
import { type ConsentBasis, type Person, type PersonRole, personSchema } from '../contract/item.ts';
import { findOutliers, nearestOthers } from '../contract/samples.ts';
import { appendCustody } from './custody.ts';
import { rowDigest } from './custody-check.ts';
import { eraseBy } from './files.ts';
import { eraseItem, eraseItemRows, removeVaultFiles } from './item-erasure.ts';
import { keyedTag, personKey, wrapPersonKey } from './item-keys.ts';
import { isSampleOnly } from './items.ts';
import { finishJob, openJobs } from './job-store.ts';
import type { OpenCase } from './open-case.ts';
import { newKey, sealJson, sealVector, unsealJson, unsealVector } from './sealing.ts';

export type SampleKind = 'face' | 'voice';

export interface NewSample {
  readonly kind: SampleKind;
  readonly modelId: string;
  /** Networks that made the vector; null in cases of earlier versions, which did not keep it. */
  readonly models: VectorModels | null;
  /** Null where no template could be made; such a sample is never accepted. */
  readonly vector: Float32Array | null;
  /** Measures by name, as the maker of the template gives them. */
  readonly quality: Readonly<Record<string, number>>;
  /** Digest of the item it was taken from. */
  readonly source: string | null;
  readonly accepted: boolean;
  /** Why it was refused, or what is to be said of it. */
  readonly reason: Reason | null;
}

export interface Sample extends Omit<NewSample, 'vector'> {
  readonly id: number;
  readonly createdAtMs: number;
}

export type PersonWithSamples = Person & { readonly samples: readonly Sample[] };

/** Adds a person. Throws AppError `REFERENCE_EXISTS`; a `zod` error for values outside `personSchema`. */
export function addPerson(c: OpenCase, details: Omit<Person, 'id'>): Person {
  const person = personSchema.parse({ ...details, name: details.name.normalize('NFC').trim(), id: randomUUID() });
  const { id, name, purpose, role, basis, retainUntil } = person;
  return c.db.transaction(() => {
    const nameTag = tagOf(c, name);
    if (c.db.get('SELECT 1 FROM people WHERE nameTag = ?', nameTag)) throw new AppError('REFERENCE_EXISTS', { name });
    const key = newKey();
    c.db.run(
      `INSERT INTO people (id, nameTag, role, basis, retainUntil, wrappedKey, sealedPerson, createdAtMs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      nameTag,
      role,
      basis,
      retainUntil,
      wrapPersonKey(c, id, key),
      sealJson(key, `person ${id}`, { name, purpose }),
      c.now(),
    );
    appendCustody(c, {
      act: 'reference-added',
      details: { person: id, role, basis, retainUntil },
      text: { owner: { person: id }, text: JSON.stringify({ name, purpose }) },
    });
    return person;
  });
}

/** Case and compatibility forms do not make two people of one name. */
function tagOf(c: OpenCase, name: string): string {
  return keyedTag(c, 'person', name.normalize('NFKC').trim().toLowerCase());
}

/** Adds a sample, accepted or refused, and returns its id. The template is sealed with the person's key. */
export function addSample(c: OpenCase, person: string, sample: NewSample): number {
  return c.db.transaction(() => {
    const key = personKey(c, person);
    const accepted = sample.accepted && sample.vector !== null;
    const { id } = c.db.run(
      `INSERT INTO samples (person, kind, modelId, modelsJson, source, accepted, reasonJson, qualityJson, createdAtMs)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      person,
      sample.kind,
      sample.modelId,
      sample.models && canonicalJson(sample.models),
      sample.source,
      accepted ? 1 : 0,
      sample.reason && JSON.stringify(sample.reason),
      JSON.stringify(sample.quality),
      c.now(),
    );
    if (accepted)
      c.db.run(
        'UPDATE samples SET sealedVector = ? WHERE id = ?',
        sealVector(key, `sample ${person} ${id}`, sample.vector!),
        id,
      );
    appendCustody(c, {
      act: 'reference-added',
      ...(sample.source ? { item: sample.source } : {}),
      details: {
        person,
        kind: sample.kind,
        model: sample.modelId,
        accepted,
        row: rowDigest(c.db, 'samples', id),
      },
    });
    return id;
  });
}

interface PersonRow {
  readonly id: string;
  readonly nameTag: string;
  readonly role: PersonRole;
  readonly basis: ConsentBasis;
  readonly retainUntil: string;
  readonly sealedPerson: Buffer;
}

interface SampleRow {
  readonly id: number;
  readonly kind: SampleKind;
  readonly modelId: string;
  readonly modelsJson: string | null;
  readonly source: string | null;
  readonly accepted: number;
  readonly reasonJson: string | null;
  readonly qualityJson: string;
  readonly sealedVector: Buffer | null;
  readonly createdAtMs: number;
}

/** All people in the order they were added, with their samples but not the templates. */
export function listPeople(c: OpenCase): PersonWithSamples[] {
  return c.db
    .all<PersonRow>('SELECT * FROM people ORDER BY createdAtMs, rowid')
    .map((row) => ({ ...personOf(c, row), samples: samplesOf(c, row.id) }));
}

/** By name, or by id. */
export function findPerson(c: OpenCase, name: string): PersonWithSamples | null {
  const row = c.db.get<PersonRow>('SELECT * FROM people WHERE nameTag = ? OR id = ?', tagOf(c, name), name);
  return row ? { ...personOf(c, row), samples: samplesOf(c, row.id) } : null;
}

/** Throws AppError `REFERENCE_NOT_FOUND`. */
export function getPerson(c: OpenCase, name: string): PersonWithSamples {
  const person = findPerson(c, name);
  if (!person) throw new AppError('REFERENCE_NOT_FOUND', { name });
  return person;
}

function personOf(c: OpenCase, row: PersonRow): Person {
  const { id, role, basis, retainUntil } = row;
  const sealed = unsealJson<{ name: string; purpose: string }>(personKey(c, id), `person ${id}`, row.sealedPerson);
  // Two people whose tags were exchanged would answer to each other's names.
  if (tagOf(c, sealed.name) !== row.nameTag) throw new AppError('VAULT_CORRUPT');
  return { id, role, basis, retainUntil, ...sealed };
}

function samplesOf(c: OpenCase, person: string): Sample[] {
  return c.db.all<SampleRow>('SELECT * FROM samples WHERE person = ? ORDER BY id', person).map((row) => ({
    id: row.id,
    kind: row.kind,
    modelId: row.modelId,
    models: modelsOf(row),
    source: row.source,
    accepted: row.accepted === 1,
    reason: row.reasonJson ? (JSON.parse(row.reasonJson) as Reason) : null,
    quality: JSON.parse(row.qualityJson) as Record<string, number>,
    createdAtMs: row.createdAtMs,
  }));
}

/** Accepted samples that resemble none of the person's others as samples of one person do: id -> likeness to the nearest other. */
export function samplesApart(c: OpenCase, person: string): ReadonlyMap<number, number> {
  const key = personKey(c, person);
  const rows = c.db.all<SampleRow>(
    'SELECT * FROM samples WHERE person = ? AND accepted = 1 AND modelsJson IS NOT NULL ORDER BY id',
    person,
  );
  const alike = Map.groupBy(rows, ({ kind, modelsJson }) => `${kind} ${modelsJson}`);
  return new Map(
    [...alike.values()].flatMap((own) => {
      const vectors = own.map((row) => vectorOf(key, person, row));
      const nearest = nearestOthers(vectors);
      return findOutliers(vectors).map((n) => [own[n]!.id, nearest[n]!] as const);
    }),
  );
}

/** Person -> the last entry of the custody log that added or took out a sample of either kind. */
export function sampleChanges(c: OpenCase): ReadonlyMap<string, Readonly<Partial<Record<SampleKind, number>>>> {
  const rows = c.db.all<{ person: string; kind: SampleKind; seq: number }>(
    `SELECT detailsJson ->> 'person' AS person, detailsJson ->> 'kind' AS kind, max(seq) AS seq FROM custody
     WHERE act IN ('reference-added', 'reference-sample-removed') AND kind IS NOT NULL GROUP BY person, kind`,
  );
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  return new Map(
    [...byPerson].map(([person, own]) => [person, Object.fromEntries(own.map(({ kind, seq }) => [kind, seq]))]),
  );
}

/**
 * Items whose last examination compared faces or voices, or tried to, before samples of that kind were added to somebody or taken out, or
 * made vectors of that kind while there was nobody to compare them with.
 */
export function comparedBefore(c: OpenCase): ReadonlySet<string> {
  const changes = sampleChanges(c);
  const people = c.db.all<{ id: string }>('SELECT id FROM people');
  return new Set(
    (['face', 'voice'] as const).flatMap((kind) => {
      const last = Math.max(0, ...people.map(({ id }) => changes.get(id)?.[kind] ?? 0));
      return c.db
        .all<{ item: string }>(
          `SELECT item FROM (SELECT item, custody, max(id) AS last FROM examinations GROUP BY item)
           WHERE custody < ? AND (EXISTS (SELECT 1 FROM templates WHERE examination = last AND kind = ?)
             OR EXISTS (SELECT 1 FROM outcomes WHERE examination = last AND analyzer = ? AND status IN ('evidence', 'abstained')))`,
          last,
          kind,
          `${kind}-likeness`,
        )
        .map(({ item }) => item);
    }),
  );
}

function vectorOf(key: Buffer, person: string, { id, sealedVector }: SampleRow): Float32Array {
  return unsealVector(key, `sample ${person} ${id}`, sealedVector!);
}

/**
 * What a scan compares with: the accepted templates of everyone whose retention has not ended. With `networks`, only templates that these
 * made; the others are counted, since a comparison across versions says nothing.
 */
export function referencePersons(
  c: OpenCase,
  networks: EmbeddingNetworks | null = null,
): { readonly people: ReferencePerson[]; readonly expired: Person[] } {
  const rows = c.db.all<PersonRow>('SELECT * FROM people ORDER BY createdAtMs, rowid');
  const current = rows.filter((row) => !isExpired(row, c.now()));
  const people = current.map((row) => ({
    id: row.id,
    name: personOf(c, row).name,
    ...comparable(c, row.id, networks),
  }));
  return { people, expired: rows.filter((row) => isExpired(row, c.now())).map((row) => personOf(c, row)) };
}

function comparable(
  c: OpenCase,
  person: string,
  networks: EmbeddingNetworks | null,
): Pick<ReferencePerson, 'faces' | 'voices' | 'madeOtherwise'> {
  const key = personKey(c, person);
  const of = (kind: SampleKind) => {
    const rows = c.db.all<SampleRow>(
      'SELECT * FROM samples WHERE person = ? AND kind = ? AND accepted = 1 ORDER BY id',
      person,
      kind,
    );
    const alike = rows.filter((row) => networks === null || madeAlike(modelsOf(row), networks[kind]));
    const vectors = alike.map((row) => vectorOf(key, person, row));
    return { vectors, left: rows.length - alike.length };
  };
  const [faces, voices] = [of('face'), of('voice')];
  return {
    faces: faces.vectors,
    voices: voices.vectors,
    madeOtherwise: { faces: faces.left, voices: voices.left },
  };
}

function modelsOf({ modelsJson }: Pick<SampleRow, 'modelsJson'>): VectorModels | null {
  return modelsJson === null ? null : (JSON.parse(modelsJson) as VectorModels);
}

/** The day named is the last one; days are those of UTC. */
export function isExpired(person: Pick<Person, 'retainUntil'>, nowMs: number): boolean {
  return new Date(nowMs).toISOString().slice(0, 10) > person.retainUntil;
}

export interface PersonRemoval {
  readonly samples: number;
  /** Items that were kept only as this person's references, erased with them. */
  readonly items: readonly string[];
  /** The entry that stays in the log as proof. */
  readonly entry: CustodyEntry;
}

/** Erases a person's key with the name, purpose and templates it sealed, and the reference items that served nobody else. */
export async function removePerson(c: OpenCase, person: string): Promise<PersonRemoval> {
  return erasePerson(c, person, 'reference-removed');
}

/** Removes everyone whose retention has ended. */
export async function expireReferences(c: OpenCase): Promise<Person[]> {
  const expired = listPeople(c).filter((person) => isExpired(person, c.now()));
  for (const { id } of expired) await erasePerson(c, id, 'reference-expired');
  return expired.map(({ samples: _, ...person }) => person);
}

async function erasePerson(c: OpenCase, person: string, act: CustodyAct): Promise<PersonRemoval> {
  const { sources, ...removal } = await eraseSamples(c, () => {
    personKey(c, person);
    const rows = c.db.all<{ source: string | null }>('SELECT source FROM samples WHERE person = ?', person);
    c.db.run('DELETE FROM custodyTexts WHERE owner = ?', `person:${person}`);
    c.db.run('DELETE FROM people WHERE id = ?', person);
    const entry = appendCustody(c, { act, details: { person, samples: rows.length } });
    return { sources: rows.map(({ source }) => source), entry };
  });
  return { samples: sources.length, ...removal };
}

/**
 * Erases one sample of a person, and the photo or recording that it was taken from where that served nobody else. The person keeps one that
 * can be used. Throws AppError `REFERENCE_NOT_FOUND`, `REFERENCE_SAMPLE_NOT_FOUND`, `REFERENCE_LAST_SAMPLE`.
 */
export async function removeSample(
  c: OpenCase,
  person: string,
  sample: number,
): Promise<Omit<PersonRemoval, 'samples'>> {
  const { items, entry } = await eraseSamples(c, () => {
    const { name, samples } = getPerson(c, person);
    const doomed = samples.find(({ id }) => id === sample);
    if (!doomed) throw new AppError('REFERENCE_SAMPLE_NOT_FOUND', { name, sample });
    if (!samples.some(({ id, accepted }) => accepted && id !== sample))
      throw new AppError('REFERENCE_LAST_SAMPLE', { name });
    const { source, kind } = doomed;
    const row = rowDigest(c.db, 'samples', sample);
    c.db.run('DELETE FROM samples WHERE id = ?', sample);
    const entry = appendCustody(c, {
      act: 'reference-sample-removed',
      ...(source ? { item: source } : {}),
      details: { person, kind, row },
    });
    return { sources: [source], entry };
  });
  return { items, entry };
}

interface ErasedSamples {
  /** Items that they were taken from. */
  readonly sources: readonly (string | null)[];
  readonly entry: CustodyEntry;
}

/** Erases samples by `work` and, in the same transaction, the items among their sources that serve nobody any more. */
async function eraseSamples(
  c: OpenCase,
  work: () => ErasedSamples,
): Promise<ErasedSamples & Pick<PersonRemoval, 'items'>> {
  const { erased, ...done } = await eraseBy(c.folder, c.db, () => {
    const done = work();
    const used = [...new Set(done.sources)].filter((source) => source !== null);
    const unused = used.filter((source) => servesNobody(c, source));
    return { erased: unused.map((source) => eraseItemRows(c, source)), ...done };
  });
  for (const { files } of erased) await removeVaultFiles(c, files);
  return { items: erased.flatMap(({ items }) => items), ...done };
}

/** Ends the job of an enrolment, and erases those of its photos and recordings that serve nobody: refused ones, or all of one that failed. */
export async function endEnrolment(c: OpenCase, jobId: string): Promise<void> {
  const received = c.db.all<{ item: string }>(
    'SELECT DISTINCT item FROM jobEntries WHERE job = ? AND item IS NOT NULL',
    jobId,
  );
  for (const { item } of received) if (servesNobody(c, item)) await eraseItem(c, item);
  finishJob(c, jobId, 'cancelled');
}

/** Nothing of an enrolment that was killed can go on. */
export async function giveUpEnrolments(c: OpenCase): Promise<void> {
  for (const { id, role } of openJobs(c)) if (role === 'reference') await endEnrolment(c, id);
}

function servesNobody(c: OpenCase, sha256: string): boolean {
  return isSampleOnly(c, sha256) && !c.db.get('SELECT 1 FROM samples WHERE source = ? LIMIT 1', sha256);
}
