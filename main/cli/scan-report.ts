/** What `scan` prints of each finished entry: the published JSON lines, or the three answers in words. */
import path from 'node:path';
import {
  type Entry,
  getItem,
  LivePhotos,
  latestExamination,
  listPeople,
  type OpenCase,
  type StoredExamination,
  sightings,
} from '../cases/index.ts';
import type { ErrorRecord } from '../contract/errors.ts';
import { LIVE_PHOTO_FACT } from '../contract/fact.ts';
import type { Finding } from '../contract/finding.ts';
import type { ScanLine } from '../contract/scan-lines.ts';
import { type Installed, type OtherVersions, otherVersions } from '../contract/versions.ts';
import { asPeopleAreNow } from '../dossier/people-now.ts';
import { entryFault, isCutShort } from '../jobs/entry-fault.ts';
import { sayAnalyzer, sayOtherVersions, sayReason, saySubject, sizeText } from '../strings/index.ts';
import { openHeadline, originHeadline, toldAs, withoutFigure } from '../strings/open-finding.ts';
import { printable } from '../strings/printable.ts';
import type { Terminal } from './terminal.ts';

/** One entry as it is told: outcomes and other versions of bytes that were told before are left out. */
interface Told {
  readonly entry: Entry;
  readonly fault: ErrorRecord | null;
  readonly repeated: boolean;
  readonly examination: StoredExamination | null;
  readonly others: OtherVersions | null;
}

/** Prints entries one by one; the outcomes of bytes seen twice are printed once. */
export class ScanReport {
  readonly #terminal: Terminal;
  readonly #case: OpenCase;
  readonly #installed: Installed;
  readonly #asNow: ReturnType<typeof asPeopleAreNow>;
  readonly #printed = new Set<string>();
  /** Read from the case when the first half of a live photo comes by. */
  #livePhotos: LivePhotos | null = null;
  readonly #nobodyEnrolled: boolean;
  #examined = 0;
  #failed = 0;
  #examinedOtherwise = 0;

  constructor(terminal: Terminal, openCase: OpenCase, installed: Installed) {
    this.#terminal = terminal;
    this.#case = openCase;
    this.#installed = installed;
    this.#asNow = asPeopleAreNow(openCase);
    this.#nobodyEnrolled = listPeople(openCase).length === 0;
  }

  entry(entry: Entry, position: string): void {
    const stored = entry.item && entry.state === 'examined' ? latestExamination(this.#case, entry.item) : null;
    const examination = stored && this.#asNow(stored);
    const fault = entryFault(entry, examination);
    if (fault) this.#failed++;
    else this.#examined++;
    const repeated = entry.item !== null && this.#printed.has(entry.item);
    if (entry.item) this.#printed.add(entry.item);
    if (examination && !repeated) this.#pair(examination);
    const others = examination && !repeated ? otherVersions(examination, this.#installed) : null;
    if (others) this.#examinedOtherwise++;
    const told: Told = { entry, fault, repeated, examination: repeated ? null : examination, others };
    if (this.#terminal.json) this.#json(told);
    else this.#words(told, position);
  }

  /** Entries told so far; one whose content could not be decoded counts as failed, though its bytes were examined. */
  summary(): { items: number; examined: number; failed: number } {
    return { items: this.#examined + this.#failed, examined: this.#examined, failed: this.#failed };
  }

  /** Items that an earlier run of the scan examined with other versions than the installed ones. */
  get examinedOtherwise(): number {
    return this.#examinedOtherwise;
  }

  #json({ entry, fault, examination, others }: Told): void {
    const item = entry.item ? getItem(this.#case, entry.item) : null;
    const location = this.#location(entry);
    const line: ScanLine = {
      type: 'item',
      item: {
        sha256: item?.sha256 ?? null,
        path: location.path,
        ...(location.pathBytes ? { pathBytes: location.pathBytes } : {}),
        mediaType: item?.mediaType ?? null,
        bytes: item?.bytes ?? null,
        role: entry.role,
        parent: item?.parent ?? entry.part?.parent ?? null,
        ...this.#companion(entry),
      },
      ...(fault ? { error: fault } : {}),
      ...(others ? { otherVersions: others } : {}),
    };
    this.#terminal.value(line);
    if (!item || !examination) return;
    const reference = { item: { sha256: item.sha256 } };
    for (const outcome of examination.outcomes) this.#terminal.value({ type: 'outcome', ...reference, ...outcome });
    for (const finding of examination.findings) this.#terminal.value({ type: 'finding', ...reference, ...finding });
  }

  #words(told: Told, position: string): void {
    const { entry, fault, repeated, examination } = told;
    const line = (text?: string) => this.#terminal.line(text);
    line(`${position} ${printable(path.basename(this.#location(entry).path))}`);
    if (fault) line(`    ${this.#terminal.say(`error.${fault.code}`, fault.params)}`);
    if (entry.item) {
      const item = getItem(this.#case, entry.item);
      line(
        `    ${item.mediaType} · ${sizeText(this.#terminal.language, item.bytes)} · SHA-256 ${item.sha256.slice(0, 16)}…`,
      );
    }
    if (entry.item && !repeated) for (const note of this.#notes(told)) line(`    ${note}`);
    if (repeated) line(`    ${this.#terminal.say('cli.scan.duplicate')}`);
    else if (examination) for (const text of this.#answers(examination.findings)) line(`    ${text}`);
    line();
  }

  #pair(examination: StoredExamination): void {
    if (!isLivePhotoHalf(examination)) return;
    this.#livePhotos ??= LivePhotos.of(this.#case);
    this.#livePhotos.add(examination);
  }

  #companion(entry: Entry): { companion?: { sha256: string; relation: 'live-photo' } } {
    const sha256 = entry.item && this.#livePhotos?.partnerOf(entry.item);
    return sha256 ? { companion: { sha256, relation: 'live-photo' } } : {};
  }

  /** What a reader should know of the file itself before the answers: a disagreeing name, missing bytes, what it belongs to. */
  #notes({ entry, fault, examination, others }: Told): string[] {
    const say = this.#terminal.say.bind(this.#terminal);
    const notes: string[] = [];
    if (entry.part) {
      const { parent, relation, offset, length } = entry.part;
      notes.push(say(`part.${relation}`, { name: this.#nameOf(parent), offset, length }));
    }
    if (!examination) return notes;
    if (others) notes.push(otherVersionsLine(this.#terminal, others));
    const { claimedType, mediaType } = examination.info;
    if (claimedType !== null) notes.push(say('cli.scan.type-mismatch', { claimed: claimedType, mediaType }));
    if (isCutShort(examination) && fault?.code !== 'MEDIA_TRUNCATED') notes.push(say('cli.scan.cut-short'));
    const { length: tracks } = examination.info.audio;
    if (tracks > 1) notes.push(say('cli.scan.first-track-only', { tracks }));
    const half = this.#livePhotos?.halfOf(examination.item);
    if (!half) return notes;
    const partner = this.#livePhotos?.partnerOf(examination.item);
    notes.push(
      partner ? say(`live-photo.${half}.with`, { name: this.#nameOf(partner) }) : say(`live-photo.${half}.alone`),
    );
    return notes;
  }

  /** The name an item was first seen under, otherwise the head of its digest. */
  #nameOf(sha256: string): string {
    const seen = sightings(this.#case, sha256).find((s) => s.path)?.path?.path;
    return seen === undefined ? `${sha256.slice(0, 16)}…` : printable(path.basename(seen));
  }

  #answers(findings: readonly Finding[]): string[] {
    const say = this.#terminal.say.bind(this.#terminal);
    const lines: string[] = [];
    for (const question of ['origin', 'synthesis', 'likeness'] as const) {
      const own = findings.filter((f) => f.question === question);
      if (own.length > 0) lines.push(`${say(`question.${question}`)}`);
      for (const finding of own) lines.push(...this.#finding(finding).map((text) => `  ${text}`));
    }
    return lines;
  }

  #finding(finding: Finding): string[] {
    const say = this.#terminal.say.bind(this.#terminal);
    const list = (texts: readonly string[]) =>
      texts.map((text) => printable(text).replace(/[.。]$/, '')).join(say('cli.join'));
    const line = (id: string, texts: readonly string[]) => (texts.length === 0 ? [] : [say(id, { list: list(texts) })]);
    const inWords = (reasons: Finding['for']) => reasons.map((r) => sayReason(this.#terminal.language, r));
    const open = finding.notExamined
      .filter((n) => n.status !== 'notApplicable')
      .map((n) => {
        const said = { analyzer: this.#analyzer(n.analyzer), status: say(`status.${n.status}`) };
        return n.reason
          ? say('report.open-because', { ...said, why: sayReason(this.#terminal.language, n.reason) })
          : say('report.open', said);
      });
    return [
      ...this.#headline(finding),
      ...line(finding.question === 'likeness' ? 'cli.scan.measured' : 'cli.scan.why', inWords(finding.for)),
      ...line(finding.llr === null ? 'cli.scan.note' : 'cli.scan.against', inWords(finding.against)),
      ...line('cli.scan.not-examined', open),
    ];
  }

  #analyzer(id: string): string {
    return sayAnalyzer(this.#terminal.language, id);
  }

  #headline(finding: Finding): string[] {
    const say = this.#terminal.say.bind(this.#terminal);
    const { llr, band } = finding;
    const subject = saySubject(this.#terminal.language, finding.subject);
    if (finding.question === 'origin') return [say(originHeadline(finding))];
    if (finding.question === 'likeness') {
      if (finding.reference === null) return [say(openHeadline(finding, this.#nobodyEnrolled))];
      const between = { subject, reference: printable(finding.reference) };
      const status = withoutFigure(finding);
      if (status !== null) return [say('finding.likeness.without-figure', { ...between, status })];
      const similarity = finding.for[0]?.params.similarity ?? null;
      return [say('finding.likeness.similarity', { ...between, similarity })];
    }
    const told = toldAs(finding);
    if (told === null) return [say(openHeadline(finding, this.#nobodyEnrolled), { subject })];
    if (told !== 'scored') return [say(`finding.synthesis.${told}`, { subject })];
    const proposition = say(`proposition.${finding.propositions[0].code}`);
    return [say('finding.synthesis.scored', { subject, band: say(`band.${band}`), proposition, llr })];
  }

  /** Where the entry lies; a part inside a file is named by its parent and the byte range, what is examined again by where it was first seen. */
  #location(entry: Entry): { path: string; pathBytes?: string } {
    if (entry.path) return entry.path;
    if (!entry.part) return (entry.item && sightings(this.#case, entry.item)[0]?.path) || { path: entry.item ?? '' };
    const parent = sightings(this.#case, entry.part.parent)[0]?.path?.path ?? entry.part.parent;
    return { path: `${parent}#${entry.part.offset}+${entry.part.length}` };
  }
}

/** What an item was examined with that is not what is installed, in one line. */
export function otherVersionsLine(terminal: Terminal, others: OtherVersions): string {
  const list = sayOtherVersions(terminal.language, others).join(terminal.say('cli.join'));
  return terminal.say('cli.other-versions', { list });
}

/** Nothing where all were examined with what is installed. */
export function tellHowToRenew(terminal: Terminal, { name }: OpenCase, count: number): void {
  if (count > 0) terminal.line(terminal.say('cli.other-versions.how', { count, case: printable(name) }));
}

function isLivePhotoHalf({ outcomes }: StoredExamination): boolean {
  return outcomes.some((outcome) => outcome.facts.some(({ id }) => id === LIVE_PHOTO_FACT));
}
