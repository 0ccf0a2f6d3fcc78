/** What letters are filled from, read from an open case. */
import {
  itemName,
  latestExamination,
  listCustody,
  listItems,
  listPeople,
  listSlots,
  listStatements,
  type OpenCase,
  sightings,
  verifyCustody,
} from '../cases/index.ts';
import type { CustodyAct } from '../contract/custody.ts';
import type { Fact } from '../contract/fact.ts';
import { readStatements } from '../law/index.ts';
import type { LetterEntry, LetterItem, LetterRecord } from '../report/letters/index.ts';
import { fillingsOf } from '../report/line.ts';
import { installedLaw } from './law-packs.ts';
import { asPeopleAreNow } from './people-now.ts';

/** Items of a page; all are read. */
const PAGE = 500;

/** `today` is the day of the letter at the user's place, ISO date. Throws AppError `CUSTODY_BROKEN`: letters print the head of the log. */
export function letterRecord(c: OpenCase, today: string): LetterRecord {
  const { head } = verifyCustody(c);
  const { answers, duties, routes } = readStatements(listStatements(c));
  const people = listPeople(c);
  return {
    today,
    items: [...questionedItems(c, people.length === 0)],
    stated: answers,
    duties,
    routes,
    people: people.map(({ name, role, basis, purpose, retainUntil, samples }) => {
      const usable = (kind: 'face' | 'voice') => samples.filter((s) => s.accepted && s.kind === kind).length;
      return { name, role, basis, purpose, retainUntil, faces: usable('face'), voices: usable('voice') };
    }),
    exports: [...entriesOf(c, EXPORTS)],
    erasures: [...entriesOf(c, ERASURES)],
    opened: [...new Set(listSlots(c).map(({ kind }) => kind))],
    custody: head,
    packs: [...installedLaw(c.dataRoot).packs.values()].map(({ pack }) => pack),
  };
}

const EXPORTS: ReadonlySet<CustodyAct> = new Set(['case-exported', 'report-exported', 'package-exported']);
const ERASURES: ReadonlySet<CustodyAct> = new Set([
  'item-erased',
  'reference-removed',
  'reference-sample-removed',
  'reference-expired',
]);

function* entriesOf(c: OpenCase, acts: ReadonlySet<CustodyAct>): Generator<LetterEntry> {
  for (let after = 0; ; ) {
    const page = listCustody(c, { after, acts });
    for (const { seq, atMs, act, details } of page) yield { seq, atMs, act, details: fillingsOf(details) };
    const last = page.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** Facts by which a file states its own times, each with that of its zone, which EXIF has in a field of its own. */
const TIMES: ReadonlyMap<string, string | null> = new Map([
  ['exif.dateTimeOriginal', 'exif.offsetTimeOriginal'],
  ['exif.dateTimeDigitized', 'exif.offsetTimeDigitized'],
  ['exif.modifyDate', 'exif.offsetTime'],
  ['xmp.createDate', null],
  ['xmp.modifyDate', null],
  ['iptc.dateCreated', null],
  ['c2pa.signedAt', null],
]);

function timesIn(facts: readonly Fact[]): LetterItem['times'] {
  return facts.flatMap(({ id, value }) => {
    const field = TIMES.get(id);
    return field !== undefined && typeof value === 'string'
      ? [{ fact: id, at: value, zone: zoneIn(facts, field) }]
      : [];
  });
}

/** Null too where it was left blank, as EXIF has it for a zone that is not known. */
function zoneIn(facts: readonly Fact[], field: string | null): string | null {
  const zone = facts.find(({ id }) => id === field)?.value;
  return typeof zone === 'string' && /^[+-]\d{2}:\d{2}$/.test(zone) ? zone : null;
}

function* questionedItems(c: OpenCase, nobodyEnrolled: boolean): Generator<LetterItem> {
  const asNow = asPeopleAreNow(c);
  for (let after = 0; ; ) {
    const page = listItems(c, { after, limit: PAGE, role: 'questioned' });
    for (const { sha256, sm3, bytes, receivedAtMs, retention } of page) {
      const stored = latestExamination(c, sha256);
      const examination = stored && asNow(stored);
      const info = examination?.info;
      const outcomes = examination?.outcomes ?? [];
      const kind = info?.kind ?? 'other';
      yield {
        name: itemName(c, sha256),
        kind,
        mediaType: info?.mediaType ?? null,
        bytes,
        sha256,
        sm3,
        receivedAtMs,
        kept: retention === 'copy',
        receivedAs: sightings(c, sha256)[0]?.receivedAs ?? null,
        findings: examination?.findings ?? [],
        open: outcomes.filter(({ status }) => status !== 'evidence' && status !== 'notApplicable'),
        times: outcomes.flatMap(({ facts }) => timesIn(facts)),
        nobodyEnrolled,
      };
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}
