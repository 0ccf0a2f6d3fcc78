/** What is known of the models that examined: what their calibrations were fitted on, and how they did on held-out material. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { calibrationSchema } from '../contract/calibration.ts';
import { MODELS_FOLDER } from '../jobs/installation.ts';
import { type CalibrationRecord, calibrationRecordSchema } from '../report/record.ts';

/** Of the weights that examined, and of no others: a calibration belongs to one file. `models`: registry id -> digests of its weights. */
export function calibrationsOf(models: ReadonlyMap<string, ReadonlySet<string>>): CalibrationRecord[] {
  return [...models]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, digests]): CalibrationRecord[] => {
      const read = calibrationSchema.safeParse(readJson(path.join(MODELS_FOLDER, id, 'calibration.json')));
      if (!read.success || !digests.has(read.data.modelSha256)) return [];
      const { modelSha256, domain, scores } = read.data;
      const measured = heldOutOf(id, modelSha256);
      return [
        {
          model: id,
          sha256: modelSha256,
          domain,
          scores: scores.map(({ id: score, usable, fittedOn: { genuine, synthetic }, llrMin, llrMax, cllr }) => ({
            ...{ id: score, usable, genuine, synthetic, llrMin, llrMax, cllr },
            reached: measured.get(score)?.reached ?? null,
            heldOut: measured.get(score)?.heldOut ?? [],
          })),
        },
      ];
    });
}

const scoreShape = calibrationRecordSchema.shape.scores.element.shape;
const reachedShape = scoreShape.reached.unwrap().shape;

/** The part of a model's `measured.json` that a report prints. */
const measuredSchema = z.object({
  modelSha256: z.string(),
  heldOut: z.array(
    z.object({
      score: z.string(),
      /** Genuine items by source and condition. */
      alarms: z.array(reachedShape.genuine.element.extend({ condition: z.string() })),
      synthetic: reachedShape.synthetic,
      byCondition: z.record(z.string(), scoreShape.heldOut.element.omit({ condition: true })),
    }),
  ),
});

type Measured = Pick<CalibrationRecord['scores'][number], 'reached' | 'heldOut'>;

/** By score, measured on these very weights; empty where nothing was, or it was on others. */
function heldOutOf(model: string, sha256: string): ReadonlyMap<string, Measured> {
  const { data } = measuredSchema.safeParse(readJson(path.join(MODELS_FOLDER, model, 'measured.json')));
  if (data?.modelSha256 !== sha256) return new Map();
  return new Map(
    data.heldOut.map(({ score, byCondition, alarms, synthetic }): [string, Measured] => {
      const genuine = alarms
        .filter(({ condition }) => condition === 'clean')
        .map(({ source, items, limited, moderate }) => ({ source, items, limited, moderate }));
      const heldOut = Object.entries(byCondition).map(([condition, figures]) => {
        const { auc, eer } = figures;
        return { condition, synthetic: figures.synthetic, genuine: figures.genuine, auc, eer };
      });
      return [score, { reached: { genuine, synthetic }, heldOut }];
    }),
  );
}

/** Null where there is none: a model without a calibration is an ordinary thing. */
function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
