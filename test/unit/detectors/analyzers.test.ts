import type { AnalyzerInput } from '../../../main/contract/analyzer.ts';
import type { OpenMedia, RgbImage } from '../../../main/contract/media.ts';
import { median } from '../../../main/contract/median.ts';
import { outcomeSchema } from '../../../main/contract/outcome.ts';
import type { Faces, FaceTrack, Voices } from '../../../main/contract/perception.ts';
import { OVAL } from '../../../main/detectors/face-geometry.ts';
import { outlineOf, syntheticFace } from '../../../main/detectors/synthetic-face.ts';
import { syntheticImage } from '../../../main/detectors/synthetic-image.ts';
import { scoredWindows, syntheticVoice } from '../../../main/detectors/synthetic-voice.ts';
import { trimmedMean } from '../../../main/detectors/trimmed-mean.ts';
import { sentences } from '../../../main/strings/index.ts';
import { context, ground, observation, PICTURE, spiralMesh } from './drawn.ts';

const crop = { image: ground(200, 24), mesh: spiralMesh(200, OVAL), box: { x: 50, y: 50, w: 100, h: 100 } };

function media(info = PICTURE, picture: RgbImage = ground(300, 24)): OpenMedia {
  return {
    info,
    source: { size: 1, read: async () => new Uint8Array(1) },
    picture: async () => picture,
    async *frames() {
      yield { image: picture, timeS: 0.5, index: 0 };
    },
    async *audio() {},
    [Symbol.asyncDispose]: async () => {},
  };
}

function input(faces: Faces | null, voices: Voices | null = null, opened = media()): AnalyzerInput {
  return { media: opened, sha256: '0'.repeat(64), faces, voices };
}

function track(observations: FaceTrack['observations']): Faces {
  const whole = { id: 'face-track:1', fromS: 0, toS: 0, seenWith: [], detections: observations.length, observations };
  return { framesExamined: 1, tracks: [{ ...whole, embedding: null, embeddingReason: null }] };
}

const scores = (rows: number[][]) => async () => ({
  scores: { data: Float32Array.from(rows.flat()), dims: [rows.length, 2] },
});
const check = (o: object) => outcomeSchema.parse({ analyzer: 'a', version: '1.0.0', ...o });

describe('synthetic-face', () => {
  test('a face gives both scores, and the raw score is the larger', async () => {
    const [outcome] = await syntheticFace.run(input(track([observation(crop)])), context(scores([[0.5, 1.25]])));
    check(outcome!);
    expect(outcome).toMatchObject({
      subject: 'face-track:1',
      status: 'evidence',
      rawScore: 1.25,
      llr: null,
      band: null,
    });
    const value = (id: string) => outcome!.facts.find((f) => f.id === id)?.value;
    expect([value('face.swapScore'), value('face.generatedScore'), value('face.decisiveHead')]).toEqual([
      0.5,
      1.25,
      'generated',
    ]);
  });

  test.each([
    [{ sizePx: 40 }, 'face-too-small'],
    [{ sharpness: 5 }, 'face-blurred'],
  ])('no opinion on %j', async (quality, code) => {
    const faces = track([observation(crop, quality)]);
    const run = async () => {
      throw new Error('must not be asked');
    };
    const [outcome] = await syntheticFace.run(input(faces), context(run));
    check(outcome!);
    expect(outcome).toMatchObject({ status: 'abstained', reason: { code }, rawScore: null });
    expect(sentences.has(`reason.${code}`)).toBe(true);
  });

  test('one wild frame of a video does not move the track, and each frame is told', async () => {
    const info = { ...PICTURE, kind: 'video' as const, image: null };
    const observations = [0, 1, 2, 3].map((t) => ({ ...observation(crop), timeS: t }));
    const answer = scores([
      [0, 0],
      [0.2, 0],
      [9, 0],
      [0.1, 0],
    ]);
    const [outcome] = await syntheticFace.run(input(track(observations), null, media(info)), context(answer));
    expect(outcome!.rawScore).toBeCloseTo(0.15, 5);
    const series = outcome!.facts.filter((f) => f.id === 'face.observation.swapScore');
    expect(series.map((f) => (f.at as { from: number }).from)).toEqual([0, 1, 2, 3]);
  });

  test('no face is not applicable, a recording without picture neither', async () => {
    const [outcome] = await syntheticFace.run(input({ framesExamined: 1, tracks: [] }), context(scores([])));
    expect(outcome).toMatchObject({ status: 'notApplicable', reason: { code: 'no-face' } });
    expect(syntheticFace.appliesTo({ ...PICTURE, kind: 'audio' })?.code).toBe('no-picture');
    expect(syntheticFace.appliesTo(PICTURE)).toBeNull();
  });

  test('the outline follows scale and turn of the crop', () => {
    const angle = Math.PI / 6;
    const mesh = crop.mesh.slice();
    [mesh[3 * 33], mesh[3 * 33 + 1], mesh[3 * 263], mesh[3 * 263 + 1]] = [70, 90, 130, 90];
    const turned = {
      ...observation({ ...crop, mesh }, { roll: 30 }),
      box: { x: 100, y: 150, w: 50, h: 50 },
    };
    const outline = outlineOf(turned, PICTURE)!;
    const fromCrop = (x: number, y: number) => {
      const [dx, dy] = [(x - 100) / 2, (y - 100) / 2];
      return [125 + Math.cos(angle) * dx - Math.sin(angle) * dy, 175 + Math.sin(angle) * dx + Math.cos(angle) * dy];
    };
    const corners = [0, 2, 4, 6].map((i) => fromCrop(outline[i]!, outline[i + 1]!).map((v) => Math.round(v)));
    expect(corners).toEqual([
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
    ]);
  });
});

describe('steadiness', () => {
  const constant = async (_: string, { features }: Record<string, { dims: readonly number[] }>) => {
    const n = features!.dims[0]!;
    return { scores: { data: new Float32Array(2 * n).fill(0.5), dims: [n, 2] } };
  };
  const variants = (facts: readonly { id: string; value: unknown }[]) =>
    facts.find((f) => f.id === 'face.stability.variants')?.value;

  test('a face is tried under five re-encodings, and a model that does not move reports no spread', async () => {
    const [outcome] = await syntheticFace.run(input(track([observation(crop)])), context(constant));
    check(outcome!);
    expect(variants(outcome!.facts)).toEqual(['jpeg-90', 'jpeg-70', 'jpeg-50', 'webp-75', 'half']);
    expect(outcome!.facts.find((f) => f.id === 'face.stability.swapScore')!.value).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  test('a small face is not halved, and the quick pass tries nothing', async () => {
    const small = { ...crop, box: { x: 70, y: 70, w: 60, h: 60 } };
    const [outcome] = await syntheticFace.run(input(track([observation(small)])), context(constant));
    expect(variants(outcome!.facts)).not.toContain('half');
    const quick = { ...context(constant), settings: { fps: 4, depth: 'quick' as const } };
    const [hasty] = await syntheticFace.run(input(track([observation(crop)])), quick);
    expect(variants(hasty!.facts)).toBeUndefined();
  });
});

describe('synthetic-image', () => {
  const answer = async (_: string, { features }: Record<string, { dims: readonly number[] }>) => {
    const n = features!.dims[0]!;
    return { scores: { data: new Float32Array(n).fill(0.75), dims: [n, 1] } };
  };

  test('patches are scored where they lie', async () => {
    const [outcome] = await syntheticImage.run(input(null), context(answer));
    check(outcome!);
    expect(outcome).toMatchObject({ subject: 'picture', status: 'evidence', rawScore: 0.75 });
    expect(outcome!.facts.filter((f) => f.id === 'picture.patch.generatedScore').length).toBe(4);
  });

  test('a film whose clock leaps over the moments that are looked at is judged by its first frame', async () => {
    const leaping = {
      ...media({ ...PICTURE, kind: 'video', durationS: 3606 }),
      async *frames({ fromS = 0 }: { fromS?: number }) {
        if (fromS < 3) yield { image: ground(300, 24), timeS: 0, index: 0 };
      },
    };
    const [outcome] = await syntheticImage.run(input(null, null, leaping), context(answer));
    expect(outcome).toMatchObject({ status: 'evidence', examined: ['frames:1'] });
  });

  test('too small, and blank', async () => {
    const tiny = media(PICTURE, ground(100, 24));
    const [small] = await syntheticImage.run(input(null, null, tiny), context(answer));
    expect(small).toMatchObject({ status: 'abstained', reason: { code: 'picture-too-small' } });
    const grey = { width: 300, height: 300, data: new Uint8Array(300 * 300 * 3).fill(99) };
    const [blank] = await syntheticImage.run(input(null, null, media(PICTURE, grey)), context(answer));
    expect(blank).toMatchObject({ status: 'abstained', reason: { code: 'picture-blank' } });
    for (const o of [small!, blank!]) expect(sentences.has(`reason.${o.reason!.code}`)).toBe(true);
  });
});

describe('synthetic-voice', () => {
  const voices = (turns: { fromS: number; toS: number }[], level = 0.1): Voices => ({
    secondsExamined: 60,
    speakers: [
      {
        id: 'speaker:1',
        turns,
        speechS: turns.reduce((s, t) => s + t.toS - t.fromS, 0),
        embedding: null,
        embeddingReason: null,
      },
    ],
    read: async (from, to) => new Float32Array(Math.round((to - from) * 16000)).fill(level),
  });
  const answer = async (_: string, { audio }: Record<string, { dims: readonly number[] }>) => {
    const n = audio!.dims[0]!;
    return { score: { data: Float32Array.from({ length: n }, (_, i) => i), dims: [n] } };
  };

  test('each window of a speaker is scored in its place, the speaker by their mean', async () => {
    const heard = voices([{ fromS: 1, toS: 7 }]);
    const [outcome] = await syntheticVoice.run(input(null, heard), context(answer));
    check(outcome!);
    expect(outcome).toMatchObject({ subject: 'speaker:1', status: 'evidence', rawScore: 1 });
    const windows = outcome!.facts.filter((f) => f.id === 'voice.window.score').map((f) => f.at);
    expect(windows).toEqual([
      { from: 1, to: 3 },
      { from: 3, to: 5 },
      { from: 5, to: 7 },
    ]);
  });

  test('whether noise was suppressed is asked of another model, on eight windows at most', async () => {
    const asked: number[] = [];
    const twoModels = async (id: string, inputs: Parameters<typeof answer>[1]) => {
      if (id !== 'suppressed-speech') return await answer(id, inputs);
      asked.push(inputs.audio!.dims[0]!);
      return { score: { data: new Float32Array(inputs.audio!.dims[0]!).fill(2.5), dims: [inputs.audio!.dims[0]!] } };
    };
    const [outcome] = await syntheticVoice.run(input(null, voices([{ fromS: 0, toS: 40 }])), context(twoModels));
    check(outcome!);
    expect(asked).toEqual([7]);
    expect(outcome!.facts.find((f) => f.id === 'voice.suppression')?.value).toBe(2.5);
  });

  test.each([
    [[{ fromS: 0, toS: 1.5 }], 0.1, 'speech-too-short'],
    [
      [
        { fromS: 0, toS: 0.9 },
        { fromS: 2, toS: 2.9 },
        { fromS: 4, toS: 4.9 },
      ],
      0.1,
      'speech-too-short',
    ],
    [[{ fromS: 0, toS: 4 }], 0, 'speech-too-quiet'],
  ])('no opinion on turns %j at level %d', async (turns, level, code) => {
    const [outcome] = await syntheticVoice.run(input(null, voices(turns, level)), context(answer));
    expect(outcome).toMatchObject({ status: 'abstained', reason: { code } });
    expect(sentences.has(`reason.${code}`)).toBe(true);
  });

  test('the stretch that stands apart is named with its place in the full pass, and only there', async () => {
    const heard = voices([{ fromS: 0, toS: 12 }]);
    const clonedFrom6To8: typeof answer = async (_, { audio }) => {
      const { data, dims } = audio as unknown as { data: Float32Array; dims: readonly [number, number] };
      const [count, length] = dims;
      return {
        score: {
          data: Float32Array.from({ length: count }, (_, i) => (data[i * length]! > 0.15 ? 3 : 0)),
          dims: [count],
        },
      };
    };
    const spliced: Voices = {
      ...heard,
      read: async (from, to) =>
        new Float32Array(Math.round((to - from) * 16000)).fill(from >= 5.5 && to <= 8.5 ? 0.2 : 0.1),
    };
    const [outcome] = await syntheticVoice.run(input(null, spliced), context(clonedFrom6To8));
    const contrast = outcome!.facts.find((f) => f.id === 'voice.contrast')!;
    expect(contrast.at).toEqual({ from: 6, to: 8 });
    expect(contrast.value as number).toBeGreaterThan(2);
    expect(outcome!.facts.find((f) => f.id === 'voice.contrast.windows')!.value).toBe(11);
    for (const { id } of outcome!.facts) expect(sentences.has(`fact.${id}`)).toBe(true);
    const quick = { ...context(clonedFrom6To8), settings: { fps: 4, depth: 'quick' as const } };
    const [unsearched] = await syntheticVoice.run(input(null, spliced), quick);
    expect(unsearched!.facts.some((f) => f.id === 'voice.contrast')).toBe(false);
  });

  test('no sound, no speech', async () => {
    expect(syntheticVoice.appliesTo(PICTURE)?.code).toBe('no-sound');
    const [outcome] = await syntheticVoice.run(input(null, { ...voices([]), speakers: [] }), context(answer));
    expect(outcome).toMatchObject({ status: 'notApplicable', reason: { code: 'no-speech' } });
  });

  test('windows of long speech are bounded, the last of a turn ends with it', () => {
    expect(scoredWindows([{ fromS: 0, toS: 5 }])).toEqual([
      { fromS: 0, toS: 2 },
      { fromS: 2, toS: 4 },
      { fromS: 3, toS: 5 },
    ]);
    expect(scoredWindows([{ fromS: 0, toS: 7200 }]).length).toBe(240);
  });
});

test('the trimmed mean drops a quarter at each end', () => {
  expect(trimmedMean([100, 1, 2, 3, -50, 2, 2, 2])).toBe(2);
  expect(trimmedMean([3])).toBe(3);
});

test('the median of an even number of values lies between the two in the middle', () => {
  expect([median([7]), median([9, 1, 2]), median([10, 1, 2, 5])]).toEqual([7, 2, 3.5]);
});
