/** The forms of a fault's record: apart from its codes, which threads and pages use that do not load a library for forms. */
import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';

export const paramsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const errorRecordSchema = z.object({ code: z.enum(ERROR_CODES), params: paramsSchema });
