/**
 * Feature rows of faces from stdin (records of crops.py `write_record`), computed by the very code that the product runs.
 * Writes `NAME.f32` (rows of float32) and `NAME.jsonl` (one line a row). Usage: … | node extract.ts OUT_FOLDER NAME
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FaceCrop } from '../../../main/contract/perception.ts';
import { faceFeatureNames, faceFeatures } from '../../../main/detectors/face-features.ts';
import { records } from './records.ts';

const [folder, name] = process.argv.slice(2);
if (!folder || !name) throw new Error('usage: extract.ts OUT_FOLDER NAME < records');
const MESH_BYTES = 468 * 3 * 4;

const rows = createWriteStream(path.join(folder, `${name}.f32`));
const lines = createWriteStream(path.join(folder, `${name}.jsonl`));
writeFileSync(path.join(folder, 'names.json'), JSON.stringify(faceFeatureNames()));

interface Head {
  readonly side: number;
  readonly outline: readonly number[];
}

const pixels = ({ side }: Head) => side * side * 3;
for await (const { head, body } of records<Head>(process.stdin, (h) => pixels(h) + MESH_BYTES)) {
  const { outline, side, ...meta } = head;
  const crop: FaceCrop = {
    image: { width: side, height: side, data: body.subarray(0, pixels(head)) },
    mesh: new Float32Array(body.slice(pixels(head)).buffer),
    box: { x: 0, y: 0, w: side, h: side },
  };
  const values = faceFeatures(crop, Float64Array.from(outline));
  if (!rows.write(Buffer.from(values.buffer)))
    await new Promise<void>((resolve) => rows.once('drain', () => resolve()));
  lines.write(`${JSON.stringify({ ...meta, side })}\n`);
}
rows.end();
lines.end();
