/**
 * Feature rows of picture patches from stdin (records of pictures.py), computed by the very code that the product runs.
 * Writes `NAME.f32` (rows of float32) and `NAME.jsonl` (one line a row). Usage: … | node extract_patches.ts OUT_FOLDER NAME
 */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { patchCorners, patchFeatures } from '../../../main/detectors/image-features.ts';
import { records } from './records.ts';

interface Head {
  readonly width: number;
  readonly height: number;
  /** Patches of this picture at most, as the product places them. */
  readonly most?: number;
  /** Top left corners in place of those, in pixels. */
  readonly corners?: readonly (readonly [number, number])[];
}

const [folder, name] = process.argv.slice(2);
if (!folder || !name) throw new Error('usage: extract_patches.ts OUT_FOLDER NAME < records');
const rows = createWriteStream(path.join(folder, `${name}.f32`));
const lines = createWriteStream(path.join(folder, `${name}.jsonl`));

for await (const { head, body } of records<Head>(process.stdin, ({ width, height }) => width * height * 3)) {
  const { most = 0, corners, ...meta } = head;
  const picture = { width: head.width, height: head.height, data: body };
  for (const corner of corners ?? patchCorners(picture, most)) {
    const values = patchFeatures(picture, corner);
    if (!values) continue;
    if (!rows.write(Buffer.from(values.buffer)))
      await new Promise<void>((resolve) => rows.once('drain', () => resolve()));
    lines.write(`${JSON.stringify({ ...meta, at: corner })}\n`);
  }
}
rows.end();
lines.end();
