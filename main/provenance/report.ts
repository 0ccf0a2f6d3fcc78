/** The facts of this room as a tree with byte positions, so that another examiner can check each one with a hex editor. */
import type { Fact } from '../contract/fact.ts';
import type { RangedSource } from '../contract/media.ts';
import type { Outcome } from '../contract/outcome.ts';
import {
  factFigure,
  factValueId,
  type Language,
  say,
  sayAnalyzer,
  sayReason,
  sentences,
  unitId,
} from '../strings/index.ts';

export interface ReportFact {
  readonly fact: Fact;
  /** First bytes at the fact's place in hexadecimal; null where it has no byte place or no source was given. */
  readonly hex: string | null;
}

export interface ReportBranch {
  readonly analyzer: string;
  readonly status: Outcome['status'];
  readonly reason: Outcome['reason'];
  /** Places that were looked at: absence of a fact means something for these alone. */
  readonly examined: readonly string[];
  readonly facts: readonly ReportFact[];
}

/** Bytes shown of each place. */
const EXCERPT = 16;

/** One branch for each outcome of a provenance analyzer, in their order. `source` gives the excerpts. */
export async function provenanceReport(
  outcomes: readonly Outcome[],
  source: RangedSource | null,
): Promise<ReportBranch[]> {
  const branches: ReportBranch[] = [];
  for (const outcome of outcomes.filter((o) => o.analyzer.startsWith('provenance-'))) {
    const facts: ReportFact[] = [];
    for (const fact of outcome.facts) facts.push({ fact, hex: await excerpt(fact, source) });
    const { analyzer, status, reason, examined } = outcome;
    branches.push({ analyzer, status, reason, examined, facts });
  }
  return branches;
}

async function excerpt(fact: Fact, source: RangedSource | null): Promise<string | null> {
  if (source === null || fact.at === null || !('offset' in fact.at) || fact.at.length === 0) return null;
  const bytes = await source.read(fact.at.offset, Math.min(EXCERPT, fact.at.length));
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}

/** Longest value printed on one line; the whole stands in the JSON. */
const WIDTH = 160;

/** The tree as text: analyzer, then each fact with its value, strength, what it supports, place and first bytes. */
export function formatProvenance(branches: readonly ReportBranch[], language: Language): string {
  const lines: string[] = [];
  for (const branch of branches) {
    const analyzer = sayAnalyzer(language, branch.analyzer);
    const status = say(language, `status.${branch.status}`);
    const why = branch.reason ? sayReason(language, branch.reason) : null;
    lines.push(say(language, why === null ? 'report.open' : 'report.open-because', { analyzer, status, why }));
    if (branch.facts.length === 0 && branch.status === 'evidence')
      lines.push(`└─ ${say(language, 'provenance.report.nothing')}`);
    branch.facts.forEach((entry, i) => {
      const last = i === branch.facts.length - 1;
      lines.push(`${last ? '└─' : '├─'} ${factLine(entry, language)}`);
      const where = placeLine(entry, language);
      if (where) lines.push(`${last ? '  ' : '│ '}   ${where}`);
    });
  }
  return lines.join('\n');
}

function factLine({ fact }: ReportFact, language: Language): string {
  const name = sentences.has(`fact.${fact.id}`) ? `${say(language, `fact.${fact.id}`)} [${fact.id}]` : fact.id;
  const value = printable(valueText(fact, language));
  const unit = fact.unit === undefined || fact.unit === 'count' ? '' : ` ${unitText(fact.unit, language)}`;
  const strength = fact.strength ? ` · ${fact.strength}` : '';
  const says = fact.says ? ` · ${say(language, `says.${fact.says}`)}` : '';
  const words = factValueId(fact.id, fact.value);
  const meaning = words ? ` · ${say(language, words)}` : '';
  return `${name} = ${value}${unit}${meaning}${strength}${says}`;
}

function unitText(unit: string, language: Language): string {
  const words = unitId(unit);
  return words ? say(language, words) : unit;
}

/** Figures with as many digits as tell something, and answers in words; what a file says stands as it is. */
function valueText({ id, value }: Fact, language: Language): string {
  if (typeof value === 'boolean') return say(language, `law.answer.${value ? 'yes' : 'no'}`);
  const several = Array.isArray(value);
  const told = (one: unknown) => (typeof one === 'number' ? factFigure(id, one, { inARow: several }) : String(one));
  return several ? value.map(told).join(', ') : told(value);
}

/** Control and direction characters of a file must not reach a terminal. */
function printable(value: string): string {
  const flat = value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return flat.length > WIDTH ? `${flat.slice(0, WIDTH)}…` : flat;
}

function placeLine({ fact, hex }: ReportFact, language: Language): string | null {
  if (fact.at === null || !('offset' in fact.at)) return null;
  const { offset, length } = fact.at;
  const place = say(language, 'provenance.report.place', { offset, hexOffset: `0x${offset.toString(16)}`, length });
  return hex === null ? place : `${place}  ${hex}${length > EXCERPT ? ' …' : ''}`;
}
