/**
 * How steady is a face over time, beside what surrounds it? Measures of each face track in units of their own, with their place in time.
 * Facts only: labelled clips are too few for a ratio (measured in TEMPORAL.md), and light, motion and compression move all of them.
 */
import type { Analyzer } from '../contract/analyzer.ts';
import { breathe } from '../contract/breathe.ts';
import { type Fact, fact, type Place, reason } from '../contract/fact.ts';
import { median } from '../contract/median.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { FaceObservation, FaceTrack } from '../contract/perception.ts';
import { cosine } from '../contract/samples.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { correlation } from './correlation.ts';
import { type BurstMeasures, measureBurst } from './face-burst.ts';
import { identityDrift } from './face-drift.ts';
import { apart, beside, eyeDistance, type LookMeasures, measureLook, rigidResidual } from './face-steadiness.ts';

/** Looks further apart are not compared: light and pose have changed by then. Seconds. */
const LONGEST_STEP_S = 1;
/** Steps between neighbouring looks below which nothing is told of what lies between them. */
const LEAST_STEPS = 4;
/** Looks from which on a median or a correlation over the track says anything without neighbours. */
const LEAST_LOOKS = 6;
/** Below this side detail and noise of a face are those of the compression. Pixels. */
const SMALLEST_PX = 48;

export const faceTemporal: Analyzer = {
  id: 'face-temporal',
  version: ANALYZER_VERSIONS['face-temporal'],
  needs: ['faces'],
  models: [],
  timeLimitS: 300,
  appliesTo: ({ kind }) => (kind === 'video' ? null : reason('no-film')),
  leftOutOfQuickPass: () => reason('temporal-quick-pass'),
  async run({ faces }, { progress, signal }) {
    const tracks = faces?.tracks ?? [];
    if (tracks.length === 0) return [notApplicable('file', reason('no-face'))];
    const outcomes: AnalyzerOutcome[] = [];
    for (const [done, track] of tracks.entries()) {
      signal.throwIfAborted();
      outcomes.push(examine(track), ...withoutRuns(track));
      progress((done + 1) / tracks.length);
      await breathe();
    }
    return outcomes;
  },
};

/** What changes from frame to frame of this face was not measured, or not in all of its runs. */
function withoutRuns({ id, burstsFault }: FaceTrack): AnalyzerOutcome[] {
  return burstsFault ? [abstained(id, reason('runs-left-out', { code: burstsFault }))] : [];
}

interface Step {
  readonly from: Look;
  readonly to: Look;
}

interface Look {
  readonly observation: FaceObservation;
  readonly measures: LookMeasures;
}

function examine(track: FaceTrack): AnalyzerOutcome {
  const large = track.observations.filter(({ quality }) => quality.sizePx >= SMALLEST_PX);
  const examined = [`observations:${track.observations.length}`, `measured:${large.length}`];
  if (large.length === 0) {
    const px = Math.floor(Math.max(0, ...track.observations.map(({ quality }) => quality.sizePx)));
    return abstained(track.id, reason('face-too-small', { px, least: SMALLEST_PX }), { examined });
  }
  const looks = large.flatMap((observation): Look[] => {
    const measures = measureLook(observation.crop);
    return measures ? [{ observation, measures }] : [];
  });
  const steps = looks
    .slice(1)
    .map((to, n): Step => ({ from: looks[n]!, to }))
    .filter(({ from, to }) => to.observation.timeS - from.observation.timeS <= LONGEST_STEP_S);
  const bursts = burstsOf(track);
  if (steps.length < LEAST_STEPS && looks.length < LEAST_LOOKS) {
    const why = reason('too-few-neighbouring-looks', { count: steps.length, least: LEAST_STEPS });
    return abstained(track.id, why, { examined });
  }
  return evidence(track.id, {
    examined: [...examined, `steps:${steps.length}`],
    facts: factsOf(track, { looks, steps, bursts }),
  });
}

/** The measured course: one value a step. */
const COURSES: Readonly<Record<string, { unit: string; of: (step: Step) => number }>> = {
  brightness: {
    unit: 'luma',
    of: ({ from, to }) => Math.abs(apart(to.measures, 'luma') - apart(from.measures, 'luma')),
  },
  colour: {
    unit: 'chroma',
    of: ({ from, to }) =>
      Math.hypot(
        apart(to.measures, 'red') - apart(from.measures, 'red'),
        apart(to.measures, 'blue') - apart(from.measures, 'blue'),
      ),
  },
  detail: { unit: 'octaves', of: ({ from, to }) => Math.abs(detail(to) - detail(from)) },
  shape: {
    unit: 'eye-distances',
    of: ({ from, to }) => rigidResidual(from.observation.crop.mesh, to.observation.crop.mesh),
  },
  movement: { unit: 'eye-distances', of: ({ from, to }) => moved(from.observation, to.observation) },
};

interface Seen {
  readonly looks: readonly Look[];
  readonly steps: readonly Step[];
  readonly bursts: readonly Burst[];
}

/** Where too few looks are neighbours, as in a long track, what lies between two of them is left out and the rest is told. */
function factsOf(track: FaceTrack, { looks, steps, bursts }: Seen): Fact[] {
  const whole = { from: track.fromS, to: track.toS };
  const followed = steps.length < LEAST_STEPS ? [] : Object.entries(COURSES);
  const courses = followed.map(([name, { unit, of }]) => ({ name, unit, values: steps.map(of) }));
  const medians = courses.map(({ name, unit, values }) =>
    fact(`temporal.${name}Change`, median(values), { unit, at: whole }),
  );
  const named = looks.flatMap(({ observation: { embedding } }) => (embedding ? [embedding] : []));
  const pairs = named.flatMap((p, n) => named.slice(n + 1).map((q) => cosine(p, q))).sort((a, b) => a - b);
  const steadiness = [
    ...(pairs.length > 0
      ? [fact('temporal.ownLikeness', [pairs[0]!, median(pairs)], { unit: 'cosine', at: whole })]
      : []),
    fact('temporal.detailBeside', median(looks.map(detail)), { unit: 'octaves', at: whole }),
    fact('temporal.noiseBeside', median(looks.map(noise)), { unit: 'octaves', at: whole }),
    ...agreement(looks).map((value) => fact('temporal.lightAgreement', value, { unit: 'correlation', at: whole })),
    fact('temporal.steps', steps.length, { unit: 'count', at: whole }),
  ];
  const course = courses.flatMap(({ name, unit, values }) =>
    steps.map(({ from, to }, n) =>
      fact(`temporal.step.${name}`, values[n]!, {
        unit,
        at: { from: from.observation.timeS, to: to.observation.timeS },
      }),
    ),
  );
  return [...medians, ...steadiness, ...drift(looks, whole), ...inFrames(bursts), ...course];
}

/** What of the distance between the track's own vectors goes with pose and with time, and what neither explains. */
function drift(looks: readonly Look[], at: Place): Fact[] {
  const found = identityDrift(looks.map(({ observation }) => observation));
  if (!found) return [];
  return [
    fact('temporal.driftWithPose', found.per10Degrees, { unit: 'cosine-distance-per-10-degrees', at }),
    fact('temporal.driftWithTime', found.perSecond, { unit: 'cosine-distance-per-second', at }),
    fact('temporal.driftUnexplained', found.unexplained, { unit: 'cosine-distance', at }),
    fact('temporal.driftPairs', found.pairs, { unit: 'count', at }),
  ];
}

const BURST_UNITS: Readonly<Record<keyof BurstMeasures, string>> = {
  brightness: 'luma',
  colour: 'chroma',
  detail: 'octaves',
  shape: 'eye-distances',
  pixels: 'octaves',
  identity: 'cosine-distance',
};

interface Burst {
  readonly measures: BurstMeasures;
  readonly frames: number;
  readonly at: { readonly from: number; readonly to: number };
}

function burstsOf({ bursts = [] }: FaceTrack): Burst[] {
  return bursts.flatMap((run) => {
    const measures = measureBurst(run);
    return measures ? [{ measures, frames: run.length, at: { from: run[0]!.timeS, to: run.at(-1)!.timeS } }] : [];
  });
}

/** From frame to frame: the median of the runs of consecutive frames, and each of them where there are several. */
function inFrames(bursts: readonly Burst[]): Fact[] {
  if (bursts.length === 0) return [];
  const at = { from: bursts[0]!.at.from, to: bursts.at(-1)!.at.to };
  const frames = bursts.reduce((sum, burst) => sum + burst.frames, 0);
  const measures = Object.entries(BURST_UNITS) as [keyof BurstMeasures, string][];
  return [
    ...measures.map(([name, unit]) =>
      fact(`temporal.frames.${name}`, median(bursts.map((burst) => burst.measures[name])), { unit, at }),
    ),
    fact('temporal.frames.count', frames, { unit: 'count', at }),
    fact('temporal.frames.runs', bursts.length, { unit: 'count', at }),
    ...(bursts.length > 1 ? measures : []).flatMap(([name, unit]) =>
      bursts.map((burst) => fact(`temporal.run.${name}`, burst.measures[name], { unit, at: burst.at })),
    ),
  ];
}

function detail({ measures }: Look): number {
  return beside(measures, 'detail');
}

function noise({ measures }: Look): number {
  return beside(measures, 'noise');
}

/** Of the centre of the face, in distances of the outer eye corners. */
function moved(p: FaceObservation, q: FaceObservation): number {
  const away = Math.hypot(q.box.x + q.box.w / 2 - p.box.x - p.box.w / 2, q.box.y + q.box.h / 2 - p.box.y - p.box.h / 2);
  return (away * q.crop.box.w) / (q.box.w * eyeDistance(q.crop.mesh));
}

/** Least spread of brightness that can be followed (luma). */
const LEAST_SPREAD = 1;

/** Pearson correlation of the brightness of face and surroundings over time; none where the light hardly changes. */
function agreement(looks: readonly Look[]): number[] {
  if (looks.length < LEAST_LOOKS) return [];
  const [face, around] = [looks.map((l) => l.measures.inner.luma), looks.map((l) => l.measures.around.luma)];
  const found = correlation(face, around, LEAST_SPREAD);
  return found === null ? [] : [found];
}
