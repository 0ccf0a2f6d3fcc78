// What does the product see in each face of ../shared/data/faces, and what does the teacher make of it? Features by the
// product's own code, the teacher's embedding of the undamaged picture beside them.
//
//   node models/training/likeness/extract.ts FOLDER [test|train]
//
// Resumable: pictures already listed in FOLDER/<part>.jsonl are passed over. Rows of float32 go to FOLDER/<part>.f32.
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import sharp from 'sharp';
import type { ModelAccess } from '../../../main/contract/analyzer.ts';
import type { RgbImage } from '../../../main/contract/media.ts';
import type { FaceCrop } from '../../../main/contract/perception.ts';
import { ModelStore } from '../../../main/inference/index.ts';
import { faceFeatures } from '../../../main/perception/embedding.ts';
import { anchorsOf, cutFace, fitMeshes, meshPoint, qualityOf } from '../../../main/perception/face.ts';
import type { Point, Similarity } from '../../../main/perception/geometry.ts';
import { locateFaces } from '../../../main/perception/locate.ts';
import { cut, mirror } from '../../../main/perception/picture.ts';
import { EAST_ASIAN, isTestPerson, lfwPerson } from './people.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const faces = path.resolve(root, '../shared/data/faces');
const teacherFile = path.resolve(root, '../shared/models/vision/mobilefacenet_foamliu_128.onnx');

interface Job {
  readonly file: string;
  readonly group: string;
  readonly person: string;
  readonly conditions: readonly Condition[];
}

/** A degradation before the product sees the picture. */
interface Condition {
  readonly name: string;
  readonly scale: number;
  readonly blur: number;
  readonly jpeg: number;
}

const CLEAN: Condition = { name: 'clean', scale: 1, blur: 0, jpeg: 0 };
/** The conditions of the acceptance figures. */
const TEST_CONDITIONS: readonly Condition[] = [
  CLEAN,
  { name: 'jpeg30', scale: 1, blur: 0, jpeg: 30 },
  { name: 'scale.3', scale: 0.3, blur: 0, jpeg: 0 },
];

/** One in so many training faces is also seen damaged, and one in so many test people under the other conditions. */
const DAMAGED_EVERY = 3;
const TEST_CONDITIONS_EVERY = 2;

function jobs(part: 'test' | 'train'): Job[] {
  const list = (folder: string) => readdirSync(path.join(faces, folder)).sort();
  const lfw = list('real/lfw').map((name) => ({ file: `real/lfw/${name}`, group: 'lfw', person: lfwPerson(name) }));
  if (part === 'test') {
    const people = [...new Set(lfw.map((j) => j.person).filter(isTestPerson))];
    const everyWay = new Set(people.filter((p, n) => EAST_ASIAN.has(p) || n % TEST_CONDITIONS_EVERY === 0));
    return lfw
      .filter((j) => isTestPerson(j.person))
      .map((j) => ({ ...j, conditions: everyWay.has(j.person) ? TEST_CONDITIONS : [CLEAN] }));
  }
  const folders = ['fake/t2i_sfhq', 'real/congress', 'fake/stylegan2_sfhq', 'real/dfdc', 'fake/dfdc'].map((folder) =>
    list(folder).map((name) => ({ file: `${folder}/${name}`, group: folder, person: '' })),
  );
  const longest = Math.max(...folders.map((f) => f.length));
  const others = Array.from({ length: longest }, (_, n) => folders.flatMap((f) => f[n] ?? [])).flat();
  return [...lfw.filter((j) => !isTestPerson(j.person)), ...others].map((job, n) => ({
    ...job,
    conditions: [
      CLEAN,
      ...(n % DAMAGED_EVERY === 0 ? [damage(n)] : []),
      ...(job.group.endsWith('dfdc') ? [] : [small(n)]),
    ],
  }));
}

/** One of many mixtures of shrinking, blur and compression, fixed by the running number. */
function damage(n: number): Condition {
  const at = (k: number) => ((n * 2654435761 + k * 40503) >>> 0) / 2 ** 32;
  return {
    name: 'damaged',
    scale: at(1) < 0.7 ? 0.25 + 0.75 * at(2) : 1,
    blur: at(3) < 0.25 ? 0.5 + at(4) : 0,
    jpeg: at(5) < 0.7 ? Math.round(25 + 60 * at(6)) : 0,
  };
}

/** Faces of about 25 to 50 px, where the figures fall first; DFDC crops are upscaled already. */
function small(n: number): Condition {
  return {
    name: 'small',
    scale: 0.22 + 0.23 * (((n * 2246822519) >>> 0) / 2 ** 32),
    blur: 0,
    jpeg: n % 3 === 0 ? 80 : 0,
  };
}

async function picture(file: string, { scale, blur, jpeg }: Condition): Promise<RgbImage> {
  let image = sharp(path.join(faces, file)).rotate().removeAlpha().toColourspace('srgb');
  const { width = 0 } = await image.metadata();
  if (scale !== 1) image = image.resize(Math.round(width * scale));
  if (blur > 0) image = image.blur(blur);
  if (jpeg > 0) image = sharp(await image.jpeg({ quality: jpeg }).toBuffer());
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** The face whose centre lies nearest the middle of the picture, by its size. */
async function mainFace(image: RgbImage, models: ModelAccess) {
  const found = await locateFaces(image, { models, smallest: Math.max(24, image.width / 8) });
  const away = ({ x, y, w, h }: { x: number; y: number; w: number; h: number }) =>
    Math.hypot(x + w / 2 - image.width / 2, y + h / 2 - image.height / 2) / Math.max(w, h);
  const [main] = found.sort((p, q) => away(p.box) - away(q.box));
  if (!main) return null;
  const face = cutFace(image, main);
  const [mesh] = await fitMeshes(models, [face]);
  const quality = qualityOf(face, mesh!, Math.min(main.box.w, main.box.h));
  const crop: FaceCrop = { image: face.image, box: face.box, mesh: mesh! };
  return { crop, quality, score: main.score, count: found.length };
}

/** Five points of ArcFace's 112 px template: eyes, nose, mouth corners (insightface, face_align.py). */
const TEMPLATE = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
] as const;
const TEACHER_SIDE = 112;
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** Mean of the teacher's unit embeddings of face and mirror image. */
async function teach(teacher: ort.InferenceSession, { image, mesh }: FaceCrop): Promise<Float32Array> {
  const { left, right } = anchorsOf(mesh);
  const points = [left, right, meshPoint(mesh, 4), meshPoint(mesh, 61), meshPoint(mesh, 291)];
  const view = cut(image, toTemplate(points), TEACHER_SIDE);
  const sum = new Float32Array(128);
  for (const side of [view, mirror(view)]) {
    const planes = new Float32Array(3 * TEACHER_SIDE ** 2);
    for (let i = 0; i < TEACHER_SIDE ** 2; i++) {
      for (let c = 0; c < 3; c++) {
        planes[c * TEACHER_SIDE ** 2 + i] = (side.data[i * 3 + c]! / 255 - MEAN[c]!) / DEVIATION[c]!;
      }
    }
    const input = new ort.Tensor('float32', planes, [1, 3, TEACHER_SIDE, TEACHER_SIDE]);
    const output = (await teacher.run({ [teacher.inputNames[0]!]: input }))[teacher.outputNames[0]!]!;
    const vector = output.data as Float32Array;
    const length = Math.hypot(...vector);
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + vector[i]! / length;
  }
  return sum;
}

/** Least-squares similarity from the template's pixels to the points' picture. */
function toTemplate(points: readonly Point[]): Similarity {
  const n = points.length;
  const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / n;
  const [ux, uy] = [mean(TEMPLATE.map((t) => t[0])), mean(TEMPLATE.map((t) => t[1]))];
  const [vx, vy] = [mean(points.map((p) => p.x)), mean(points.map((p) => p.y))];
  let dot = 0;
  let cross = 0;
  let norm = 0;
  for (const [i, [tx, ty]] of TEMPLATE.entries()) {
    const p = points[i]!;
    dot += (tx - ux) * (p.x - vx) + (ty - uy) * (p.y - vy);
    cross += (tx - ux) * (p.y - vy) - (ty - uy) * (p.x - vx);
    norm += (tx - ux) ** 2 + (ty - uy) ** 2;
  }
  const a = dot / norm;
  const b = cross / norm;
  return { a, b, tx: vx - a * ux + b * uy, ty: vy - b * ux - a * uy };
}

const [folder = '/tmp/likeness', part = 'train'] = process.argv.slice(2);
if (part !== 'test' && part !== 'train') throw new Error('the second argument is test or train');
mkdirSync(folder, { recursive: true });
const listFile = path.join(folder, `${part}.jsonl`);
const done = new Set(
  (existsSync(listFile) ? readFileSync(listFile, 'utf8').trim().split('\n') : [])
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { file: string; condition: string })
    .map(({ file, condition }) => `${file} ${condition}`),
);
await using store = new ModelStore({ modelsFolder: path.join(root, 'models'), packsFolder: '/nonexistent' });
const teacher = await ort.InferenceSession.create(teacherFile, { intraOpNumThreads: 1, interOpNumThreads: 1 });
for (const { file, group, person, conditions } of jobs(part)) {
  const open = conditions.filter(({ name }) => !done.has(`${file} ${name}`));
  if (open.length === 0) continue;
  const rows: Float32Array[] = [];
  const lines: object[] = [];
  const undamaged = await mainFace(await picture(file, CLEAN), store);
  const target = undamaged && (await teach(teacher, undamaged.crop));
  for (const condition of open) {
    const found = condition === CLEAN ? undamaged : await mainFace(await picture(file, condition), store);
    if (found && target) rows.push(await faceFeatures(store, [found.crop]), target);
    const { quality = null, score = 0, count = 0 } = found ?? {};
    const row = found !== null && target !== null;
    lines.push({ file, group, person, condition: condition.name, row, score, count, quality });
  }
  for (const row of rows)
    appendFileSync(path.join(folder, `${part}.f32`), new Uint8Array(row.buffer, row.byteOffset, row.byteLength));
  appendFileSync(listFile, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}
