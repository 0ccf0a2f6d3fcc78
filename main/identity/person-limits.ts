// At which likeness are persons put together over a case? Limits that models/evaluation/persons.ts chose and measured on people whom the
// networks never saw. They hold for those networks only.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { FACE_EMBEDDING_MODEL, madeAlike, type VectorModels, VOICE_EMBEDDING_MODEL } from '../contract/analyzer.ts';
import { type GroupedKind, groupingLimitsSchema } from '../contract/grouping.ts';
import type { Limits } from './persons.ts';

const fileSchema = z.object({
  schema: z.literal(1),
  kind: z.enum(['face', 'voice']),
  models: z.record(z.string(), z.string()),
  limits: groupingLimitsSchema.refine(({ together, apart }) => apart <= together),
});

const OWNER: Readonly<Record<GroupedKind, string>> = { face: FACE_EMBEDDING_MODEL, voice: VOICE_EMBEDDING_MODEL };

/** Null where none were measured for these networks. Throws where the file is damaged. */
export function limitsFor(modelsFolder: string, kind: GroupedKind, models: VectorModels): Limits | null {
  const file = path.join(modelsFolder, OWNER[kind], 'persons.json');
  if (!existsSync(file)) return null;
  const measured = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return measured.kind === kind && madeAlike(measured.models, models) ? measured.limits : null;
}
