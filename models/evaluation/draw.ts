// The tables and plots of a card, from the machine-readable figures alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Calibration } from '../../main/contract/calibration.ts';
import type { Difference } from './difference.ts';
import type { Figures, Measured, SetFigures } from './figures.ts';
import type { ProductFigures } from './product.ts';

export interface Evaluation {
  readonly schema: 1;
  readonly model: string;
  readonly modelSha256: string;
  readonly heldOut: readonly SetFigures[];
  /** By score and condition; empty where the scores are those of the version before. */
  readonly sinceBefore: Readonly<Record<string, Readonly<Record<string, Difference>>>>;
  /** The shipped weights through the whole product; null where ../shared is absent, which `skipped` names. */
  readonly product: ProductFigures | null;
  readonly skipped: readonly string[];
}

const [BEGIN, END] = ['<!-- evaluation -->', '<!-- end of evaluation -->'];

/** Puts the section between its marks, or at the end of a card that has none. */
export function drawCard(cardFile: string, evaluation: Evaluation, calibration: Calibration): void {
  const card = existsSync(cardFile) ? readFileSync(cardFile, 'utf8') : `# ${evaluation.model}\n`;
  const section = `${BEGIN}\n${sectionOf(evaluation, calibration)}\n${END}`;
  const [from, to] = [card.indexOf(BEGIN), card.indexOf(END)];
  const text =
    from < 0 || to < from
      ? `${card.trimEnd()}\n\n${section}\n`
      : card.slice(0, from) + section + card.slice(to + END.length);
  writeFileSync(cardFile, text);
}

function sectionOf({ heldOut, sinceBefore, product, skipped }: Evaluation, calibration: Calibration): string {
  const lines = [
    '## Evaluation and calibration (drawn by `npm run evaluate`)',
    '',
    'Held-out scores: each by a model that saw neither the person or voice nor the generator or system. Intervals: 95 %, bootstrap over whole persons, voices or repositories. Likelihood ratios are natural logarithms, cross-fitted; Cllr in bits with sources alike (1 tells nothing). What a classifier reaches that sees only size, file, level and the like stands in the tables of the recipe above (`trivial`, shortcuts).',
    `Domain: ${domainText(calibration)}. Outside it the score stays raw.`,
  ];
  for (const set of heldOut) {
    const score = calibration.scores.find((s) => s.id === set.score)!;
    const since = sinceBefore[set.score] ?? {};
    lines.push(
      '',
      `### ${set.score}: ${score.usable ? `ln LR = ${score.slope} x score ${score.offset < 0 ? '-' : '+'} ${Math.abs(score.offset)}, within [${score.llrMin}, ${score.llrMax}]` : `no ratio is drawn (${score.unusableReason})`}`,
      '',
      `Bounds: ${score.boundReason}. Cllr ${score.cllr}, minCllr ${score.minCllr}.`,
      '',
      '| condition | synthetic / genuine | AUC | EER | found at 1 % | found at 5 % | Cllr / min | AUC less that of the version before, same items of every language |',
      '|---|---|---|---|---|---|---|---|',
      ...Object.entries(set.byCondition).map(([name, f]) => `${figuresLine(name, f)} ${sinceText(since[name])} |`),
      '',
      '| generator, system or repository, unseen (clean, against all genuine) | synthetic / genuine | AUC | EER | found at 1 % | found at 5 % | Cllr / min |',
      '|---|---|---|---|---|---|---|',
      ...set.byGenerator.map(({ generator, figures }) => figuresLine(generator, figures)),
      '',
      set.ownSource.sources > 0
        ? `Against genuine items of their own source: AUC ${text(set.ownSource.auc)} (${set.ownSource.synthetic} synthetic items of ${set.ownSource.sources} sources).`
        : 'No source holds both classes.',
      '',
      `Clean synthetic items with limited support or stronger: ${set.synthetic.limited} of ${set.synthetic.items}; moderate or stronger: ${set.synthetic.moderate}.`,
      '',
      '| genuine source | condition | items | limited or stronger | moderate or stronger | upper 95 % end |',
      '|---|---|---|---|---|---|',
      ...set.alarms
        .filter((a) => a.condition === 'clean' || a.moderate > 0)
        .map((a) => `| ${a.source} | ${a.condition} | ${a.items} | ${a.limited} | ${a.moderate} | ${a.upper} |`),
      '',
      `![reliability](reliability-${set.score}.svg)`,
    );
  }
  lines.push('', '### The shipped weights through the whole product', '');
  if (product) lines.push(...productLines(product));
  for (const what of skipped) lines.push(`Not run: ${what}.`);
  return lines.join('\n');
}

function productLines({ rows, groups, note }: ProductFigures): string[] {
  return [
    note,
    '',
    '| source | condition | items | with a figure | no opinion, by reason | limited | moderate or stronger | upper end | side right |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map((r) => {
      const reasons = Object.entries(r.reasons).map(([code, n]) => `${code} ${n}`);
      return `| ${r.source} | ${r.condition} | ${r.items} | ${r.spoke} | ${reasons.join(', ')} | ${r.limited} | ${r.moderate} | ${r.upper ?? ''} | ${r.spoke > 0 ? `${r.right} of ${r.spoke}` : ''} |`;
    }),
    ...(groups.length === 0
      ? []
      : [
          '',
          '| genuine group (measured) | items | limited or stronger | moderate or stronger | upper end |',
          '|---|---|---|---|---|',
          ...groups.map((g) => `| ${g.group} | ${g.items} | ${g.limited} | ${g.moderate} | ${g.upper} |`),
        ]),
    '',
  ];
}

function domainText({ domain }: Calibration): string {
  const parts = [
    domain.facePx && `faces of ${domain.facePx[0]}-${domain.facePx[1]} px`,
    domain.minSharpness && `sharpness of at least ${domain.minSharpness}`,
    domain.minSpeechS && `at least ${domain.minSpeechS} s of speech`,
    domain.minSampleRate && `stored at ${domain.minSampleRate} Hz or more`,
    domain.codecs && `codecs ${domain.codecs.join(', ')}`,
    domain.languages && `language stated by the user and among: ${domain.languages.join(', ') || 'none'}`,
  ];
  return parts.filter(Boolean).join('; ') || 'none';
}

function figuresLine(name: string, f: Figures): string {
  const cells = [f.auc, f.eer, f.at1, f.at5].map(measuredText);
  return `| ${name} | ${f.synthetic} / ${f.genuine} | ${cells.join(' | ')} | ${text(f.cllr)} / ${text(f.minCllr)} |`;
}

function sinceText(since: Difference | undefined): string {
  if (since === undefined || since.auc === null) return '';
  const [low, high] = since.interval as [number | null, number | null];
  return `${signed(since.auc)} [${low === null ? '' : signed(low)}, ${high === null ? '' : signed(high)}], ${since.items} items`;
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
}

function measuredText([value, low, high]: Measured): string {
  return value === null ? '' : low === null ? text(value) : `${text(value)} [${text(low)}, ${text(high)}]`;
}

function text(value: number | null): string {
  return value === null ? '' : value.toFixed(3);
}

/** Side of the plot in pixels, and its margin. */
const [SIDE, MARGIN] = [320, 44];

/** Predicted against observed share of synthetic items at even odds; area of a dot by its count. */
export function reliabilityPlot(set: SetFigures): string {
  const x = (v: number) => (MARGIN + v * (SIDE - 2 * MARGIN)).toFixed(1);
  const y = (v: number) => (SIDE - MARGIN - v * (SIDE - 2 * MARGIN)).toFixed(1);
  const label = (at: string, words: string) => `<text ${at} font-size="11" text-anchor="middle">${words}</text>`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((v) => [
    label(`x="${x(v)}" y="${SIDE - MARGIN + 16}"`, String(v)),
    label(`x="${MARGIN - 16}" y="${Number(y(v)) + 4}"`, String(v)),
  ]);
  const dots = set.reliability.map(
    (b) =>
      `<circle cx="${x(b.predicted)}" cy="${y(b.observed)}" r="${Math.min(10, 2 + Math.sqrt(b.items) / 8).toFixed(1)}" fill="#0072B2" fill-opacity=".7"><title>${b.items} items</title></circle>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" font-family="sans-serif" fill="#14161A">
<rect width="${SIDE}" height="${SIDE}" fill="#FBFAF7"/>
<path d="M${x(0)} ${y(1)}V${y(0)}H${x(1)}" fill="none" stroke="#14161A"/>
<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#888" stroke-dasharray="4 3"/>
${ticks.join('\n')}
${label(`x="${SIDE / 2}" y="${SIDE - 8}"`, `${set.score}: predicted share synthetic at even odds`)}
${label(`x="12" y="${SIDE / 2}" transform="rotate(-90 12 ${SIDE / 2})"`, 'observed share, sources alike')}
${dots.join('\n')}
</svg>
`;
}
