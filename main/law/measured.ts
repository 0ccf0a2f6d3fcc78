/** Which records of an examination bear on law, and under which code. Only outcomes that left evidence count. */

import { reason } from '../contract/fact.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { MeasuredCode } from './codes.ts';
import type { Measured } from './element-table.ts';

interface Rule {
  readonly analyzer: string;
  /** Evidence counts only with a fact of this beginning; with any outcome of the analyzer where null. */
  readonly withFact: string | null;
  readonly code: MeasuredCode;
}

/** Which way the evidence speaks stands in the outcome, never in the code. */
const RULES: readonly Rule[] = [
  { analyzer: 'face-likeness', withFact: null, code: 'M-FACE-SIM' },
  { analyzer: 'voice-likeness', withFact: null, code: 'M-VOICE-SIM' },
  { analyzer: 'synthetic-face', withFact: null, code: 'M-SYN-FACE' },
  { analyzer: 'synthetic-image', withFact: null, code: 'M-SYN-IMAGE' },
  { analyzer: 'synthetic-voice', withFact: null, code: 'M-SYN-VOICE' },
  { analyzer: 'provenance-container', withFact: '', code: 'M-META' },
  { analyzer: 'provenance-exif', withFact: '', code: 'M-META' },
  { analyzer: 'provenance-generator', withFact: '', code: 'M-META' },
  { analyzer: 'provenance-consistency', withFact: '', code: 'M-META' },
  { analyzer: 'provenance-c2pa', withFact: 'c2pa.manifest', code: 'M-C2PA' },
  { analyzer: 'provenance-aigc-label', withFact: 'aigc.', code: 'M-LABEL-IMPL' },
  { analyzer: 'provenance-explicit-label', withFact: 'label.explicit', code: 'M-LABEL-EXPL' },
  { analyzer: 'provenance-explicit-label', withFact: 'label.personalInformation', code: 'M-CONTEXT' },
];

/**
 * The measured records in the outcomes of one item. An analyzer that abstained, failed, did not apply or did not run leaves none,
 * so its elements stay unknown; "no label" needs an outcome that lists the places looked at.
 * @param item SHA-256 of the item
 */
export function measuredIn(item: string, outcomes: readonly Outcome[]): Measured[] {
  return outcomes
    .filter(({ status }) => status === 'evidence')
    .flatMap((outcome) =>
      codesOf(outcome).map((code) => ({
        code,
        item,
        record: `${outcome.analyzer}/${outcome.subject}`,
        result: resultOf(outcome),
      })),
    );
}

function codesOf({ analyzer, facts, examined }: Outcome): MeasuredCode[] {
  const codes = RULES.filter((rule) => rule.analyzer === analyzer)
    .filter(({ withFact }) => withFact === null || facts.some(({ id }) => id.startsWith(withFact)))
    .map(({ code }) => code);
  const lookedInVain = analyzer === 'provenance-aigc-label' && codes.length === 0 && examined.length > 0;
  return lookedInVain ? ['M-LABEL-NONE'] : codes;
}

function resultOf({ band, llr, facts, reference }: Outcome): Measured['result'] {
  return reason('measured', { band, llr, facts: facts.length, reference });
}

/** What was counted over a case, as far as it bears on law. */
export interface CountedCase {
  readonly distinct: number;
  /** Distinct items whose scenes are not on record. */
  readonly withoutScenes: number;
  /** Items of each group of near-duplicates. */
  readonly groups: readonly (readonly string[])[];
}

/** Labels of an item as far as somebody looked for one: there, looked for in vain, or (null) not looked for. */
const LABELLED: Readonly<Partial<Record<MeasuredCode, boolean>>> = { 'M-LABEL-IMPL': true, 'M-LABEL-NONE': false };

/**
 * The measured records that concern the case as a whole: its counts and how they were counted, near-duplicates where scenes were
 * compared, and labels that differ between copies of the same scenes. `measured` are the records of its items.
 */
export function measuredOfCase(counted: CountedCase, measured: readonly Measured[]): Measured[] {
  const { distinct, withoutScenes, groups } = counted;
  const ofCase = (code: MeasuredCode, record: string): Measured => ({ code, item: null, record, result: null });
  const labelled = new Map(
    measured.flatMap(({ code, item }) => (item !== null && code in LABELLED ? [[item, LABELLED[code]!] as const] : [])),
  );
  const differs = groups.some((group) => new Set(group.flatMap((item) => labelled.get(item) ?? [])).size > 1);
  return [
    ...(distinct > 0 ? [ofCase('M-COUNT', 'counts'), ofCase('M-COUNT-EXPLAIN', 'counts')] : []),
    ...(distinct - withoutScenes > 1 ? [ofCase('M-DEDUP', 'scenes')] : []),
    ...(differs ? [ofCase('M-LABEL-DIFF', 'scenes')] : []),
  ];
}
