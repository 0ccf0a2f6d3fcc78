/**
 * `npm run bench -- provenance`: what reading a file's origin costs, beside its targets: files with and without Content Credentials, a film of
 * 600 MB, the bytes that are read of it, and the text of one picture. The real files of ../shared are measured too where present.
 */
import { existsSync, globSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { ModelStore } from '../../main/inference/index.ts';
import { FileSource } from '../../main/media/index.ts';
import { explicitLabelAnalyzer } from '../../main/provenance/analyzers/explicit-label.ts';
import { memorySource } from '../../main/provenance/bytes/window.ts';
import { C2paReader, createProvenanceAnalyzers } from '../../main/provenance/index.ts';
import { counting, largeFilm } from '../fixtures/large-film.ts';
import { signFile, testAuthority } from '../unit/provenance/c2pa/signing.ts';
import { bareMedia, context, outcomesOf } from '../unit/provenance/examine.ts';
import { drawScene } from '../unit/provenance/lettering.ts';
import * as p from '../unit/provenance/pieces.ts';

const RUNS = 9;
const LARGE_BYTES = 600 * 1024 * 1024;
const shared = path.resolve(import.meta.dirname, '../../../shared/data/provenance');
const work = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-bench-'));
using reader = new C2paReader();
const all = createProvenanceAnalyzers({ reader });
/** What reads bytes; hidden marks need the decoded picture and have a row of their own. */
const analyzers = all.filter((a) => a.id !== 'provenance-hidden-marks');
const marks = all.filter((a) => a.id === 'provenance-hidden-marks');
const rows: { what: string; value: string; target: string; reached: boolean }[] = [];

/** Milliseconds of all readers but those of hidden marks and of text, the spare child being warm; and the bytes read by the engine itself. */
async function readOnce(file: string): Promise<{ ms: number; bytes: number; signed: boolean; state: unknown }> {
  await reader.warm();
  await using opened = await FileSource.open(file);
  const { source, read } = counting(opened);
  const started = performance.now();
  const outcomes = await outcomesOf(analyzers, source);
  const ms = performance.now() - started;
  const facts = outcomes.flatMap((o) => o.facts);
  const state = facts.find((f) => f.id === 'c2pa.state')?.value;
  return {
    ms,
    bytes: read(),
    signed: facts.some((f) => f.id === 'c2pa.manifestCount' || f.id === 'c2pa.readerError'),
    state,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function row(what: string, ms: number, limit: number, unit = 'ms'): void {
  rows.push({
    what,
    value: `${ms.toFixed(ms < 10 ? 1 : 0)} ${unit}`,
    target: `<= ${limit} ${unit}`,
    reached: ms <= limit,
  });
}

async function fixtures(): Promise<string[]> {
  const identity = testAuthority().issue('Bench', new Date('2025-01-01'), new Date('2040-01-01'));
  const actions = [
    {
      action: 'c2pa.created',
      digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
    },
  ];
  const { data, width, height } = await drawScene(1152, 864, []);
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  const files: [string, Uint8Array][] = [
    ['plain.jpg', jpeg],
    ['plain.mp4', p.mp4File()],
    ['plain.mp3', p.id3File(p.txxx('a', 'b'))],
    ['signed.jpg', await signFile('image/jpeg', jpeg, identity, actions)],
    ['signed.mp4', await signFile('video/mp4', p.mp4File(), identity, actions)],
    ['signed.mp3', await signFile('audio/mpeg', p.id3File(p.txxx('a', 'b')), identity, actions)],
  ];
  for (const [name, bytes] of files) writeFileSync(path.join(work, name), bytes);
  largeFilm(path.join(work, 'large-signed.mp4'), LARGE_BYTES, files[4]![1]);
  largeFilm(path.join(work, 'large-plain.mp4'), LARGE_BYTES, p.FTYP);
  return files.map(([name]) => path.join(work, name));
}

const models = new ModelStore({
  modelsFolder: path.resolve(import.meta.dirname, '../../models'),
  packsFolder: path.join(work, 'packs'),
  threads: 1,
});

try {
  const ours = await fixtures();
  const own = { signed: [] as number[], plain: [] as number[] };
  for (let n = 0; n < RUNS; n++)
    for (const file of ours) {
      const { ms, signed } = await readOnce(file);
      own[signed ? 'signed' : 'plain'].push(ms);
    }
  row(`own fixtures with C2PA, median of ${own.signed.length}`, median(own.signed), 60);
  row(`own fixtures without, median of ${own.plain.length}`, median(own.plain), 10);

  const real = existsSync(shared)
    ? globSync(path.join(shared, '*/*')).filter((f) => statSync(f).isFile() && !/\/(trust|hostile)\//.test(f))
    : [];
  const found = { signed: [] as number[], plain: [] as number[] };
  for (const file of real) {
    const { ms, signed } = await readOnce(file);
    found[signed ? 'signed' : 'plain'].push(ms);
  }
  if (real.length === 0) console.log('The real files were not measured: ../shared is absent.');
  else {
    row(`real files with C2PA, median of ${found.signed.length}`, median(found.signed), 60);
    row(`real files without, median of ${found.plain.length}`, median(found.plain), 10);
    const pixels: number[] = [];
    for (const file of real) {
      await using source = await FileSource.open(file);
      const started = performance.now();
      const [outcome] = await outcomesOf(marks, source);
      if (outcome?.status === 'evidence') pixels.push(performance.now() - started);
    }
    rows.push({
      what: `hidden marks of lossless real pictures, median of ${pixels.length}`,
      value: `${median(pixels).toFixed(0)} ms`,
      target: '-',
      reached: true,
    });
  }

  const plain = await readOnce(path.join(work, 'large-plain.mp4'));
  row('film of 600 MB without C2PA', plain.ms, 5000);
  row('film of 600 MB without C2PA, read', plain.bytes / 1024, 1024, 'KB');
  const signed = await readOnce(path.join(work, 'large-signed.mp4'));
  row(`film of 600 MB with C2PA (${String(signed.state)})`, signed.ms, C2paReader.limitMs(LARGE_BYTES));
  row('film of 600 MB with C2PA, read outside the child', signed.bytes / 1024, 1024, 'KB');

  const picture = await drawScene(1152, 864, [{ text: 'AI生成', x: 40, y: 780, size: 50 }]);
  const media = { ...bareMedia(memorySource(new Uint8Array(8))), picture: async () => picture };
  const reading: number[] = [];
  for (let n = 0; n <= RUNS; n++) {
    const started = performance.now();
    await explicitLabelAnalyzer.run({ media, sha256: '', faces: null, voices: null }, { ...context(), models });
    if (n > 0) reading.push(performance.now() - started);
  }
  row(`text of a picture of 1 megapixel, one thread, median of ${RUNS}`, median(reading), 600);
  console.table(rows);
  console.log(`Load of the machine: ${os.loadavg()[0]!.toFixed(1)} on ${os.cpus().length} cores.`);
} finally {
  await models.dispose();
  rmSync(work, { recursive: true, force: true });
}
