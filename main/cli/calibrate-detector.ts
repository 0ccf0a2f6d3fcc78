/** What an imported detector is worth on the user's own material: measured as the embedded ones are, written beside it, and only then may it speak. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sha256OfFile } from '../cases/index.ts';
import type { Calibration } from '../contract/calibration.ts';
import { importedAnalyzerId } from '../contract/detector.ts';
import type { EngineSettings } from '../contract/engine.ts';
import { AppError } from '../contract/errors.ts';
import type { Outcome } from '../contract/outcome.ts';
import { balanced, boundsOf, costOf, crossFit, fitLine, round } from '../fusion/fit.ts';
import { auc, bootstrap, detectionAt, equalErrorRate } from '../fusion/metrics.ts';
import { type ImportedModel, importedFolder, readImported } from '../inference/index.ts';
import { EngineHost } from '../jobs/engine-host.ts';
import { forkEngine } from '../jobs/fork-engine.ts';

/** Files of a class that gave a score, below which nothing is fitted. */
const LEAST_FILES = 20;
/** As for the embedded detectors (models/evaluation/calibrate.ts): a cost above this tells too little for the risk of misleading. Bits. */
const LARGEST_CLLR = 0.95;

export interface CalibrateOptions {
  readonly id: string;
  /** Folders; every regular file below counts, and those of one subfolder as one person or source. */
  readonly genuine: string;
  readonly synthetic: string;
  /** Language spoken in the recordings, ISO 639-1; a voice detector speaks for no other. */
  readonly language: string | null;
  readonly packsFolder: string;
  readonly engineSettings: (scratchFolder: string) => EngineSettings;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Files without a score, by reason code: told before it is decided whether enough are left. */
  readonly onWithout: (without: Readonly<Record<string, number>>) => void;
}

export interface CalibrationResult {
  readonly id: string;
  readonly genuine: number;
  readonly synthetic: number;
  /** Files without a score, by reason code. */
  readonly without: Readonly<Record<string, number>>;
  readonly auc: readonly [number, number, number];
  readonly eer: number;
  readonly at1: number;
  readonly at5: number;
  readonly cllr: number;
  readonly minCllr: number;
  readonly llrMin: number;
  readonly llrMax: number;
  readonly usable: boolean;
}

interface Scored {
  readonly source: string;
  readonly group: string;
  readonly synthetic: boolean;
  readonly score: number;
  readonly facePx: number | null;
  readonly codec: string | null;
}

/**
 * @throws AppError `MODEL_MISSING` (no imported detector of this id), `CALIBRATION_SAME_FILES` (a file in both folders),
 * `CALIBRATION_TOO_SMALL` (fewer than 20 scored files of a class), `CANCELLED`, …
 */
export async function calibrateDetector(options: CalibrateOptions): Promise<CalibrationResult> {
  const model = readImported(options.packsFolder).find((m) => m.contract.id === options.id);
  if (!model) throw new AppError('MODEL_MISSING', { model: options.id });
  const { scored, without } = await scoreFolders(model, options);
  options.onWithout(without);
  const count = (synthetic: boolean) => scored.filter((s) => s.synthetic === synthetic).length;
  const [genuine, synthetic] = [count(false), count(true)];
  if (Math.min(genuine, synthetic) < LEAST_FILES) {
    throw new AppError('CALIBRATION_TOO_SMALL', { genuine, synthetic, least: LEAST_FILES });
  }
  const bounds = boundsOf(crossFit(scored, { llrMin: -9, llrMax: 9 }));
  const cost = costOf(crossFit(scored, bounds));
  const [low, high] = bootstrap(scored, (s) => `${s.synthetic}${s.group}`, auc);
  const usable = cost.cllr <= LARGEST_CLLR && low > 0.5;
  const line = fitLine(balanced(scored));
  const result: CalibrationResult = {
    id: options.id,
    genuine,
    synthetic,
    without,
    auc: [round(auc(scored)), round(low), round(high)],
    eer: round(equalErrorRate(scored)),
    at1: round(detectionAt(scored, 0.01)),
    at5: round(detectionAt(scored, 0.05)),
    ...cost,
    ...bounds,
    usable,
  };
  const calibration = calibrationOf(
    model,
    scored,
    { ...result, slope: round(line.slope), offset: round(line.offset) },
    options.language,
  );
  const folder = importedFolder(options.packsFolder, options.id);
  await writeFile(path.join(folder, 'calibration.json'), `${JSON.stringify(calibration, null, 2)}\n`, { mode: 0o600 });
  await writeFile(path.join(folder, 'card.md'), cardOf(model, result, calibration), { mode: 0o600 });
  return result;
}

async function scoreFolders(model: ImportedModel, options: CalibrateOptions) {
  const [genuine, synthetic] = [await filesOf(options.genuine, false), await filesOf(options.synthetic, true)];
  const shared = [...genuine.keys()].filter((sha256) => synthetic.has(sha256)).length;
  if (shared > 0) throw new AppError('CALIBRATION_SAME_FILES', { files: shared });
  const files = [...genuine.values(), ...synthetic.values()];
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'jianzhen-calibrate-'));
  const analyzer = importedAnalyzerId(model);
  const scored: Scored[] = [];
  const without: Record<string, number> = {};
  try {
    await using engine = new EngineHost(() => forkEngine(options.engineSettings(scratch)));
    for (const [n, { file, group, synthetic }] of files.entries()) {
      options.signal.throwIfAborted();
      const { outcome, codec } = await scoreFile(engine, { file, analyzer, signal: options.signal });
      if (outcome?.status === 'evidence' && outcome.rawScore !== null) {
        const px = outcome.facts.find((f) => f.id === 'face.sizePx')?.value;
        const source = synthetic ? 'synthetic' : 'genuine';
        scored.push({
          source,
          group,
          synthetic,
          score: outcome.rawScore,
          facePx: typeof px === 'number' ? px : null,
          codec,
        });
      } else {
        const code = outcome?.reason?.code ?? 'unreadable';
        without[code] = (without[code] ?? 0) + 1;
      }
      options.onProgress(n + 1, files.length);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { scored, without };
}

/** The first subject that has a score; a file that cannot be read has none. */
async function scoreFile(
  engine: EngineHost,
  { file, analyzer, signal }: { file: string; analyzer: string; signal: AbortSignal },
): Promise<{ outcome: Outcome | null; codec: string | null }> {
  try {
    const { outcomes, info } = await engine.examine(
      {
        path: file,
        claimedExtension: path.extname(file),
        sha256: '0'.repeat(64),
        settings: { fps: 2, depth: 'quick' },
        references: [],
        only: [analyzer],
      },
      { signal, onProgress: () => {} },
    );
    return {
      outcome: outcomes.find((o) => o.status === 'evidence') ?? outcomes[0] ?? null,
      codec: info.audio[0]?.codec ?? null,
    };
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code === 'CANCELLED') throw fault;
    return { outcome: null, codec: null };
  }
}

interface CountedFile {
  readonly file: string;
  readonly group: string;
  readonly synthetic: boolean;
}

/** By digest: a file that lies there twice counts once. */
async function filesOf(folder: string, synthetic: boolean): Promise<ReadonlyMap<string, CountedFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const files = new Map<string, CountedFile>();
  for (const file of names.sort()) {
    const [first, ...rest] = path.relative(folder, file).split(path.sep);
    files.set(await sha256OfFile(file), { file, group: rest.length > 0 ? `${synthetic}/${first}` : file, synthetic });
  }
  return files;
}

const PROPOSITION = {
  'synthetic-face': 'synthesis.swapped-or-generated',
  'synthetic-image': 'synthesis.picture-generated',
  'synthetic-voice': 'synthesis.voice-synthetic',
} as const;

function calibrationOf(
  { contract, role, sha256 }: ImportedModel,
  scored: readonly Scored[],
  measured: CalibrationResult & { readonly slope: number; readonly offset: number },
  language: string | null,
): Calibration {
  const sizes = scored.flatMap((s) => (s.facePx === null ? [] : [s.facePx]));
  const voice = role === 'synthetic-voice';
  const { slope, offset, llrMin, llrMax, cllr, minCllr, usable } = measured;
  return {
    schema: 2,
    model: contract.id,
    modelSha256: sha256,
    unit: 'natural logarithm of a likelihood ratio',
    domain: {
      facePx: sizes.length > 0 ? [Math.floor(Math.min(...sizes)), Math.ceil(Math.max(...sizes))] : null,
      minSharpness: null,
      minSpeechS: voice ? 2 : null,
      minSampleRate: voice ? 16_000 : null,
      codecs: voice ? [...new Set(scored.flatMap((s) => (s.codec === null ? [] : [s.codec])))].sort() : null,
      languages: voice ? (language === null ? [] : [language]) : null,
    },
    scores: [
      {
        id: 'imported',
        fact: null,
        stabilityFact: null,
        propositions: [PROPOSITION[role], 'synthesis.ordinary-recording'],
        usable,
        unusableReason: usable ? null : 'no-power-on-own-files',
        slope,
        offset,
        llrMin,
        llrMax,
        boundReason:
          'largest ratio of shares that the counts bear out (Wilson ends); half of it towards ordinary recording',
        length: null,
        fittedOn: {
          method:
            'logistic on the folders given by the user, classes weighted alike; costs cross-fitted over subfolders or files',
          genuine: { folder: measured.genuine },
          synthetic: { folder: measured.synthetic },
        },
        cllr,
        minCllr,
      },
    ],
  };
}

function cardOf({ contract, role, sha256 }: ImportedModel, r: CalibrationResult, { domain }: Calibration): string {
  return `# ${contract.id}

Imported by the user as ${role}; SHA-256 \`${sha256}\`, licence as declared: ${contract.licence}. It was trained elsewhere: whether it has seen the files below is unknown here.

| genuine | synthetic | AUC [95 %] | EER | found at 1 % | found at 5 % | Cllr / min | bounds of ln LR |
|---|---|---|---|---|---|---|---|
| ${r.genuine} | ${r.synthetic} | ${r.auc[0]} [${r.auc[1]}, ${r.auc[2]}] | ${r.eer} | ${r.at1} | ${r.at5} | ${r.cllr} / ${r.minCllr} | [${r.llrMin}, ${r.llrMax}] |

${r.usable ? 'It speaks in findings within its domain, averaged with the other detectors of the same face, picture or voice.' : 'It does not speak in findings: on these files it does not tell the classes apart well enough (Cllr above .95 or an AUC whose interval reaches .5).'}

Domain: \`${JSON.stringify(domain)}\`. Files without a score: \`${JSON.stringify(r.without)}\`.
`;
}
