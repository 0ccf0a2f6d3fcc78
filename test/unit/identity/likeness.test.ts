import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AnalyzerContext,
  DEFAULT_SETTINGS,
  FACE_EMBEDDING_MODEL,
  type ReferencePerson,
  VOICE_EMBEDDING_MODEL,
} from '../../../main/contract/analyzer.ts';
import type { AnalyzerOutcome } from '../../../main/contract/outcome.ts';
import type { Voices } from '../../../main/contract/perception.ts';
import { gapOf } from '../../../main/identity/comparison.ts';
import { assessFaceSample, assessVoiceSample, faceLikeness, voiceLikeness } from '../../../main/identity/index.ts';
import { openMedia } from '../../../main/media/index.ts';
import { findFaces, findVoices } from '../../../main/perception/index.ts';
import { say, sentences } from '../../../main/strings/index.ts';
import { HEADS, identity, type Placed, scene } from '../../fixtures/heads.ts';
import { testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'jianzhen-likeness-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const [amber, basalt] = HEADS as [(typeof HEADS)[0], (typeof HEADS)[0]];
const signal = new AbortController().signal;

async function facesOf(name: string, heads: readonly Placed[], blur = 0) {
  const file = path.join(folder, `${name}.png`);
  const { default: sharp } = await import('sharp');
  const picture = sharp(await scene(900, 600, heads));
  await writeFile(file, await (blur > 0 ? picture.blur(blur) : picture).png().toBuffer());
  await using media = await openMedia(file);
  return { info: media.info, faces: await findFaces(media, { fps: 4, models, signal, progress: () => {} }) };
}

async function voicesOf(name: string) {
  await using media = await openMedia(path.resolve(import.meta.dirname, `../../fixtures/speech/${name}.opus`));
  return await findVoices(media, { models, scratchFolder: folder, signal, progress: () => {} });
}

function context(references: readonly ReferencePerson[]): AnalyzerContext {
  return {
    signal,
    progress: () => {},

    random: () => 0.5,
    models,
    references,
    settings: DEFAULT_SETTINGS,
  };
}

const person = (
  name: string,
  faces: readonly Float32Array[],
  voices: readonly Float32Array[] = [],
): ReferencePerson => ({
  id: name,
  name,
  faces,
  voices,
  madeOtherwise: { faces: 0, voices: 0 },
});

const factOf = (outcome: AnalyzerOutcome, id: string) => outcome.facts.find((f) => f.id === id)?.value;

async function templateOf(name: string, placed: Placed) {
  const { faces } = await facesOf(name, [placed]);
  const sample = assessFaceSample(faces);
  expect(sample).toMatchObject({ kind: 'face', modelId: FACE_EMBEDDING_MODEL, refusal: null });
  return sample.vector!;
}

test('each face is compared with each person; the same head drawn otherwise is more alike than another head', async () => {
  const own = [
    await templateOf('own1', { who: amber, x: 200, y: 50, size: 500 }),
    await templateOf('own2', { who: amber, x: 240, y: 90, size: 440, pose: { yaw: 12, light: 0.7 } }),
    await templateOf('own3', { who: amber, x: 220, y: 70, size: 470, pose: { roll: 8, brightness: 0.8 } }),
  ];
  const other = [await templateOf('other', { who: basalt, x: 200, y: 50, size: 500 })];
  const { faces } = await facesOf('questioned', [
    { who: amber, x: 20, y: 80, size: 420, pose: { yaw: -10 } },
    { who: basalt, x: 460, y: 80, size: 420, pose: { roll: -6 } },
  ]);
  expect(faces.tracks).toHaveLength(2);
  const outcomes = await faceLikeness.run(
    { media: null as never, sha256: '0'.repeat(64), faces, voices: null },
    context([person('A', own), person('B', other)]),
  );
  expect(outcomes.map((o) => [o.subject, o.reference, o.status])).toEqual([
    ['face-track:1', 'A', 'evidence'],
    ['face-track:1', 'B', 'evidence'],
    ['face-track:2', 'A', 'evidence'],
    ['face-track:2', 'B', 'evidence'],
  ]);
  const [ownA, otherB, otherA, ownB] = outcomes.map((o) => o.rawScore!);
  expect(ownA).toBeGreaterThan(otherB! + 0.1);
  expect(ownB).toBeGreaterThan(otherA! + 0.1);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ llr: null, band: null });
    expect(factOf(outcome, 'likeness.similarity')).toBe(outcome.rawScore);
    expect(factOf(outcome, 'likeness.falseMatchPairs')).toBeGreaterThan(10_000);
    expect(sentences.has(`population.${factOf(outcome, 'likeness.population')}`)).toBe(true);
    for (const { id } of outcome.facts) expect(sentences.has(`fact.${id}`)).toBe(true);
  }
  expect(factOf(outcomes[0]!, 'likeness.ownSpread')).toHaveLength(3);
  expect(factOf(outcomes[1]!, 'likeness.ownSpread')).toBeUndefined();
  expect(Number(factOf(outcomes[0]!, 'likeness.falseMatchUpper'))).toBeLessThanOrEqual(
    Number(factOf(outcomes[1]!, 'likeness.falseMatchUpper')),
  );
});

test('with four samples the gap is told, over the track and look by look', async () => {
  const at = (degrees: number) =>
    Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));
  const look = (degrees: number, timeS: number) => ({
    timeS,
    frameIndex: 0,
    box: { x: 0, y: 0, w: 100, h: 100 },
    score: 0.9,
    quality: { sizePx: 100, sharpness: 100, luma: 120, yaw: 0, pitch: 0, roll: 0 },
    crop: null as never,
    embedding: at(degrees),
  });
  const track = {
    id: 'face-track:1',
    fromS: 0,
    toS: 2,
    seenWith: [],
    detections: 3,
    observations: [look(20, 0), look(60, 1), look(40, 2)],
    embedding: at(40),
    embeddingReason: null,
  };
  const run = async (samples: readonly Float32Array[]) => {
    const input = {
      media: null as never,
      sha256: '0'.repeat(64),
      faces: { framesExamined: 3, tracks: [track] },
      voices: null,
    };
    return (await faceLikeness.run(input, context([person('A', samples)])))[0]!;
  };
  const samples = [at(0), at(10), at(20), at(30)];
  const outcome = await run(samples);
  const gap = (degrees: number) => gapOf(at(degrees), samples)!;
  expect(factOf(outcome, 'likeness.ownGap')).toBeCloseTo(gap(40), 6);
  const course = factOf(outcome, 'likeness.gapOverTrack') as number[];
  for (const [i, degrees] of [20, 40, 60].entries()) expect(course[i]).toBeCloseTo(gap(degrees), 6);
  expect(course[0]!).toBeLessThan(course[2]!);
  for (const { id } of outcome.facts) expect(sentences.has(`fact.${id}`)).toBe(true);
  expect(outcome).toMatchObject({ llr: null, band: null });
  const fewer = await run(samples.slice(1));
  expect(factOf(fewer, 'likeness.ownGap')).toBeUndefined();
  expect(factOf(fewer, 'likeness.gapOverTrack')).toBeUndefined();
});

test('without people, or without faces, it is not applicable and says which', async () => {
  const { faces, info } = await facesOf('empty', []);
  const input = { media: null as never, sha256: '0'.repeat(64), faces, voices: null };
  const someone = person('A', [Float32Array.of(1)]);
  const silent = { ...input, voices: { speechS: 0, speakers: [] } as unknown as Voices };
  // To add samples would not help where there is nothing to compare them with.
  for (const people of [[], [someone]]) {
    expect(await faceLikeness.run(input, context(people))).toMatchObject([
      { status: 'notApplicable', reason: { code: 'no-face' } },
    ]);
    expect(await voiceLikeness.run(silent, context(people))).toMatchObject([
      { status: 'notApplicable', reason: { code: 'no-speech' } },
    ]);
  }
  const { faces: shown } = await facesOf('nobody', [{ who: amber, x: 200, y: 50, size: 500 }]);
  expect(await faceLikeness.run({ ...input, faces: shown }, context([]))).toMatchObject([
    { status: 'notApplicable', reason: { code: 'no-reference' } },
  ]);
  expect(faceLikeness.appliesTo(info)).toBeNull();
  expect(faceLikeness.appliesTo({ ...info, kind: 'audio' })).toEqual({ code: 'no-picture', params: {} });
  expect(voiceLikeness.appliesTo(info)).toEqual({ code: 'no-sound', params: {} });
});

test('samples that another version of the networks made are not compared with, and that is said for each face', async () => {
  const { faces } = await facesOf('versions', [{ who: amber, x: 200, y: 50, size: 500 }]);
  const input = { media: null as never, sha256: '0'.repeat(64), faces, voices: null };
  const before = { ...person('A', []), madeOtherwise: { faces: 3, voices: 0 } };
  expect(await faceLikeness.run(input, context([before]))).toMatchObject([
    {
      status: 'abstained',
      subject: 'face-track:1',
      reference: 'A',
      rawScore: null,
      reason: { code: 'samples-made-otherwise', params: { count: 3 } },
      examined: ['observations:1', 'samples:0', 'madeOtherwise:3'],
    },
  ]);
  for (const language of ['zh', 'en'] as const)
    expect(say(language, 'reason.samples-made-otherwise', { count: 3 })).toContain('3');
});

test('a face too small is not compared: no opinion, with its size', async () => {
  const { faces } = await facesOf('small', [{ who: amber, x: 400, y: 200, size: 62 }]);
  expect(faces.tracks).toHaveLength(1);
  const [outcome] = await faceLikeness.run(
    { media: null as never, sha256: '0'.repeat(64), faces, voices: null },
    context([person('A', [Float32Array.of(1)])]),
  );
  expect(outcome).toMatchObject({ status: 'abstained', rawScore: null, reason: { code: 'face-too-small' } });
  expect(sentences.has(`reason.${outcome!.reason!.code}`)).toBe(true);
});

test('a sample is refused with its reason: nobody, several people, too small, blurred', async () => {
  const refusalOf = async (name: string, heads: readonly Placed[], blur = 0) => {
    const { refusal, vector } = assessFaceSample((await facesOf(name, heads, blur)).faces);
    expect(vector).toBeNull();
    expect(sentences.has(`reason.${refusal!.code}`)).toBe(true);
    return refusal!.code;
  };
  expect(await refusalOf('r0', [])).toBe('no-face');
  const pair = [
    { who: amber, x: 20, y: 80, size: 420 },
    { who: identity(2), x: 460, y: 80, size: 400 },
  ];
  expect(await refusalOf('r1', pair)).toBe('several-faces');
  expect(await refusalOf('r2', [{ who: amber, x: 400, y: 200, size: 100 }])).toBe('face-too-small');
  expect(await refusalOf('r3', [{ who: amber, x: 200, y: 50, size: 500 }], 14)).toBe('face-blurred');
});

test('a much smaller face in the background does not spoil a sample', async () => {
  const { faces } = await facesOf('background', [
    { who: amber, x: 20, y: 50, size: 520 },
    { who: identity(3), x: 720, y: 200, size: 140 },
  ]);
  expect(faces.tracks).toHaveLength(2);
  expect(assessFaceSample(faces)).toMatchObject({ refusal: null });
});

const hasVoices = models.has(VOICE_EMBEDDING_MODEL);
const testWithVoices = hasVoices ? testWithFfmpeg : test.skip;
const title = (name: string) => (hasVoices ? name : `${name} (needs the model ${VOICE_EMBEDDING_MODEL})`);

testWithVoices(title('each voice of a dialogue is most like its own sample'), async () => {
  await using low = await voicesOf('en-low');
  await using high = await voicesOf('en-high');
  const samples = [assessVoiceSample(low), assessVoiceSample(high)];
  for (const sample of samples) expect(sample).toMatchObject({ kind: 'voice', refusal: null });
  await using dialogue = await voicesOf('dialogue');
  expect(dialogue.speakers).toHaveLength(2);
  const outcomes = await voiceLikeness.run(
    { media: null as never, sha256: '0'.repeat(64), faces: null, voices: dialogue },
    context([person('low', [], [samples[0]!.vector!]), person('high', [], [samples[1]!.vector!])]),
  );
  expect(outcomes.map((o) => [o.subject, o.reference, o.status])).toEqual([
    ['speaker:1', 'low', 'evidence'],
    ['speaker:1', 'high', 'evidence'],
    ['speaker:2', 'low', 'evidence'],
    ['speaker:2', 'high', 'evidence'],
  ]);
  const [lowLow, lowHigh, highLow, highHigh] = outcomes.map((o) => o.rawScore!);
  expect(lowLow).toBeGreaterThan(lowHigh! + 0.1);
  expect(highHigh).toBeGreaterThan(highLow! + 0.1);
  expect(factOf(outcomes[0]!, 'likeness.population')).toBeDefined();
  for (const { id } of outcomes[0]!.facts) expect(sentences.has(`fact.${id}`)).toBe(true);
});

testWithVoices(title('a recording of two voices, or of none, cannot stand for a person'), async () => {
  await using dialogue = await voicesOf('dialogue');
  expect(assessVoiceSample(dialogue).refusal?.code).toBe('several-speakers');
  await using noise = await voicesOf('no-speech');
  expect(assessVoiceSample(noise)).toMatchObject({ vector: null, refusal: { code: 'no-speech' } });
});
