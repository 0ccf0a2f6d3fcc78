import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { evidence } from '../../../main/contract/outcome.ts';
import { calibrate } from '../../../main/fusion/calibrate.ts';
import { readCalibration, readCalibrations } from '../../../main/inference/index.ts';
import { sayReason } from '../../../main/strings/index.ts';

const modelsFolder = path.resolve(import.meta.dirname, '../../../models');
const file = path.join(modelsFolder, 'synthetic-face/calibration.json');

test('every embedded detector has a calibration that belongs to its weights (after a training: npm run evaluate)', () => {
  const states = readCalibrations(modelsFolder, path.join(os.tmpdir(), 'no-packs'));
  expect(Object.keys(states).sort()).toEqual(['synthetic-face', 'synthetic-image', 'synthetic-voice']);
  for (const state of Object.values(states)) expect(state).toHaveProperty('calibration');
});

test('what showed no power on unseen methods does not speak', () => {
  const { 'synthetic-image': image, 'synthetic-voice': voice } = readCalibrations(modelsFolder, os.tmpdir());
  expect(image).toMatchObject({ calibration: { scores: [{ usable: false }] } });
  expect(voice).toMatchObject({ calibration: { domain: { languages: expect.not.arrayContaining(['zh']) } } });
});

test('no voice comes to moderate support while few suppressors of noise were measured', () => {
  const { 'synthetic-voice': voice } = readCalibrations(modelsFolder, os.tmpdir());
  if (!voice || !('calibration' in voice)) throw new Error('synthetic-voice has no calibration');
  const { unheard } = JSON.parse(
    readFileSync(path.join(modelsFolder, 'synthetic-voice/noise-suppression.json'), 'utf8'),
  ) as {
    unheard: {
      synthetic: boolean;
      condition: string;
      taught: boolean | null;
      now: Record<'items' | 'moderate' | 'limitedOfOthers', number>;
    }[];
  };
  const ordinary = unheard.filter((row) => !row.synthetic);
  const shares = ordinary.map(({ now }) => now.moderate / now.items);
  expect(ordinary.map((row) => row.condition)).toEqual(
    expect.arrayContaining(['rnnoise-call', 'afftdn-call', 'speex-call', 'webrtc-high-gain-call', 'opus-12k-nolace']),
  );
  const [{ llrMax, suppressed } = {}] = voice.calibration.scores;
  expect(Math.max(...shares)).toBeLessThan(0.02);
  expect(llrMax).toBeLessThan(2.3);
  expect(suppressed!.genuine).toBeGreaterThan(100);
  const untaught = ordinary.filter((row) => row.taught === false).map(({ now }) => now.limitedOfOthers);
  expect(suppressed!.untaught).toBe(Math.max(...untaught));
  expect(voice.calibration.domain.mostSuppression).toBeGreaterThan(0);
});

test('a Mandarin voice gets no opinion, and the reason says in both languages what was measured', () => {
  const { 'synthetic-voice': voice } = readCalibrations(modelsFolder, os.tmpdir());
  if (!voice || !('calibration' in voice)) throw new Error('synthetic-voice has no calibration');
  const mandarin = voice.calibration.domain.otherLanguages?.find((one) => one.language === 'zh');
  expect(mandarin).toMatchObject({ genuine: expect.any(Number), synthetic: expect.any(Number) });
  const outcome = {
    ...evidence('speaker:1', { rawScore: 50 }),
    analyzer: 'synthetic-voice',
    version: '1.1.0',
  };
  const info = {
    audio: [{ index: 0, codec: 'aac', sampleRate: 48_000, channels: 1, durationS: 9, bitRate: null }],
  };
  const spoken = calibrate(outcome, voice.calibration, { info, language: 'zh' });
  expect(spoken).toMatchObject({ llr: null, band: null, rawScore: 50, reason: { code: 'language-not-borne-out' } });
  const [zh, en] = (['zh', 'en'] as const).map((language) => sayReason(language, spoken.reason!));
  expect(zh).toContain(
    `普通录音 ${mandarin!.genuine} 段，合成语音 ${mandarin!.synthetic} 段，AUC ${mandarin!.auc[0].toFixed(2)}`,
  );
  expect(en).toContain(`${mandarin!.genuine} ordinary and ${mandarin!.synthetic} synthetic clips`);
  expect(calibrate(outcome, voice.calibration, { info, language: 'en' }).llr).not.toBeNull();
});

test('the figure for a swap carries what a network that enhances did to ordinary faces', () => {
  const { 'synthetic-face': face } = readCalibrations(modelsFolder, os.tmpdir());
  if (!face || !('calibration' in face)) throw new Error('synthetic-face has no calibration');
  const [swap, generated] = face.calibration.scores;
  expect(swap!.enhanced!.genuine).toBeGreaterThan(300);
  expect(swap!.enhanced!.moderate).toBeLessThanOrEqual(0.02 * swap!.enhanced!.genuine);
  expect(generated).not.toHaveProperty('enhanced');
});

test.each(['screen', 'h264-23', 'h264-32', 'beauty'])(
  'both scores of a face have held-out figures under %s',
  (condition) => {
    const text = readFileSync(path.join(modelsFolder, 'synthetic-face/measured.json'), 'utf8');
    const { heldOut } = JSON.parse(text) as {
      heldOut: { score: string; byCondition: Record<string, { synthetic: number; genuine: number; auc: number[] }> }[];
    };
    expect(heldOut.map(({ score }) => score)).toEqual(['swap', 'generated']);
    for (const { byCondition } of heldOut) {
      const { synthetic, genuine, auc } = byCondition[condition]!;
      expect(Math.min(synthetic, genuine)).toBeGreaterThan(200);
      expect(auc[1]).toBeGreaterThan(0.5);
    }
  },
);

test('other weights, another form and no file are told apart', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-calibration-'));
  try {
    const copy = path.join(folder, 'calibration.json');
    expect(readCalibration(copy, 'a'.repeat(64))).toEqual({ fault: 'not-calibrated' });
    writeFileSync(copy, readFileSync(file));
    expect(readCalibration(copy, 'a'.repeat(64))).toEqual({ fault: 'calibration-of-other-weights' });
    writeFileSync(copy, '{"schema":1}');
    expect(readCalibration(copy, 'a'.repeat(64))).toEqual({ fault: 'calibration-unreadable' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
