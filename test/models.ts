import path from 'node:path';
import { ModelStore } from '../main/inference/index.ts';

/** The project's own models, for tests: one store a test file, two threads. */
export const models = new ModelStore({
  modelsFolder: path.resolve(import.meta.dirname, '../models'),
  packsFolder: path.resolve(import.meta.dirname, '../.packs'),
  threads: 2,
});

afterAll(() => models.dispose());
