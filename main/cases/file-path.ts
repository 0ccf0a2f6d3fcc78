/** How a path is kept when its bytes need not be text: a readable form, and the exact bytes where that form loses some. */
import { z } from 'zod';

export const filePathSchema = z.object({ path: z.string(), pathBytes: z.base64().optional() });
/** `pathBytes` is the base64 of the path's bytes, present only where they are not valid UTF-8. */
export type FilePath = z.infer<typeof filePathSchema>;

/** From what the file system gave (read folders with `encoding: 'buffer'`). */
export function filePath(raw: string | Uint8Array): FilePath {
  if (typeof raw === 'string') return { path: raw };
  const bytes = Buffer.from(raw);
  const text = bytes.toString('utf8');
  return bytes.equals(Buffer.from(text, 'utf8')) ? { path: text } : { path: text, pathBytes: bytes.toString('base64') };
}

/** To what `node:fs` takes: the exact bytes again. */
export function osPath(kept: FilePath): string | Buffer {
  return kept.pathBytes === undefined ? kept.path : Buffer.from(kept.pathBytes, 'base64');
}
