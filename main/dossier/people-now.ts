/** What was found of people, told as the case knows them now: what an examination recorded is sealed and chained as it was. */
import { listPeople, type OpenCase, type StoredExamination, sampleChanges } from '../cases/index.ts';
import { reason } from '../contract/fact.ts';
import type { Finding } from '../contract/finding.ts';
import { REMOVED_PERSON, SAMPLES_CHANGED } from '../contract/open-end.ts';

type Found = Pick<StoredExamination, 'findings' | 'outcomes' | 'custody'>;

/** To be made anew when people or their samples changed. */
export function asPeopleAreNow(c: OpenCase): <Examination extends Found>(examination: Examination) => Examination {
  const ids = idsOf(c);
  const changed = samplesChanged(c, ids);

  /** Names of people whom the case no longer holds are not written down again: a code stands in their place. */
  const named = <Value extends { readonly reference: string | null }>(one: Value): Value =>
    one.reference === null || ids.has(one.reference) ? one : { ...one, reference: REMOVED_PERSON };

  /** What was compared with other samples than the person has now says so: with these the answer may be another. */
  const dated = (finding: Finding, custody: number): Finding => {
    if (!changed(finding, custody)) return finding;
    return { ...finding, against: [reason(SAMPLES_CHANGED), ...finding.against] };
  };

  return (examination) => ({
    ...examination,
    findings: examination.findings.map((finding) => named(dated(finding, examination.custody))),
    outcomes: examination.outcomes.map(named),
  });
}

/** Whether samples that a finding compares with were added or taken out since its examination, the entry of which is `custody`. */
function samplesChanged(
  c: OpenCase,
  ids: ReadonlyMap<string, string>,
): (finding: Pick<Finding, 'question' | 'reference' | 'subject'>, custody: number) => boolean {
  const changes = sampleChanges(c);
  return ({ question, reference, subject }, custody) => {
    if (question !== 'likeness' || reference === null) return false;
    const kind = subject.startsWith('face') ? 'face' : 'voice';
    return (changes.get(ids.get(reference) ?? '')?.[kind] ?? 0) >= custody;
  };
}

function idsOf(c: OpenCase): ReadonlyMap<string, string> {
  return new Map(listPeople(c).map(({ id, name }) => [name, id]));
}
