// From held-out scores to models/<id>/calibration.json: what each score is worth, within which bounds, and where it says nothing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CalibratedScore, Calibration, CalibrationDomain } from '../../main/contract/calibration.ts';
import { balanced, boundsOf, costOf, crossFit, fitLine, round, withinCorrelation } from '../../main/fusion/fit.ts';
import { auc, bootstrap } from '../../main/fusion/metrics.ts';
import { leastOf, signedStep } from '../../main/fusion/scale.ts';
import { type ModelEntry, readRegistry } from '../../main/inference/registry.ts';
import { type Row, readScoreSets, type ScoreSet } from './records.ts';

/** Above this cost in bits a ratio tells too little for the risk of misleading. */
const LARGEST_CLLR = 0.95;
/** Real items that may reach moderate support, and the least items of a source on which that is judged (issue 4, targets). */
const MODERATE = { llr: leastOf('moderate'), share: 0.02, items: 100 } as const;
/** A language counts as measured with synthetic speech of at least so many repositories and voices, and real speech of so many voices; below
 * so many clips of a class nothing is said of it. */
const LANGUAGE = { repositories: 3, voices: 30, clips: 10 } as const;
/** Scored windows beyond which a longer recording adds nothing that was measured; four times the longest clip. */
const MOST_WINDOWS = 8;

const ORDINARY = 'synthesis.ordinary-recording';

interface Plan {
  readonly fact: string | null;
  readonly stabilityFact: string | null;
  readonly proposition: string;
  readonly domain: CalibrationDomain;
}

const FACE_DOMAIN: CalibrationDomain = {
  // 48 px is the detector's own least; faces of up to 320 px were measured as they are and at half their size, so 640 px shrink to what was measured.
  facePx: [48, 640],
  minSharpness: 15,
  minSpeechS: null,
  minSampleRate: null,
  codecs: null,
  languages: null,
};

const NO_DOMAIN: CalibrationDomain = { ...FACE_DOMAIN, facePx: null, minSharpness: null };

const VOICE_DOMAIN: CalibrationDomain = {
  ...NO_DOMAIN,
  minSpeechS: 2,
  minSampleRate: 16_000,
  codecs: [
    'opus',
    'mp3',
    'aac',
    'vorbis',
    'flac',
    'alac',
    'pcm_s16le',
    'pcm_s16be',
    'pcm_s24le',
    'pcm_s32le',
    'pcm_f32le',
    'pcm_u8',
  ],
  languages: [],
};

const PLANS: Readonly<Record<string, Plan>> = {
  swap: {
    fact: 'face.swapScore',
    stabilityFact: 'face.stability.swapScore',
    proposition: 'synthesis.face-swapped',
    domain: FACE_DOMAIN,
  },
  generated: {
    fact: 'face.generatedScore',
    stabilityFact: 'face.stability.generatedScore',
    proposition: 'synthesis.face-generated',
    domain: FACE_DOMAIN,
  },
  picture: { fact: null, stabilityFact: null, proposition: 'synthesis.picture-generated', domain: NO_DOMAIN },
  voice: {
    fact: null,
    stabilityFact: 'voice.stability.score',
    proposition: 'synthesis.voice-synthetic',
    domain: VOICE_DOMAIN,
  },
};

/** Of noise-suppression.json (training/voice/suppression.py): the bound of the network that recognises it, and counts by condition and class. */
interface Suppression {
  readonly mostSuppression: number;
  readonly unheard: readonly {
    readonly synthetic: boolean;
    readonly condition: string;
    /** Null where nothing that calls do to speech was done: what stands beside it. */
    readonly taught: boolean | null;
    readonly now: { items: number; moderate: number; recognised: number; limitedOfOthers: number };
  }[];
}

/** Conditions on which no line is fitted: a telephone's band and what RNNoise left, both outside the domain, and the suppressors kept for the test. */
const OUTSIDE = new Set(['gsm', 'rnnoise', 'rnnoise-noise-15db', 'rnnoise-call', 'afftdn-call', 'speex-call']);

/** Writes the calibration of every model with held-out scores, and returns them. */
export function writeCalibrations(modelsFolder: string): Calibration[] {
  const entries = new Map(readRegistry(modelsFolder).models.map((m) => [m.id, m]));
  const calibrations = [...Map.groupBy(readScoreSets(modelsFolder), (s) => s.model)].map(([model, sets]) =>
    calibrationOf(modelsFolder, entries.get(model)!, sets),
  );
  for (const calibration of calibrations) {
    writeFileSync(
      path.join(modelsFolder, calibration.model, 'calibration.json'),
      `${JSON.stringify(calibration, null, 2)}\n`,
    );
  }
  return calibrations;
}

function calibrationOf(modelsFolder: string, entry: ModelEntry, sets: readonly ScoreSet[]): Calibration {
  const fitted = sets.map((set) => ({ set, plan: PLANS[set.id]!, languages: languagesOf(set) }));
  const { plan, languages } = fitted[0]!;
  const suppression = suppressionOf(modelsFolder, entry);
  return {
    schema: 2,
    model: entry.id,
    modelSha256: entry.sha256,
    unit: 'natural logarithm of a likelihood ratio',
    domain: {
      ...plan.domain,
      languages,
      ...(suppression ? { mostSuppression: suppression.mostSuppression } : {}),
      ...otherLanguagesOf(sets[0]!, languages),
    },
    scores: fitted.map((f) => scoreOf(f.set, f.plan, f.languages, suppression)),
  };
}

/** Rows inside the domain, with the weights of the fit: sources of a class alike, or voices alike where sources have a handful of items. */
export function inDomain(set: ScoreSet, languages: readonly string[] | null): Row[] {
  return set.rows.filter((r) => !OUTSIDE.has(r.condition) && (languages === null || languages.includes(r.language!)));
}

const BY_VOICE = new Set(['voice']);

function weighed(set: ScoreSet, rows: readonly Row[]): Row[] {
  return BY_VOICE.has(set.id) ? rows.map((r) => ({ ...r, source: 'all' })) : [...rows];
}

/** Cross-fitted likelihood ratios of the rows of the domain: each by a line that never saw its person, voice or repository. */
export function heldOutRatios(
  set: ScoreSet,
  score: CalibratedScore,
  languages: readonly string[] | null,
): (Row & { llr: number })[] {
  const rows = inDomain(set, languages);
  const sources = new Map(rows.map((r) => [`${r.id}\n${r.condition}`, r.source]));
  return crossFit(weighed(set, rows), score).map((r) => ({ ...r, source: sources.get(`${r.id}\n${r.condition}`)! }));
}

function scoreOf(
  set: ScoreSet,
  plan: Plan,
  languages: string[] | null,
  suppression: Suppression | null,
): CalibratedScore {
  const rows = inDomain(set, languages);
  const line = fitLine(balanced(weighed(set, rows)));
  const loose = crossFit(weighed(set, rows), { llrMin: -9, llrMax: 9 });
  const bounds = boundsFrom(loose, rows, suppression);
  const cost = costOf(crossFit(weighed(set, rows), bounds));
  const usable = cost.cllr <= LARGEST_CLLR && line.slope > 0;
  const clean = rows.filter((r) => r.condition === 'clean');
  const count = (synthetic: boolean) =>
    Object.fromEntries(
      [
        ...Map.groupBy(
          clean.filter((r) => r.synthetic === synthetic),
          (r) => r.source,
        ),
      ].map(([k, v]) => [k, v.length]),
    );
  return {
    id: set.id,
    fact: plan.fact,
    stabilityFact: plan.stabilityFact,
    propositions: [plan.proposition, ORDINARY],
    usable,
    unusableReason: usable ? null : 'no-power-shown',
    slope: round(line.slope),
    offset: round(line.offset),
    ...bounds,
    length: set.id === 'voice' ? lengthOf(clean) : null,
    ...(suppression ? { suppressed: worstOf(suppression) } : {}),
    ...(set.enhanced ? { enhanced: reachedBy(set.enhanced, line) } : {}),
    fittedOn: {
      method:
        'logistic on clean and re-encoded items together, classes and (but for voices) sources of a class weighted alike; every score by a model that never saw the person, voice, generator or system; costs cross-fitted over whole persons, voices and repositories',
      genuine: count(false),
      synthetic: count(true),
    },
    ...cost,
  };
}

/**
 * What the counts can bear out (`boundsOf`). Below moderate support where a genuine source sends more of its items there than the target allows,
 * and for voices (`unmeasuredSuppressors`).
 */
function boundsFrom(
  items: readonly (Row & { llr: number })[],
  rows: readonly Row[],
  suppression: Suppression | null,
): { llrMin: number; llrMax: number; boundReason: string } {
  const clean = items.filter((i) => i.condition === 'clean');
  const [synthetic, genuine] = [clean.filter((i) => i.synthetic), clean.filter((i) => !i.synthetic)];
  const { llrMin, llrMax: most } = boundsOf(clean);
  const sourceOf = new Map(rows.map((r) => [r.id, r.source]));
  const over = [...Map.groupBy(genuine, (i) => sourceOf.get(i.id)!)].filter(
    ([, own]) =>
      own.length >= MODERATE.items && own.filter((i) => i.llr >= MODERATE.llr).length > MODERATE.share * own.length,
  );
  const held = over.map(
    ([source, own]) => `${source}: ${own.filter((i) => i.llr >= MODERATE.llr).length} of ${own.length}`,
  );
  const reasons = [
    ...(held.length > 0 ? [`which more than 2 % of a genuine source would reach (${held.join(', ')})`] : []),
    ...(suppression ? [unmeasuredSuppressors(suppression)] : []),
  ];
  return {
    llrMin,
    llrMax: round(reasons.length > 0 ? Math.min(most, MODERATE.llr - 0.01) : most),
    boundReason: `largest ratio of shares that ${synthetic.length} synthetic and ${genuine.length} genuine clean items bear out (Wilson ends); half of it towards ordinary recording${
      reasons.length > 0 ? `; held below moderate support, ${reasons.join(', and ')}` : ''
    }`,
  };
}

/** Voices stay below moderate support whatever the counts: some suppressors of noise were measured, those built into phones and into other programs were not. */
function unmeasuredSuppressors({ unheard }: Suppression): string {
  const ordinary = unheard.filter((row) => !row.synthetic);
  const counts = ordinary.map(({ condition, now }) => `${condition}: ${now.moderate} of ${now.items}`);
  return `since few of the suppressors of noise in calls were measured (ordinary clips that would reach it, ${counts.join(', ')})`;
}

/** How many of the scores come to limited and to moderate support by the line, before any bound. */
function reachedBy(scores: readonly number[], { slope, offset }: { slope: number; offset: number }) {
  const reached = (step: number) => scores.filter((score) => signedStep(slope * score + offset) >= step).length;
  return { genuine: scores.length, limited: reached(1), moderate: reached(2) };
}

/** What the recipe measured after suppressed noise; null where it was measured with other weights, or never. */
function suppressionOf(modelsFolder: string, { id, sha256 }: ModelEntry): Suppression | null {
  const file = path.join(modelsFolder, id, 'noise-suppression.json');
  if (!existsSync(file)) return null;
  const measured = JSON.parse(readFileSync(file, 'utf8')) as Suppression & { modelSha256: string };
  return measured.modelSha256 === sha256 ? measured : null;
}

/** Ordinary clips in the call of the taught suppressor, and the most that come to limited support unrecognised after what training never heard. */
function worstOf({ unheard }: Suppression): NonNullable<CalibratedScore['suppressed']> {
  const worst = (rows: Suppression['unheard']) =>
    rows.filter((row) => !row.synthetic).toSorted((a, b) => b.now.limitedOfOthers - a.now.limitedOfOthers)[0]!.now;
  const { items, recognised, limitedOfOthers } = worst(
    unheard.filter((r) => r.taught && r.condition.endsWith('-call')),
  );
  const untaught = worst(unheard.filter((r) => r.taught === false)).limitedOfOthers;
  return { genuine: items, recognised, limited: limitedOfOthers, untaught };
}

function languagesOf(set: ScoreSet): string[] | null {
  if (set.id !== 'voice') return null;
  const clean = set.rows.filter((r) => r.condition === 'clean');
  return [...Map.groupBy(clean, (r) => r.language!)]
    .filter(([, own]) => {
      const [synthetic, genuine] = [own.filter((r) => r.synthetic), own.filter((r) => !r.synthetic)];
      const voices = (rows: readonly Row[]) => new Set(rows.map((r) => r.group)).size;
      if (new Set(synthetic.map((r) => r.source)).size < LANGUAGE.repositories) return false;
      if (voices(synthetic) < LANGUAGE.voices || voices(genuine) < LANGUAGE.voices) return false;
      return bootstrap(own, (r) => r.group, auc)[0] > 0.5;
    })
    .map(([language]) => language)
    .sort();
}

/** What was found in the languages that `languagesOf` left out and of which there is speech of both classes. */
function otherLanguagesOf(
  set: ScoreSet,
  languages: readonly string[] | null,
): Pick<CalibrationDomain, 'otherLanguages'> {
  if (languages === null) return {};
  const clean = set.rows.filter((r) => r.condition === 'clean' && !languages.includes(r.language!));
  const otherLanguages = [...Map.groupBy(clean, (r) => r.language!)].sort().flatMap(([language, own]) => {
    const synthetic = own.filter((r) => r.synthetic).length;
    const genuine = own.length - synthetic;
    if (Math.min(genuine, synthetic) < LANGUAGE.clips) return [];
    const ends = bootstrap(own, (r) => r.group, auc);
    if (Number.isNaN(ends[0])) return [];
    return [
      { language, genuine, synthetic, auc: [auc(own), ...ends].map((v) => round(v)) as [number, number, number] },
    ];
  });
  return { otherLanguages };
}

/** The upper end of the correlation between clips of one voice: windows of one recording are rather more alike than less. */
function lengthOf(clean: readonly Row[]): CalibratedScore['length'] {
  const [, upper] = bootstrap(
    clean,
    (r) => r.group,
    (sample) => withinCorrelation(sample) ?? Number.NaN,
    { rounds: 100 },
  );
  if (!Number.isFinite(upper)) return null;
  return { fact: 'voice.scoredWindows', correlation: round(Math.min(1, upper)), measuredAt: 1.5, most: MOST_WINDOWS };
}
