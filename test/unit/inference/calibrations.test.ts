import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readCalibration, readCalibrations } from '../../../main/inference/index.ts';

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
