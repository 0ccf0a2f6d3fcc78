/** Two sheets of plain statements: how each source item had been public, and who recognised a voice beside what was measured of it. */
import { z } from 'zod';
import type { Measured } from './element-table.ts';
import type { QuestionId, Stated, StatedValue } from './questions.ts';

/** Questions that make the columns, in order. */
export const PUBLICITY_COLUMNS = [
  'publicity',
  'publicity-audience',
  'publicity-purpose',
  'refusal',
  'refusal-proof',
] as const satisfies readonly QuestionId[];

/** One source item: how it was public, for whom, for what purpose, whether use was refused and by which proof. Null where nothing was stated. */
export interface PublicityRow {
  /** SHA-256 of the source item. */
  readonly item: string;
  readonly answers: Readonly<Record<(typeof PUBLICITY_COLUMNS)[number], StatedValue | null>>;
}

/** One row for each source item, in the order given; whether a use stayed within a reasonable scope is left to the reader. */
export function publicitySheet(items: readonly string[], stated: readonly Stated[]): readonly PublicityRow[] {
  return items.map((item) => {
    const answers = PUBLICITY_COLUMNS.map((id) => [
      id,
      stated.findLast((one) => one.item === item && one.question === id)?.value ?? null,
    ]);
    return { item, answers: Object.fromEntries(answers) as PublicityRow['answers'] };
  });
}

/** A person who listened or looked, in their own words. `told` is whether they knew beforehand whom they were to recognise. */
export const witnessSchema = z
  .object({
    item: z.string().regex(/^[0-9a-f]{64}$/),
    name: z.string().min(1).max(200),
    relation: z.string().max(200),
    on: z.iso.date().nullable(),
    recognised: z.enum(['yes', 'no', 'unsure']),
    by: z.string().max(2000),
    told: z.enum(['yes', 'no', 'unknown']),
  })
  .strict();
export type Witness = z.infer<typeof witnessSchema>;

export interface VoiceRow {
  readonly similarity: Measured;
  /** Empty where nobody was asked: the sheet is printed all the same, with blank lines. */
  readonly witnesses: readonly Witness[];
}

/**
 * A witness sheet beside the voice similarities of each item: the law asks what people hear, and a similarity stands beside it, never
 * instead. People listen to an item, however many voices of it were compared.
 */
export function voiceSheet(measured: readonly Measured[], witnesses: readonly Witness[]): readonly VoiceRow[] {
  const byItem = Map.groupBy(
    measured.filter(({ code }) => code === 'M-VOICE-SIM'),
    ({ item }) => item,
  );
  return [...byItem.values()].map(([similarity]) => ({
    similarity: similarity!,
    witnesses: witnesses.filter(({ item }) => item === similarity!.item),
  }));
}
