import { memorySource } from '../../../main/provenance/bytes/window.ts';
import { createProvenanceAnalyzers, formatProvenance, provenanceReport } from '../../../main/provenance/index.ts';
import { factsOfBytes, outcomesOf, valuesOf } from './examine.ts';
import * as p from './pieces.ts';

const analyzers = createProvenanceAnalyzers().filter(
  (a) => !['provenance-explicit-label', 'provenance-hidden-marks'].includes(a.id),
);
const contradictions = async (bytes: Uint8Array) =>
  valuesOf(await factsOfBytes(analyzers, bytes), 'provenance.contradiction');

const CAMERA: readonly (readonly [number, string])[] = [
  [0x10f, 'Canon'],
  [0x110, 'EOS'],
  [0x132, '2024:05:02 10:00:00'],
];
const SHOT: readonly (readonly [number, string | Uint8Array])[] = [
  [0x9003, '2024:05:02 10:00:00'],
  [0x927c, Buffer.alloc(32, 1)],
];
const LABEL = '{"Label":"1","ContentProducer":"001191110102MACQD9K64010000","ProduceID":"x"}';
const GRAPH = JSON.stringify({
  '1': { class_type: 'KSampler', inputs: { seed: 1 } },
  '2': { class_type: 'CheckpointLoaderSimple', inputs: {} },
});

test("a camera's information alone, or beside an editor, contradicts nothing", async () => {
  expect(await contradictions(p.jpegFile(p.exifSegment(p.exifBlock(CAMERA, SHOT))))).toEqual([]);
});

test('camera beside graph, camera beside label', async () => {
  expect(
    await contradictions(p.pngFile([p.pngChunk('eXIf', p.exifBlock(CAMERA, SHOT)), p.pngText('prompt', GRAPH)])),
  ).toEqual(['camera-and-generator']);
  expect(
    await contradictions(p.pngFile([p.pngChunk('eXIf', p.exifBlock(CAMERA, SHOT)), p.pngText('AIGC', LABEL)])),
  ).toEqual(['camera-and-label']);
});

test('XMP that says captured beside a label that says generated', async () => {
  const packet = p.xmpPacket(
    'xmlns:i="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" i:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"',
  );
  expect(await contradictions(p.pngFile([p.pngXmp(packet), p.pngText('AIGC', LABEL)]))).toEqual([
    'claimed-capture-and-generation',
  ]);
});

test('times and maker notes', async () => {
  const early = p.exifBlock(
    [
      [0x10f, 'Canon'],
      [0x132, '2020:01:01 00:00:00'],
    ],
    SHOT,
  );
  expect(await contradictions(p.jpegFile(p.exifSegment(early)))).toEqual(['modified-before-captured']);
  const bare = p.exifBlock(CAMERA, [[0x9003, '2024:05:02 10:00:00']]);
  expect(await contradictions(p.jpegFile(p.exifSegment(bare)))).toEqual(['maker-note-missing']);
});

test('the report names each fact, its place and the bytes that stand there', async () => {
  const file = p.pngFile([p.pngText('AIGC', LABEL)]);
  const branches = await provenanceReport(await outcomesOf(analyzers, memorySource(file)), memorySource(file));
  const label = branches.flatMap((b) => b.facts).find((f) => f.fact.id === 'aigc.Label')!;
  expect(label.hex).toBe(
    Buffer.from(LABEL.slice(0, 16))
      .toString('hex')
      .replace(/..(?=.)/g, '$& '),
  );
  const printed = formatProvenance(branches, 'en');
  expect(printed).toContain('implicit label: Label [aigc.Label] = 1 · S2 · points to generation by a model');
  expect(printed).toMatch(/offset \d+ \(0x[0-9a-f]+\), length \d+ {2}7b 22 4c/);
  expect(formatProvenance(branches, 'zh')).toContain('隐式标识');
});

test('figures and answers are printed in words and units of the language', () => {
  const facts = [
    { id: 'exif.exposureTime', value: 4 / 300, unit: 's' },
    { id: 'exif.gpsPosition', value: [43.46744833333334, 11.885126666663888], unit: 'degrees' },
    { id: 'thumbnail.present', value: true },
    { id: 'label.textLines', value: 28, unit: 'count' },
  ].map((fact) => ({ fact: { ...fact, strength: null, says: null, at: null }, hex: null }));
  const branch = { analyzer: 'provenance-exif', status: 'evidence' as const, reason: null, examined: [], facts };
  const printed = formatProvenance([branch], 'zh').split('\n');
  expect(printed[0]).toBe('拍摄与编辑信息：已检查');
  expect(printed.slice(1).map((one) => one.split(' = ')[1])).toEqual([
    '0.013333 秒',
    '43.467448, 11.885127 度',
    '是',
    '28',
  ]);
});

test('control and direction characters of a file do not reach the terminal', async () => {
  const file = p.pngFile([p.pngText('Software', 'a\u001b[31m\u202eb')]);
  const printed = formatProvenance(await provenanceReport(await outcomesOf(analyzers, memorySource(file)), null), 'en');
  expect(printed).not.toContain('\u001b');
  expect(printed).not.toContain('\u202e');
});

test('a fault that kept an analyzer from reading is printed in words, and a code of the program’s own beside its meaning', () => {
  const reason = { code: 'MEDIA_TRUNCATED', params: {} };
  const state = { id: 'c2pa.state', value: 'credential-altered', strength: null, says: null, at: null };
  const printed = formatProvenance(
    [
      { analyzer: 'provenance-hidden-marks', status: 'failed', reason, examined: [], facts: [] },
      {
        analyzer: 'provenance-c2pa',
        status: 'evidence',
        reason: null,
        examined: [],
        facts: [{ fact: state, hex: null }],
      },
    ],
    'zh',
  );
  expect(printed).toContain('文件不完整');
  expect(printed).toContain('= credential-altered · 内容凭证自身被改动');
  expect(printed).not.toContain('[reason.');
});
