/** How a raw score becomes a likelihood ratio: the one form of every `calibration.json`, and what of an item it covers. */
import { z } from 'zod';
import { sha256Schema } from './item.ts';

/** A stated pair: the first is what a positive figure supports. Codes that strings render as `proposition.<code>`. */
export const propositionPairSchema = z.tuple([z.string().min(1), z.string().min(1)]);

/** Ordinary items after a treatment that forges nothing, and how many of them came to limited and, before `llrMax`, to moderate support. */
const treatedSchema = z.strictObject({
  genuine: z.number().int().positive(),
  limited: z.number().int().nonnegative(),
  moderate: z.number().int().nonnegative(),
});

/** One calibrated quantity of a model: `llr = clamp(gain(n) * (slope * score + offset), llrMin, llrMax)`, natural logarithm. */
export const calibratedScoreSchema = z.strictObject({
  /** Which of the model's answers: `swap`, `generated`, `voice`, … */
  id: z.string().regex(/^[a-z][a-z-]*$/),
  /** Fact of the outcome that holds the raw score; null where it is `rawScore`. */
  fact: z.string().nullable(),
  /** Fact that holds the raw scores of the re-encodings, in the order of its partner `….variants`; null where none is made. */
  stabilityFact: z.string().nullable(),
  propositions: propositionPairSchema,
  /** False where the evaluation shows no power: it then never speaks, and `unusableReason` is the code that says why. */
  usable: z.boolean(),
  unusableReason: z.string().nullable(),
  slope: z.number().nonnegative(),
  offset: z.number(),
  /** Bounds that the counts bear out; nothing beyond them is ever printed. */
  llrMin: z.number().nonpositive(),
  llrMax: z.number().nonnegative(),
  boundReason: z.string(),
  /**
   * What length adds: `fact` counts the scored observations, `correlation` is that of two observations of one clip within a class,
   * `measuredAt` the mean count of the items it was fitted on, `most` the count beyond which nothing more is gained. Null: nothing is gained.
   */
  length: z
    .strictObject({
      fact: z.string(),
      correlation: z.number().min(0).max(1),
      measuredAt: z.number().min(1),
      most: z.number().min(1),
    })
    .nullable(),
  /**
   * Voices: of so many ordinary clips, with noise added and suppressed as a call does it, how many were recognised (`mostSuppression`), and how many
   * of the rest came to limited support; `untaught`: how many came there, unrecognised, after suppressors and decoders that training never heard, at
   * most. Every figure for synthesis carries these counts: a few were measured, there are others.
   */
  suppressed: z
    .strictObject({
      genuine: z.number().int().positive(),
      recognised: z.number().int().nonnegative(),
      limited: z.number().int().nonnegative(),
      untaught: z.number().int().nonnegative(),
    })
    .optional(),
  /** Swapped faces: ordinary pictures that a network had enhanced, as phones do; every figure for a swap carries these counts. */
  enhanced: treatedSchema.optional(),
  fittedOn: z.strictObject({
    method: z.string(),
    /** Items by source and class. */
    genuine: z.record(z.string(), z.number().int().positive()),
    synthetic: z.record(z.string(), z.number().int().positive()),
  }),
  /** Of the cross-fitted figures, sources of a class weighted alike; bits. */
  cllr: z.number(),
  minCllr: z.number(),
});
export type CalibratedScore = z.infer<typeof calibratedScoreSchema>;

/** What was measured; null where the quantity does not concern the model. Outside it a raw score stays raw. */
export const calibrationDomainSchema = z.strictObject({
  /** Shorter side of the face box in pixels of the picture: bounds of what was measured. */
  facePx: z.tuple([z.number(), z.number()]).nullable(),
  /** Variance of the Laplacian at 112 px, at least. */
  minSharpness: z.number().nullable(),
  /** Seconds of speech, at least. */
  minSpeechS: z.number().nullable(),
  /** Hz of the stored sound, at least: below it the band is a telephone's. */
  minSampleRate: z.number().nullable(),
  /** Codecs of the stored sound as the decoder names them. */
  codecs: z.array(z.string()).nullable(),
  /** Languages (ISO 639-1) in which both classes were measured and told apart. The tool does not recognise languages: the user states one. */
  languages: z.array(z.string()).nullable(),
  /** Fact `voice.suppression` at most: above it noise was suppressed in the speech, which raises the score of an ordinary voice. */
  mostSuppression: z.number().optional(),
  /** Languages that were measured too, with too few voices or repositories, or not told apart: counts, and AUC with its 95 % interval. */
  otherLanguages: z
    .array(
      z.strictObject({
        language: z.string(),
        genuine: z.number().int().positive(),
        synthetic: z.number().int().positive(),
        auc: z.tuple([z.number(), z.number(), z.number()]),
      }),
    )
    .optional(),
});
export type CalibrationDomain = z.infer<typeof calibrationDomainSchema>;

export const calibrationSchema = z.strictObject({
  schema: z.literal(2),
  /** Registry id, and the digest of the weights whose scores were fitted: it belongs to no other file. */
  model: z.string(),
  modelSha256: sha256Schema,
  unit: z.literal('natural logarithm of a likelihood ratio'),
  domain: calibrationDomainSchema,
  scores: z.array(calibratedScoreSchema).min(1),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** What is known of a model's calibration: the thing itself, or the code that says why there is none that can be used. */
export type CalibrationState = { readonly calibration: Calibration } | { readonly fault: string };

/** By analyzer id. */
export type Calibrations = Readonly<Record<string, CalibrationState>>;
