/** What a detector that the user brings takes and gives: declared, since a file of weights does not say it. */
import { z } from 'zod';

const pictureInput = z.strictObject({
  kind: z.literal('picture'),
  name: z.string().min(1),
  width: z.int().min(16).max(1024),
  height: z.int().min(16).max(1024),
  layout: z.enum(['nchw', 'nhwc']),
  colour: z.enum(['rgb', 'bgr']),
  /** In 0-255, by channel in the order of `colour`: the network sees `(value - mean) / scale`. */
  mean: z.array(z.number()).length(3),
  scale: z.array(z.number().positive()).length(3),
  /** Side of the square around a face, as a multiple of the longer side of its box; up to 2. Of a whole picture: 1. */
  crop: z.number().min(1).max(2),
});

const soundInput = z.strictObject({
  kind: z.literal('sound'),
  name: z.string().min(1),
  /** Hz; the product's own rate. */
  sampleRate: z.literal(16_000),
  /** Samples of one window; shorter speech is repeated. */
  samples: z.int().min(1_600).max(320_000),
});

export const detectorContractSchema = z
  .strictObject({
    schema: z.literal(1),
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    licence: z.string().min(1),
    input: z.discriminatedUnion('kind', [pictureInput, soundInput]),
    output: z.strictObject({
      name: z.string().min(1),
      /** Which of the values of one item. */
      index: z.int().nonnegative(),
      /** `logit`: taken as it is; `probability`: its log odds are taken; `logits`: its difference from the log-sum of the others (softmax). */
      form: z.enum(['logit', 'probability', 'logits']),
      /** What a larger value of this output stands for. */
      side: z.enum(['synthetic', 'genuine']),
    }),
  })
  .readonly();
export type DetectorContract = z.infer<typeof detectorContractSchema>;

export const detectorRoleSchema = z.enum(['synthetic-face', 'synthetic-image', 'synthetic-voice']);
export type DetectorRole = z.infer<typeof detectorRoleSchema>;

export interface ImportedDetector {
  readonly role: DetectorRole;
  readonly contract: DetectorContract;
  /** Differs wherever its declaration or its calibration does. */
  readonly version: string;
}

/** Its outcomes stand beside those of the embedded detector of the same role. */
export function importedAnalyzerId({ role, contract }: ImportedDetector): string {
  return `${role}:${contract.id}`;
}
