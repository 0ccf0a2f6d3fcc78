// How often are different people as alike as this? A table counted on people whom the model was never trained on, one for
// each population; the figure given is always that of the worse one, with its counts.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type Fact, fact } from '../contract/fact.ts';
import { wilson } from '../contract/wilson.ts';

const calibrationSchema = z.object({
  schema: z.literal(1),
  model: z.string(),
  /** SHA-256 of the model whose similarities were counted. */
  modelSha256: z.string(),
  populations: z
    .array(
      z.object({
        /** Code that strings render: `population.<id>`. */
        id: z.string(),
        people: z.number().int(),
        samples: z.number().int().optional(),
        /** Pairs of samples of different people. */
        pairs: z.number().int().positive(),
        /** Similarities in rising order, and how many of those pairs reach each. */
        similarity: z.array(z.number()),
        reached: z.array(z.number().int()),
      }),
    )
    .min(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;

export interface FalseMatch {
  /** Share of pairs of different people at least this alike. */
  readonly rate: number;
  /** Upper end of the 95 % interval of that share, pairs taken as independent. */
  readonly upper: number;
  readonly pairs: number;
  readonly population: string;
}

const modelsFolder = path.resolve(import.meta.dirname, '../../models');
const tables = new Map<string, Calibration | null>();

/** The table of a model, or null where none was made. Throws where the file is damaged. */
export function calibrationOf(modelId: string): Calibration | null {
  const known = tables.get(modelId);
  if (known !== undefined) return known;
  const file = path.join(modelsFolder, modelId, 'calibration.json');
  const table = existsSync(file) ? calibrationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
  tables.set(modelId, table);
  return table;
}

/** The false-match rate at a similarity in the population where its upper end is highest. */
export function falseMatchAt({ populations }: Calibration, similarity: number): FalseMatch {
  const [worst] = populations
    .map(({ id, pairs, similarity: steps, reached }) => {
      const at = steps.findLastIndex((step) => step <= similarity);
      const count = at < 0 ? pairs : reached[at]!;
      return { rate: count / pairs, upper: upperEnd(count, pairs), pairs, population: id };
    })
    .sort((p, q) => q.upper - p.upper);
  return worst!;
}

/** Upper end of the Wilson score interval; 3 / n where nothing was counted (rule of three). */
function upperEnd(count: number, n: number): number {
  return count === 0 ? Math.min(1, 3 / n) : wilson(count, n)[1];
}

/** The facts that stand beside a similarity; none where the model has no table. */
export function falseMatchFacts(modelId: string, similarity: number): Fact[] {
  const table = calibrationOf(modelId);
  if (!table) return [];
  const { rate, upper, pairs, population } = falseMatchAt(table, similarity);
  return [
    fact('likeness.falseMatchRate', rate, { unit: 'share' }),
    fact('likeness.falseMatchUpper', upper, { unit: 'share' }),
    fact('likeness.falseMatchPairs', pairs, { unit: 'count' }),
    fact('likeness.population', population),
  ];
}
