import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnalyzerInput } from '../../../main/contract/analyzer.ts';
import type { FilmPacket, MediaInfo, OpenMedia } from '../../../main/contract/media.ts';
import { codingRhythm } from '../../../main/forensics/coding-rhythm.ts';
import { filmRecoding } from '../../../main/forensics/film-recoding.ts';
import { openMedia } from '../../../main/media/index.ts';
import { readPackets } from '../../../main/media/packets.ts';
import { sentences } from '../../../main/strings/index.ts';
import { clip, HEADS } from '../../fixtures/heads.ts';
import { testWithFfmpeg } from '../../fixtures/media.ts';
import { context, noise, PICTURE } from '../detectors/drawn.ts';

interface Film {
  readonly frames?: number;
  /** Key frames of the file itself, and by how much the first frame after each is larger (logarithm). */
  readonly own?: number;
  readonly after?: number;
  /** Key frames of a coding before, and by how much those frames are larger (logarithm). */
  readonly former?: number;
  readonly larger?: number;
  /** Two frames between each two predicted ones, whose sizes alternate. */
  readonly between?: boolean;
}

/** Packets of a film whose sizes vary by chance, in the order of decoding. */
function film({ frames = 600, own = 250, after = 0, former = 0, larger = 0.6, between = false }: Film): FilmPacket[] {
  const random = noise(17);
  const shown = Array.from({ length: frames }, (_, ticks) => {
    const chance = random() + random() + random() - 1.5;
    const more = (former > 0 && ticks % former === 3 ? larger : 0) + (ticks % own === 1 ? after : 0);
    const within = between && ticks % 3 !== 0 ? -1.5 - (ticks % 3) : 0;
    return { ticks, bytes: Math.round(2000 * Math.exp(0.4 * chance + more + within)), key: ticks % own === 0 };
  });
  if (!between) return shown;
  const anchors = shown.filter(({ ticks, key }) => key || ticks % 3 === 0);
  return anchors.flatMap((anchor, n) => {
    const before = anchors[n - 1]?.ticks ?? anchor.ticks;
    return [anchor, ...shown.filter(({ ticks }) => ticks > before && ticks < anchor.ticks)];
  });
}

test('large frames at a distance that the key frames do not explain are found with that distance', () => {
  for (const former of [12, 30, 50]) {
    const rhythm = codingRhythm(film({ former, frames: 1200 }))!;
    expect(rhythm).toMatchObject({ spacing: former, keyDistance: 250 });
    expect(rhythm.surprise).toBeGreaterThan(3);
  }
  expect(codingRhythm(film({ former: 12, frames: 2400 }))!.surprise).toBeGreaterThan(
    3 * codingRhythm(film({ former: 12 }))!.surprise,
  );
});

test('sizes that vary by chance surprise nobody, however long the film', () => {
  for (const frames of [90, 300, 1200, 5000]) expect(codingRhythm(film({ frames }))!.surprise).toBeLessThan(1);
});

test('a rhythm of the film’s own key frames, and of the frames between predicted ones, is none', () => {
  expect(codingRhythm(film({ own: 30, after: 1 }))!.surprise).toBeLessThan(1);
  expect(codingRhythm(film({ between: true }))!.surprise).toBeLessThan(1);
  expect(codingRhythm(film({ between: true, former: 12, frames: 1500 }))).toMatchObject({ spacing: 12 });
});

test('one enormous frame, a cut, decides nothing', () => {
  const packets = film({}).map((p) => (p.ticks === 77 ? { ...p, bytes: 400_000 } : p));
  expect(codingRhythm(packets)!.surprise).toBeLessThan(1);
});

test('too few predicted frames, or none since each stands alone, are not measured', () => {
  expect(codingRhythm(film({ frames: 30 }))).toBeNull();
  expect(codingRhythm(film({ own: 1 }))).toBeNull();
  expect(codingRhythm([])).toBeNull();
});

test('packets are read line by line, and those without a time are left out', () => {
  expect(readPackets('0,900,K__\n512,30,___\nN/A,4,___\nrubbish\n-256,12,_D_\n')).toEqual([
    { ticks: 0, bytes: 900, key: true },
    { ticks: 512, bytes: 30, key: false },
    { ticks: -256, bytes: 12, key: false },
  ]);
});

const FILM: MediaInfo = {
  ...PICTURE,
  kind: 'video',
  mediaType: 'video/mp4',
  image: null,
  video: [
    {
      index: 0,
      codec: 'h264',
      width: 64,
      height: 64,
      rotation: 0,
      durationS: 24,
      averageFrameRate: 25,
      variableFrameRate: false,
      bitDepth: 8,
      pixelFormat: 'yuv420p',
    },
  ],
};

async function examined(packets: readonly FilmPacket[]) {
  const media = { info: FILM, packets: async () => packets } as unknown as OpenMedia;
  const input: AnalyzerInput = { media, sha256: '', faces: null, voices: null };
  const [outcome] = await filmRecoding.run(
    input,
    context(async () => ({})),
  );
  return outcome!;
}

test('the rhythm is a fact with a unit and a name and never a ratio; where there is none, no distance is told', async () => {
  const outcome = await examined(film({ former: 30 }));
  expect(outcome).toMatchObject({ subject: 'file', status: 'evidence', llr: null, band: null, rawScore: null });
  const values = Object.fromEntries(outcome.facts.map(({ id, value }) => [id, value]));
  expect(values).toMatchObject({ 'recoding.spacing': 30, 'recoding.keyDistance': 250, 'recoding.frames': 600 });
  for (const { id, unit, says } of outcome.facts) {
    expect([id, unit !== undefined, says, sentences.has(`fact.${id}`)]).toEqual([id, true, null, true]);
  }
  const plain = (await examined(film({}))).facts;
  if (plain.find(({ id }) => id === 'recoding.surprise')!.value === 0)
    expect(plain.map(({ id }) => id)).not.toContain('recoding.spacing');
});

test('pictures, other codings, the quick pass and short films each say why nothing is told', async () => {
  expect(filmRecoding.appliesTo(PICTURE)).toMatchObject({ code: 'no-film' });
  const vp9 = { ...FILM, video: [{ ...FILM.video[0]!, codec: 'vp9' }] };
  expect(filmRecoding.appliesTo(vp9)).toEqual({ code: 'recoding-codec', params: { codec: 'vp9' } });
  expect(filmRecoding.appliesTo(FILM)).toBeNull();
  expect(filmRecoding.leftOutOfQuickPass?.(FILM)).toMatchObject({ code: 'recoding-quick-pass' });
  expect(await examined(film({ frames: 20 }))).toMatchObject({ reason: { code: 'recoding-too-short' } });
});

testWithFfmpeg('the packets of a film are those that it holds, times and key frames included', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'jianzhen-packets-'));
  try {
    const file = path.join(folder, 'short.mp4');
    await clip(file, {
      seconds: 2,
      width: 320,
      height: 240,
      actors: [{ who: HEADS[0]!, size: 0.6, at: () => ({ x: 0.5, y: 0.5 }) }],
    });
    await using media = await openMedia(file);
    const packets = await media.packets!();
    expect(packets).toHaveLength(24);
    expect(packets[0]).toMatchObject({ key: true });
    expect(new Set(packets.map(({ ticks }) => ticks)).size).toBe(24);
    expect(packets.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(media.info.bytes);
    expect(await filmRecoding.appliesTo(media.info)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
