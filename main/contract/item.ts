import { z } from 'zod';

/** SHA-256 of the bytes as received, lower-case hexadecimal: the identity of an item. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** What the item is to the case: examined itself, a person's own sample, the suspected source clip (母体), or context. */
export const itemRoleSchema = z.enum(['questioned', 'reference', 'suspected-source', 'context']);
export type ItemRole = z.infer<typeof itemRoleSchema>;

/** Where the bytes stay: sealed copy in the vault, path only, or measured without keeping anything. */
export const retentionSchema = z.enum(['copy', 'reference', 'none']);
export type Retention = z.infer<typeof retentionSchema>;

export const itemSchema = z.object({
  sha256: sha256Schema,
  sm3: sha256Schema,
  bytes: z.number().int().nonnegative(),
  mediaType: z.string(),
  role: itemRoleSchema,
  /** Item that contains this one (the clip of a motion photo), and how it was found there. */
  parent: sha256Schema.nullable(),
});
export type Item = z.infer<typeof itemSchema>;

/** A person of a case, by the part they play in questioned material (a face can be one person's and the scene another's). */
export const personRoleSchema = z.enum(['face-donor', 'body-donor', 'voice-donor', 'named']);
export type PersonRole = z.infer<typeof personRoleSchema>;

/** Legal basis on which a person's biometric samples are processed (PIPL 13, 29). */
export const consentBasisSchema = z.enum(['own', 'consent', 'statutory']);
export type ConsentBasis = z.infer<typeof consentBasisSchema>;

export const personSchema = z.object({
  id: z.string(),
  name: z.string().min(1).max(200),
  role: personRoleSchema,
  basis: consentBasisSchema,
  purpose: z.string().max(2000),
  retainUntil: z.iso.date(),
});
export type Person = z.infer<typeof personSchema>;
