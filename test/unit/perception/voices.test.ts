import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ModelAccess, VOICE_EMBEDDING_MODEL } from '../../../main/contract/analyzer.ts';
import { openMedia } from '../../../main/media/index.ts';
import { findVoices } from '../../../main/perception/index.ts';
import { testWithFfmpeg } from '../../fixtures/media.ts';
import { models } from '../../models.ts';

const scratchFolder = mkdtempSync(path.join(tmpdir(), 'jianzhen-voices-'));
afterAll(() => rmSync(scratchFolder, { recursive: true, force: true }));

const speech = (name: string) => path.resolve(import.meta.dirname, `../../fixtures/speech/${name}.opus`);
const withoutSpeakers: ModelAccess = {
  has: (id) => id !== VOICE_EMBEDDING_MODEL && models.has(id),
  run: (id, feeds) => models.run(id, feeds),
  bytes: (id) => models.bytes(id),
};

async function voicesIn(name: string, access: ModelAccess = models, signal = new AbortController().signal) {
  await using media = await openMedia(speech(name));
  return await findVoices(media, { models: access, scratchFolder, signal, progress: () => {} });
}

const secondsOf = (turns: readonly { fromS: number; toS: number }[]) => turns.reduce((s, t) => s + t.toS - t.fromS, 0);

testWithFfmpeg('speech is found in both languages and voices, with its seconds', async () => {
  for (const [name, least] of [
    ['en-low', 12],
    ['en-high', 12],
    ['zh-low', 19],
    ['zh-high', 19],
  ] as const) {
    await using voices = await voicesIn(name);
    const found = voices.speakers.reduce((sum, s) => sum + s.speechS, 0);
    expect([name, found > least]).toEqual([name, true]);
    expect(voices.speakers[0]!.id).toBe('speaker:1');
    expect(secondsOf(voices.speakers[0]!.turns)).toBeCloseTo(voices.speakers[0]!.speechS, 6);
  }
});

testWithFfmpeg('noise and a tone are no speech', async () => {
  await using voices = await voicesIn('no-speech');
  expect(voices.secondsExamined).toBeCloseTo(6, 1);
  expect(voices.speakers).toEqual([]);
});

testWithFfmpeg('pauses part the turns of a dialogue', async () => {
  await using voices = await voicesIn('dialogue', withoutSpeakers);
  const turns = voices.speakers.flatMap((s) => s.turns);
  for (const begin of [1.5, 9.3, 16.5, 24.9]) {
    expect(turns.some((t) => Math.abs(t.fromS - begin) < 0.4)).toBe(true);
  }
  expect(turns.at(-1)!.toS).toBeLessThan(32.5);
});

testWithFfmpeg(
  'without the speaker model all speech is one speaker without a vector, which the reason says',
  async () => {
    await using voices = await voicesIn('dialogue', withoutSpeakers);
    expect(voices.speakers).toHaveLength(1);
    expect(voices.speakers[0]).toMatchObject({ embedding: null, embeddingReason: { code: 'model-missing' } });
  },
);

const hasSpeakers = models.has(VOICE_EMBEDDING_MODEL);
const testWithSpeakers = hasSpeakers ? testWithFfmpeg : test.skip;
const title = (name: string) => (hasSpeakers ? name : `${name} (needs the model ${VOICE_EMBEDDING_MODEL})`);

testWithSpeakers(title('two voices that alternate are two speakers with two turns each'), async () => {
  await using voices = await voicesIn('dialogue');
  expect(voices.speakers.map((s) => s.id)).toEqual(['speaker:1', 'speaker:2']);
  const [first, second] = voices.speakers.map((s) => s.turns.filter((t) => t.toS - t.fromS > 1));
  expect(first!.map((t) => Math.round(t.fromS))).toEqual([2, 17]);
  expect(second!.map((t) => Math.round(t.fromS))).toEqual([9, 25]);
  for (const { embedding } of voices.speakers) expect(Math.hypot(...embedding!)).toBeCloseTo(1, 5);
});

testWithSpeakers(title('the same recording gives the same numbers'), async () => {
  await using one = await voicesIn('zh-low');
  await using two = await voicesIn('zh-low');
  expect(one.speakers.length).toBeGreaterThan(0);
  expect(two.speakers).toEqual(one.speakers);
});

testWithFfmpeg(
  'the decoded sound can be read back, silence beyond its ends, and its file goes when the result is disposed',
  async () => {
    {
      await using voices = await voicesIn('en-low');
      const sound = await voices.read(2, 3);
      expect(sound).toHaveLength(16_000);
      expect(Math.max(...sound.map(Math.abs))).toBeGreaterThan(0.05);
      expect(Math.max(...(await voices.read(900, 901)).map(Math.abs))).toBe(0);
      expect(readdirSync(scratchFolder)).toHaveLength(1);
    }
    expect(readdirSync(scratchFolder)).toEqual([]);
  },
);

testWithFfmpeg('a cancelled search leaves no file behind', async () => {
  await expect(voicesIn('en-low', models, AbortSignal.abort())).rejects.toThrow();
  expect(readdirSync(scratchFolder)).toEqual([]);
});
