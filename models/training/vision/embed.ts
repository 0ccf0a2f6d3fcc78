/**
 * Unit vectors of the main face of each picture on stdin (records of references.py), found, aligned and embedded by the code that the product runs.
 * Writes `NAME.f32` (rows of 128 float32, zeros without a face) and `NAME.jsonl` (one line a row). Usage: … | node embed.ts OUT_FOLDER NAME
 */
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { ModelStore } from '../../../main/inference/index.ts';
import { embedFaces } from '../../../main/perception/embedding.ts';
import { cutFace, fitMeshes } from '../../../main/perception/face.ts';
import { confirm, glance } from '../../../main/perception/locate.ts';
import { mainFace } from './main-face.ts';
import { records } from './records.ts';

const [folder, name] = process.argv.slice(2);
if (!folder || !name) throw new Error('usage: embed.ts OUT_FOLDER NAME < records');
const LENGTH = 128;

const root = path.resolve(import.meta.dirname, '../../..');
await using models = new ModelStore({ modelsFolder: path.join(root, 'models'), packsFolder: '/nonexistent' });
const rows = createWriteStream(path.join(folder, `${name}.f32`));
const lines = createWriteStream(path.join(folder, `${name}.jsonl`));

interface Head {
  readonly width: number;
  readonly height: number;
}

for await (const { head, body } of records<Head>(process.stdin, (h) => h.width * h.height * 3)) {
  const { width, height, ...meta } = head;
  const picture = { width, height, data: body };
  const face = mainFace(await confirm(picture, await glance(picture, models), { models }), picture);
  let vector = new Float32Array(LENGTH);
  if (face) {
    const cut = cutFace(picture, face);
    const [mesh] = await fitMeshes(models, [cut]);
    [vector] = (await embedFaces(models, [{ image: cut.image, box: cut.box, mesh: mesh! }])) as [
      Float32Array<ArrayBuffer>,
    ];
  }
  rows.write(Buffer.from(vector.slice().buffer));
  lines.write(`${JSON.stringify({ ...meta, found: face !== undefined })}\n`);
}
rows.end();
lines.end();
