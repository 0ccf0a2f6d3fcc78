/**
 * `npm run evaluate`: fits the calibrations to the held-out scores that the recipes left in evaluation.json, measures them, runs the product over
 * ../shared/data, and redraws cards and plots. Options: `--cache FOLDER` (a stopped run goes on), `--per-source N`,
 * `--minutes N`, `--model ID` (only this model is measured, its files go through the product, its card is redrawn), `--held-out-only` (what the
 * product said before on the same weights stays, and says so).
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Calibration } from '../../main/contract/calibration.ts';
import { heldOutRatios, writeCalibrations } from './calibrate.ts';
import { type Difference, differenceOf, sameScores } from './difference.ts';
import { drawCard, type Evaluation, reliabilityPlot } from './draw.ts';
import { type SetFigures, setFigures } from './figures.ts';
import { measureProduct, type ProductFigures } from './product.ts';
import { readScoreSets, type ScoreSet } from './records.ts';

const modelsFolder = path.resolve(import.meta.dirname, '..');
const sharedData = path.resolve(modelsFolder, '../../shared/data');
const { values: options } = parseArgs({
  options: {
    cache: { type: 'string', default: path.join(os.tmpdir(), 'jianzhen-evaluate') },
    'per-source': { type: 'string', default: '24' },
    minutes: { type: 'string', default: '30' },
    model: { type: 'string' },
    'held-out-only': { type: 'boolean', default: false },
  },
});

/** Committed versions of the scores that are looked at, newest first, for one that differs. */
const VERSIONS = 5;
/** Said of figures of the product that this run did not make. */
const BEFORE = 'Made before the last fit of the calibration, on the same weights.';

const sets = readScoreSets(modelsFolder);
const calibrations = writeCalibrations(modelsFolder);
const skipped: string[] = [];
const product = await productOrNot();
for (const calibration of calibrations) {
  if (options.model === undefined || calibration.model === options.model) evaluateOne(calibration);
}

function evaluateOne(calibration: Calibration): void {
  const own = sets.filter((s) => s.model === calibration.model);
  const heldOut = own.map((set): SetFigures => {
    const score = calibration.scores.find((s) => s.id === set.id)!;
    return setFigures(score, heldOutRatios(set, score, calibration.domain.languages));
  });
  const folder = path.join(modelsFolder, calibration.model);
  const measured = product?.get(calibration.model) ?? productBefore(folder, calibration.modelSha256);
  const differences = own.map((set) => differencesFromBefore(set));
  const evaluation: Evaluation = {
    schema: 1,
    model: calibration.model,
    modelSha256: calibration.modelSha256,
    heldOut,
    sinceBefore: Object.fromEntries(own.map((set, i) => [set.id, differences[i]!])),
    product: measured,
    skipped: measured ? [] : skipped.length > 0 ? skipped : ['the product on files: no run of this model was made'],
  };
  writeFileSync(path.join(folder, 'measured.json'), `${JSON.stringify(evaluation, null, 1)}\n`);
  for (const set of heldOut) writeFileSync(path.join(folder, `reliability-${set.score}.svg`), reliabilityPlot(set));
  drawCard(path.join(folder, 'card.md'), evaluation, calibration);
  for (const [i, set] of own.entries()) log(calibration, set, heldOut[i]!, differences[i]!.clean ?? null);
}

/** Committed: every look at the outer folds, with the difference from the version before on the items that both scored. */
function log(calibration: Calibration, set: ScoreSet, figures: SetFigures, difference: Difference | null): void {
  const file = path.join(modelsFolder, 'evaluations.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  const clean = figures.byCondition.clean!;
  const entry = {
    date: new Date().toISOString().slice(0, 10),
    model: set.model,
    score: set.id,
    modelSha256: calibration.modelSha256,
    synthetic: clean.synthetic,
    genuine: clean.genuine,
    auc: clean.auc,
    cllr: clean.cllr,
    minCllr: clean.minCllr,
    difference,
  };
  const line = JSON.stringify(entry);
  if (lines.at(-1) !== line && !lines.includes(line)) appendFileSync(file, `${line}\n`);
  process.stdout.write(
    `${set.model} ${set.id}: AUC ${clean.auc.join(' ')}, Cllr ${clean.cllr}, ${clean.synthetic} synthetic, ${clean.genuine} genuine\n`,
  );
}

/** What the product said when it last ran; null where it never did, or with other weights. */
function productBefore(folder: string, modelSha256: string): ProductFigures | null {
  const file = path.join(folder, 'measured.json');
  const { product: before = null, ...of } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Evaluation>)
    : {};
  if (before === null || of.modelSha256 !== modelSha256) return null;
  return before.note.endsWith(BEFORE) ? before : { ...before, note: `${before.note} ${BEFORE}` };
}

/** By condition, against the committed version before; empty where the scores are the same. */
function differencesFromBefore(set: ScoreSet): Record<string, Difference> {
  const before = committed(set);
  return before === null ? {} : differenceOf(set.rows, before.rows);
}

/** The newest committed scores that differ from those of the working tree; null where none do or this is no repository. */
function committed(set: ScoreSet): ScoreSet | null {
  const file = `models/${set.model}/evaluation.json`;
  const versions = git('log', `-${VERSIONS}`, '--format=%H', '--', file)?.split('\n').filter(Boolean) ?? [];
  for (const version of versions) {
    const text = git('show', `${version}:${file}`);
    if (text === null) continue;
    const found = readScoreSets(modelsFolder, new Map([[set.model, text]])).find(
      (s) => s.model === set.model && s.id === set.id,
    );
    if (found && !sameScores(found.rows, set.rows)) return found;
  }
  return null;
}

/** What git prints; null where this is no repository or git fails. */
function git(...args: string[]): string | null {
  const cwd = path.resolve(modelsFolder, '..');
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : null;
}

async function productOrNot(): Promise<ReadonlyMap<string, ProductFigures> | null> {
  if (options['held-out-only']) {
    skipped.push('the product on files (--held-out-only)');
    return null;
  }
  if (!existsSync(sharedData)) {
    skipped.push('the product on files: ../shared/data is absent');
    process.stdout.write(`skipped: ${skipped[0]}\n`);
    return null;
  }
  return await measureProduct({
    modelsFolder,
    sharedData,
    cache: options.cache,
    perSource: Number(options['per-source']),
    minutes: Number(options.minutes),
    model: options.model,
  });
}
