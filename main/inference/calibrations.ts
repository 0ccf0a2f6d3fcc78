// Which calibration belongs to a model? The file beside its card, read in its one form and only for the weights that it was fitted on.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CalibrationState, type Calibrations, calibrationSchema } from '../contract/calibration.ts';
import { importedAnalyzerId } from '../contract/detector.ts';
import { importedFolder, readImported } from './imported.ts';
import { readRegistry } from './registry.ts';

/** Roles whose outcomes are calibrated; likeness has tables of its own (main/identity). */
const SPEAKING = new Set(['synthetic-face', 'synthetic-image', 'synthetic-voice']);

/** The state of every detector's calibration, embedded or imported, by analyzer id; a faulty one is a code and never stops an examination. */
export function readCalibrations(modelsFolder: string, packsFolder: string): Calibrations {
  const embedded = readRegistry(modelsFolder)
    .models.filter(({ role }) => SPEAKING.has(role))
    .map(({ id, sha256 }) => [id, readCalibration(path.join(modelsFolder, id, 'calibration.json'), sha256)] as const);
  const imported = readImported(packsFolder).map((model) => {
    const file = path.join(importedFolder(packsFolder, model.contract.id), 'calibration.json');
    return [importedAnalyzerId(model), readCalibration(file, model.sha256)] as const;
  });
  return Object.fromEntries([...embedded, ...imported]);
}

export function readCalibration(file: string, modelSha256: string): CalibrationState {
  if (!existsSync(file)) return { fault: 'not-calibrated' };
  try {
    const calibration = calibrationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    return calibration.modelSha256 === modelSha256 ? { calibration } : { fault: 'calibration-of-other-weights' };
  } catch {
    return { fault: 'calibration-unreadable' };
  }
}
