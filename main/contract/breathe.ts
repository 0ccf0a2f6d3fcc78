/** Lets other work of this thread have its turn in the middle of a long loop. */
import { AppError } from './errors.ts';

/** Throws AppError `CANCELLED` where the signal says so afterwards. */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new AppError('CANCELLED');
}
