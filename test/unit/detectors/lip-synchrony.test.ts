import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { AnalyzerOutcome } from '../../../main/contract/outcome.ts';
import {
  type FaceObservation,
  type Faces,
  LIP_MEASURES,
  type LipMovement,
  type Voices,
} from '../../../main/contract/perception.ts';
import {
  agreementOf,
  comparable,
  expected,
  MARGIN,
  stepsOf,
  strengthOf,
} from '../../../main/detectors/lip-agreement.ts';
import { type LipModel, lipSynchrony, startsOf } from '../../../main/detectors/lip-synchrony.ts';
import { BANDS, STEP_S, soundBands } from '../../../main/detectors/sound-bands.ts';
import { sentences } from '../../../main/strings/index.ts';
import { babble, context, observation, PICTURE } from './drawn.ts';

const RATE = 16_000;
const STEP = STEP_S * RATE;
const FILE = path.resolve(import.meta.dirname, '../../../models/lip-movement/model.json');
const MODEL = JSON.parse(readFileSync(FILE, 'utf8')) as LipModel;

/** Lips that do what the filter expects of a sound, so many steps before it, at a camera's rate. */
function lipsTo(sound: Float32Array, { fps = 30, ahead = 0, fromS = 0 } = {}): LipMovement {
  const rows = expected(soundBands(sound), MODEL.filter);
  const seconds = sound.length / RATE - 2 * MARGIN * STEP_S;
  const timesS = Array.from({ length: Math.floor(seconds * fps) }, (_, n) => fromS + n / fps);
  const measures = timesS.flatMap((t) => {
    const at = (t - fromS) / STEP_S + MARGIN - 4 + ahead;
    const [n, part] = [Math.floor(at), at - Math.floor(at)];
    return rows.map((row) => 0.3 + row[n]! * (1 - part) + row[n + 1]! * part);
  });
  return { timesS, measures: Float32Array.from(measures) };
}

describe('sound in bands', () => {
  test('a tone stands in its band, at its time', () => {
    const samples = Float32Array.from({ length: RATE }, (_, n) =>
      n < RATE / 2 ? 0 : 0.3 * Math.sin((2 * Math.PI * 1000 * n) / RATE),
    );
    const bands = soundBands(samples);
    expect(bands).toHaveLength(BANDS);
    expect(bands[0]).toHaveLength(1 / STEP_S);
    const late = bands.map((row) => row[18]!);
    const mel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
    const expectedBand = ((mel(1000) - mel(80)) / (mel(7000) - mel(80))) * (BANDS + 1) - 1;
    expect(Math.abs(late.indexOf(Math.max(...late)) - expectedBand)).toBeLessThan(1);
    const tone = bands[late.indexOf(Math.max(...late))]!;
    expect(tone[18]! - tone[5]!).toBeGreaterThan(2);
  });

  test('silence and clicks give finite values', () => {
    expect(
      soundBands(new Float32Array(6400))
        .flatMap((row) => [...row])
        .every(Number.isFinite),
    ).toBe(true);
    const click = new Float32Array(6400);
    click[3200] = 1;
    expect(
      soundBands(click)
        .flatMap((row) => [...row])
        .every(Number.isFinite),
    ).toBe(true);
  });
});

describe('agreement of lips and sound', () => {
  const own = babble(5 + 2 * MARGIN * STEP_S, 3);

  test.each([-6, 0, 5])('a sound that comes %i steps after its lips is found at that lag', (ahead) => {
    const { correlation, lagS } = agreementOf(comparable(lipsTo(own, { ahead }), own), MODEL.filter);
    expect(correlation).toBeGreaterThan(0.85);
    expect(lagS).toBeCloseTo(ahead * STEP_S, 6);
  });

  test('other sounds go with the lips less well, at any rate of frames', () => {
    for (const fps of [15, 25, 50]) {
      const lips = lipsTo(own, { fps });
      const best = agreementOf(comparable(lips, own), MODEL.filter).correlation;
      for (const seed of [5, 9, 17]) {
        const other = babble(5 + 2 * MARGIN * STEP_S, seed);
        expect(agreementOf(comparable(lips, other), MODEL.filter).correlation).toBeLessThan(best - 0.25);
      }
    }
  });

  test('lips that stand still and a silent track agree with nothing', () => {
    const still = { ...lipsTo(own), measures: new Float32Array(lipsTo(own).measures.length).fill(0.3) };
    expect(agreementOf(comparable(still, own), MODEL.filter).correlation).toBeCloseTo(0, 3);
    const silent = agreementOf(comparable(lipsTo(own), new Float32Array(own.length)), MODEL.filter);
    expect(silent.correlation).toBeCloseTo(0, 6);
  });

  test('as much agreement is worth more where it lasts longer', () => {
    expect(strengthOf(0.4, 200)).toBeCloseTo(2 * strengthOf(0.4, 50), 6);
    expect(stepsOf([1, 1.5, 3])).toBe(51);
    expect(stepsOf([])).toBe(0);
  });
});

describe('the analyzer', () => {
  const SECONDS = 6;
  const sound = babble(SECONDS + 2 * MARGIN * STEP_S, 3);
  const look = (timeS: number, sizePx = 120): FaceObservation => {
    const image = { width: 8, height: 8, data: new Uint8Array(192) };
    const crop = { image, mesh: new Float32Array(1404), box: { x: 2, y: 2, w: 4, h: 4 } };
    return { ...observation(crop, { sizePx }), timeS };
  };

  function faces(observations: readonly FaceObservation[], movement: LipMovement, tracks = 1): Faces {
    const track = {
      fromS: 0,
      toS: 60,
      seenWith: [],
      detections: 9,
      observations,
      embedding: null,
      embeddingReason: null,
    };
    return {
      framesExamined: 9,
      tracks: Array.from({ length: tracks }, (_, n) => ({ ...track, detections: 9 - n, id: `face-track:${n + 1}` })),
      lips: async () => movement,
    };
  }

  /** Speech from `from` to `to`; the sound begins `MARGIN` steps before the film's zero. */
  function voices(from: number, to: number, samples = sound): Voices {
    const turn = { fromS: from, toS: to };
    return {
      secondsExamined: SECONDS,
      speakers: [{ id: 'speaker:1', turns: [turn], speechS: to - from, embedding: null, embeddingReason: null }],
      read: async (fromS, toS) => {
        const first = Math.round(fromS * RATE) + MARGIN * STEP;
        return samples.slice(first, first + Math.round((toS - fromS) * RATE));
      },
    };
  }

  async function examine(seen: Faces, heard: Voices): Promise<readonly AnalyzerOutcome[]> {
    const input = { media: null as never, sha256: '', faces: seen, voices: heard };
    const models = { ...context(async () => ({})).models, bytes: async () => new Uint8Array(readFileSync(FILE)) };
    return lipSynchrony.run(input, { ...context(async () => ({})), models });
  }

  const value = (outcome: AnalyzerOutcome, id: string) => Number(outcome.facts.find((f) => f.id === id)!.value);

  test('tells agreement, lag and how many other sounds went as well, with the time, and no ratio', async () => {
    const [outcome] = await examine(faces([look(0)], lipsTo(sound)), voices(0, SECONDS));
    expect(outcome).toMatchObject({ status: 'evidence', subject: 'face-track:1', llr: null, rawScore: null });
    expect(value(outcome!, 'lips.agreement')).toBeGreaterThan(0.85);
    expect(value(outcome!, 'lips.lag')).toBeCloseTo(0, 6);
    expect(value(outcome!, 'lips.othersAsHigh')).toBeCloseTo(1 / MODEL.films, 6);
    for (const { id, at } of outcome!.facts) {
      expect(at).toMatchObject({ from: 0 });
      expect(sentences.has(`fact.${id}`)).toBe(true);
    }

    expect(outcome!.examined).toEqual(['runs:1']);
    expect(sentences.has('examined.runs')).toBe(true);

    const [other] = await examine(faces([look(0)], lipsTo(sound)), voices(0, SECONDS, babble(7, 11)));
    expect(value(other!, 'lips.agreement')).toBeLessThan(0.6);
    expect(value(other!, 'lips.othersAsHigh')).toBeGreaterThan(1 / MODEL.films);
  });

  test('runs start where most is said, side by side, three at most', () => {
    const track = faces(
      Array.from({ length: 24 }, (_, n) => look(2 * n)),
      lipsTo(sound),
    ).tracks[0]!;
    const heard = voices(10, 47);
    expect(startsOf(track, heard).map(({ timeS }) => timeS)).toEqual([10, 18, 26]);
    expect(startsOf(track, voices(50, 50.9))).toEqual([]);
    expect(startsOf({ ...track, observations: [look(10, 40)] }, heard)).toEqual([]);
  });

  test('says why nothing is compared', async () => {
    const why = async (seen: Faces, heard: Voices) =>
      (await examine(seen, heard)).map((o) => [o.subject, o.reason?.code]);
    const short = lipsTo(sound.slice(0, 2 * RATE));
    expect(await why(faces([look(0)], short), voices(0, 5))).toEqual([['face-track:1', 'lips-too-short']]);
    const slow = lipsTo(sound, { fps: 8 });
    expect(await why(faces([look(0)], slow), voices(0, 5))).toEqual([['face-track:1', 'lips-too-short']]);
    expect(await why(faces([look(0)], lipsTo(sound), 3), voices(0, 5))).toEqual([
      ['face-track:1', undefined],
      ['face-track:2', undefined],
      ['face-track:3', 'lips-other-faces'],
    ]);
    expect(await why({ framesExamined: 1, tracks: [] }, voices(0, 5))).toEqual([['file', 'no-face']]);
    expect(await why(faces([look(0)], lipsTo(sound)), { ...voices(0, 5), speakers: [] })).toEqual([
      ['file', 'no-speech'],
    ]);
    expect(lipSynchrony.appliesTo(PICTURE)?.code).toBe('no-film');
    expect(lipSynchrony.appliesTo({ ...PICTURE, kind: 'video' })?.code).toBe('no-sound');
    const film = (averageFrameRate: number | null) =>
      lipSynchrony.appliesTo({
        ...PICTURE,
        kind: 'video',
        audio: [{} as never],
        video: [{ averageFrameRate } as never],
      });
    expect(film(9.98)).toEqual({ code: 'lips-frame-rate', params: { rate: 10, least: 12 } });
    expect([film(25), film(null)]).toEqual([null, null]);
  });

  test('ends between two runs when it is cancelled', async () => {
    const cancel = new AbortController();
    const seen = faces([look(0), look(20)], lipsTo(sound));
    let runs = 0;
    const lips: Faces['lips'] = async () => {
      runs++;
      cancel.abort();
      return lipsTo(sound);
    };
    const models = { ...context(async () => ({})).models, bytes: async () => new Uint8Array(readFileSync(FILE)) };
    const input = { media: null as never, sha256: '', faces: { ...seen, lips }, voices: voices(0, 60) };
    const run = lipSynchrony.run(input, { ...context(async () => ({})), models, signal: cancel.signal });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(runs).toBe(1);
  });

  test('the filter has a row of weights for each measure of the lips', () => {
    expect(MODEL.filter).toHaveLength(LIP_MEASURES.length);
    expect(MODEL.films).toBeGreaterThan(30);
  });
});
