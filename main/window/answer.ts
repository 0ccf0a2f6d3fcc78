/** Everything that is known of one item, as the cards and the inspector want it. */
import {
  getItem,
  itemName,
  latestExamination,
  listAssessments,
  listBookmarks,
  listItems,
  listNotes,
  type OpenCase,
  type StoredExamination,
  sightings,
} from '../cases/index.ts';
import type { Answer, Assessment, Opinion, Series } from '../contract/ipc.ts';
import type { Outcome } from '../contract/outcome.ts';
import { type Installed, otherVersions } from '../contract/versions.ts';
import { calibrationsOf } from '../dossier/calibrations.ts';
import { asPeopleAreNow } from '../dossier/people-now.ts';
import { decodingFault } from '../jobs/entry-fault.ts';
import { reachedBy } from '../report/compose/error-rates.ts';
import { wasUploaded } from './host.ts';

interface View {
  readonly examiner: string;
  readonly revealed: boolean;
  readonly installed: Installed;
  readonly samplesChanged: boolean;
}

/** `examiner` is who looks: they see another's assessment only when their own is signed. Throws AppError `ITEM_NOT_FOUND`. */
export function answerOf(c: OpenCase, sha256: string, view: View): Answer {
  const row = getItem(c, sha256);
  const seen = sightings(c, sha256);
  const examination = latestExamination(c, sha256);
  return {
    item: {
      sha256,
      sm3: row.sm3,
      bytes: row.bytes,
      mediaType: examination?.info.mediaType ?? row.mediaType,
      name: itemName(c, sha256),
      role: row.role,
      parent: row.parent,
      receivedAs: seen[0]?.receivedAs ?? null,
      receivedAtMs: row.receivedAtMs,
      retention: row.retention,
      hasCopy: row.hasCopy,
      canExamineAgain: row.hasCopy || seen.some((s) => s.part !== null || !wasUploaded(s.receivedAs)),
    },
    sightings: seen.map(({ atMs, path, modifiedAtMs, receivedAs, part }) => ({
      atMs,
      path: path && !wasUploaded(receivedAs) ? path.path : null,
      modifiedAtMs: wasUploaded(receivedAs) ? null : modifiedAtMs,
      receivedAs,
      part: part && { parent: part.parent, offset: part.offset, length: part.length, relation: part.relation },
    })),
    parts: listItems(c, { parent: sha256 }).map((part) => part.sha256),
    examination: examination && examinationOf(asPeopleAreNow(c)(examination), view),
    notes: listNotes(c, sha256).map(({ atMs, text }) => ({ atMs, text })),
    bookmarks: listBookmarks(c, sha256),
    assessments: assessmentsFor(c, sha256, view.examiner),
    revealed: view.revealed,
  };
}

function examinationOf(
  examination: StoredExamination,
  { installed, samplesChanged }: View,
): NonNullable<Answer['examination']> {
  const { startedAtMs, atMs, app, info, settings, findings, outcomes, crops, models, timings } = examination;
  return {
    startedAtMs,
    atMs,
    app,
    kind: info.kind,
    durationS: info.durationS,
    info: { ...info, video: [...info.video], audio: [...info.audio] },
    settings,
    fault: decodingFault(examination),
    findings: [...findings],
    outcomes: [...outcomes],
    crops: crops.map(({ id, subject, timeS, box, score, quality, landmarks }) => ({
      id,
      subject,
      timeS,
      box,
      score,
      quality: { ...quality },
      landmarks: [...landmarks],
    })),
    series: seriesOf(outcomes),
    reached: reachedOf(examination),
    models: { ...models },
    otherVersions: otherVersions(examination, installed),
    samplesChanged,
    timings: { ...timings },
  };
}

/** The files of the models are read only where a finding supports synthesis: most items have none. */
function reachedOf({ findings, outcomes, models }: StoredExamination) {
  const supported = findings.filter(({ question, llr }) => question === 'synthesis' && llr !== null && llr > 0);
  if (supported.length === 0) return [];
  const calibrations = calibrationsOf(new Map(Object.entries(models).map(([id, sha256]) => [id, new Set([sha256])])));
  return supported.flatMap((finding) => {
    const reached = reachedBy(finding, outcomes, calibrations);
    return reached ? [{ ...reached, subject: finding.subject }] : [];
  });
}

/** Numbers that an analyzer measured over spans of time, by subject and fact. Exported for its tests. */
export function seriesOf(outcomes: readonly Outcome[]): Series[] {
  const points = outcomes.flatMap(({ analyzer, subject, facts }) =>
    facts.flatMap(({ id, value, unit, at }) =>
      typeof value === 'number' && at && 'from' in at
        ? [{ analyzer, subject, fact: id, unit: unit ?? null, point: { fromS: at.from, toS: at.to, value } }]
        : [],
    ),
  );
  return [...Map.groupBy(points, (p) => JSON.stringify([p.analyzer, p.subject, p.fact])).values()].map((all) => {
    const { analyzer, subject, fact, unit } = all[0]!;
    return { analyzer, subject, fact, unit, points: all.map((p) => p.point).sort((a, b) => a.fromS - b.fromS) };
  });
}

function assessmentsFor(c: OpenCase, sha256: string, examiner: string): Assessment[] {
  const all = listAssessments<Opinion>(c, sha256);
  const signed = all.some((a) => a.examiner === examiner && a.signedAtMs !== null);
  return all.map(({ id, examiner: by, writtenAtMs, signedAtMs, opinions }) => ({
    id,
    examiner: by,
    writtenAtMs,
    signedAtMs,
    opinions: by === examiner || (signed && signedAtMs !== null) ? [...opinions] : null,
  }));
}
