/** The same statements in every place and packing that writers use, and the shapes of tools that write differently from release to release. */
import { deflateSync } from 'node:zlib';
import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { factsOfBytes, valuesOf } from './examine.ts';
import * as p from './pieces.ts';

const analyzers = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-generator');
const container = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-container');
const facts = (bytes: Uint8Array) => factsOfBytes(analyzers, bytes);
const text = (key: string, value: unknown) =>
  facts(p.pngFile([p.pngText(key, typeof value === 'string' ? value : JSON.stringify(value))]));

const PARAMETERS =
  '一只鸭子, <lora:somebody:0.8>\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Version: v1.10.1';
const utf8 = Buffer.from(PARAMETERS, 'utf8');
const utf16 = (order: 'le' | 'be') => {
  const little = Buffer.from(PARAMETERS, 'utf16le');
  return Buffer.concat([p.ascii('UNICODE\0'), order === 'le' ? little : little.swap16()]);
};
const comment = (value: Uint8Array) => p.exifBlock([], [[0x9286, value]]);

/** A picture item file whose only item is a block of EXIF, four bytes of offset before it (ISO/IEC 23008-12 A.2.1). */
function avifWithExif(block: Uint8Array): Buffer {
  const item = Buffer.concat([p.be32(0), block]);
  const ftyp = p.box('ftyp', p.ascii('avif'), p.be32(0), p.ascii('mif1avif'));
  const infe = p.box('infe', Buffer.from([2, 0, 0, 0]), p.be16(1), p.be16(0), p.ascii('Exif\0'));
  const handler = p.box('hdlr', p.be32(0), p.be32(0), p.ascii('pict'), Buffer.alloc(13));
  const place = (offset: number) => [p.be16(1), p.be16(1), p.be16(0), p.be16(1), p.be32(offset), p.be32(item.length)];
  const meta = (offset: number) =>
    p.box(
      'meta',
      p.be32(0),
      handler,
      p.box('iinf', p.be32(0), p.be16(1), infe),
      p.box('iloc', p.be32(0), Buffer.from([0x44, 0x00]), ...place(offset)),
    );
  return Buffer.concat([ftyp, meta(ftyp.length + meta(0).length + 8), p.box('mdat', item)]);
}

const PACKED: readonly (readonly [string, Uint8Array])[] = [
  ['tEXt in UTF-8', p.pngFile([p.pngText('parameters', PARAMETERS)])],
  ['zTXt', p.pngFile([p.pngChunk('zTXt', Buffer.concat([p.ascii('parameters\0\0'), deflateSync(utf8)]))])],
  ['iTXt', p.pngFile([p.pngChunk('iTXt', Buffer.concat([p.ascii('parameters\0\0\0\0\0'), utf8]))])],
  [
    'iTXt, compressed, with a language and a translated key',
    p.pngFile([
      p.pngChunk('iTXt', Buffer.concat([p.ascii('parameters\0\x01\0zh\0'), Buffer.from('参数\0'), deflateSync(utf8)])),
    ]),
  ],
  ['tEXt behind the picture', p.pngFile([], [p.pngText('parameters', PARAMETERS)])],
  ['PNG eXIf', p.pngFile([p.pngChunk('eXIf', comment(utf16('be')))])],
  ['JPEG, little end first', p.jpegFile(p.exifSegment(comment(utf16('le'))))],
  ['JPEG, big end first', p.jpegFile(p.exifSegment(comment(utf16('be'))))],
  [
    'JPEG, the encoding announced and UTF-8 written',
    p.jpegFile(p.exifSegment(comment(Buffer.concat([p.ascii('ASCII\0\0\0'), utf8])))),
  ],
  ['JPEG, no encoding announced', p.jpegFile(p.exifSegment(comment(utf8)))],
  ['WebP', p.webpFile(p.riffChunk('EXIF', comment(utf16('be'))))],
  [
    'WebP with the header of a JPEG segment',
    p.webpFile(p.riffChunk('EXIF', Buffer.concat([p.ascii('Exif\0\0'), comment(utf16('le'))]))),
  ],
  ['AVIF', avifWithExif(comment(utf16('be')))],
];

test.each(PACKED)('settings and a Chinese prompt: %s', async (_, file) => {
  const found = await facts(file);
  expect(valuesOf(found, 'generator.seed')).toEqual(['42']);
  expect(valuesOf(found, 'generator.prompt')).toEqual(['一只鸭子, <lora:somebody:0.8>']);
  expect(valuesOf(found, 'generator.lora')).toEqual(['somebody']);
  const at = found.find((f) => f.id === 'generator.name')?.at as { offset: number; length: number };
  expect(at.offset + at.length).toBeLessThanOrEqual(file.length);
});

const GRAPH = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'base.safetensors' } },
  '2': { class_type: 'CLIPTextEncode', inputs: { text: 'duck' } },
  '3': { class_type: 'KSampler', inputs: { positive: ['2', 0], seed: 1, sampler_name: 'euler' } },
  '4': { class_type: 'ReActorFaceSwap', inputs: {} },
};
const BOTH = { prompt: JSON.stringify(GRAPH), workflow: { nodes: [], links: [] } };
const windows = (value: string) => Buffer.from(`${value}\0`, 'utf16le');

const GRAPHS: readonly (readonly [string, Uint8Array])[] = [
  ['a film, a key of its own', p.mp4File(p.box('udta', p.mp4Keys([['prompt', JSON.stringify(GRAPH)]])))],
  ['a film, both in a comment, one as text', p.mp4File(p.box('udta', p.mp4Keys([['comment', JSON.stringify(BOTH)]])))],
  ['a Matroska film', p.webmFile(['COMMENT', JSON.stringify(BOTH)])],
  ['a sound file', p.flacFile(p.vorbisComments(['prompt', JSON.stringify(GRAPH)]))],
  ['an MP3', p.id3File(p.txxx('prompt', JSON.stringify(GRAPH)))],
  [
    'a WebP, the model’s tag',
    p.webpFile(p.riffChunk('EXIF', p.exifBlock([[0x110, `prompt:${JSON.stringify(GRAPH)}`]]))),
  ],
  [
    'a JPEG, both in the user comment',
    p.jpegFile(p.exifSegment(comment(Buffer.from(`ASCII\0\0\0${JSON.stringify({ prompt: GRAPH, workflow: {} })}`)))),
  ],
  ['an AVIF', avifWithExif(comment(Buffer.from(`ASCII\0\0\0${JSON.stringify({ prompt: GRAPH })}`)))],
];

test.each(GRAPHS)('a ComfyUI graph with a face swap: %s', async (_, file) => {
  const found = await facts(file);
  expect(valuesOf(found, 'generator.name')).toContain('ComfyUI');
  expect(valuesOf(found, 'generator.seed')).toContain('1');
  expect(valuesOf(found, 'generator.faceSwapNode')).toContain('ReActorFaceSwap');
});

test("a graph in the comment field of Windows' properties", async () => {
  const entry = p.exifBlock([], [[0x9c9c, windows(`{"prompt":${JSON.stringify(GRAPH)}}`)]]);
  expect(valuesOf(await facts(p.jpegFile(p.exifSegment(entry))), 'generator.name')).toEqual(['ComfyUI']);
});

test('tools whose shape differs from that of their kin', async () => {
  const ruined = {
    Prompt: 'duck',
    Negative: '',
    seed: 1,
    base_model_name: 'm',
    sampler_name: 'e',
    software: 'RuinedFooocus',
  };
  const space = {
    prompt: 'duck',
    negative_prompt: '',
    guidance_scale: 7,
    num_inference_steps: 28,
    seed: 1,
    Model: { Model: 'm' },
  };
  const easy = { prompt: 'duck', seed: 1, num_inference_steps: 25, guidance_scale: 7, use_stable_diffusion_model: 'm' };
  const invoke = {
    generation_mode: 'flux_txt2img',
    positive_prompt: 'duck',
    seed: 1,
    model: { name: 'm' },
    loras: [{ model: { name: 'somebody' }, weight: 1 }],
    canvas_v2_metadata: { referenceImages: [{ ipAdapter: { model: { name: 'IP Adapter Face' } } }] },
  };
  const tools = [
    [ruined, 'RuinedFooocus'],
    [space, 'diffusers'],
    [easy, 'Easy Diffusion'],
    [invoke, 'InvokeAI'],
  ] as const;
  for (const [object, name] of tools) {
    const found = await text(name === 'InvokeAI' ? 'invokeai_metadata' : 'parameters', object);
    expect(valuesOf(found, 'generator.name')).toEqual([name]);
    expect(valuesOf(found, 'generator.prompt')).toEqual(['duck']);
    expect(valuesOf(found, 'generator.model')).toEqual(['m']);
    expect(valuesOf(found, 'generator.seed')).toEqual(['1']);
  }
  const invoked = await text('invokeai_metadata', invoke);
  expect(valuesOf(invoked, 'generator.lora')).toEqual(['somebody']);
  expect(valuesOf(invoked, 'generator.faceSwapNode')).toEqual(['IP Adapter Face']);
});

test('Easy Diffusion writes a text for each field; a key alone says nothing', async () => {
  const fields = {
    prompt: 'duck',
    seed: '1',
    num_inference_steps: '25',
    use_stable_diffusion_model: 'm',
    use_lora_model: 'somebody',
  };
  const all = Object.entries(fields).map(([key, value]) => p.pngText(key, value));
  const found = await facts(p.pngFile(all));
  expect(valuesOf(found, 'generator.name')).toEqual(['Easy Diffusion']);
  expect(valuesOf(found, 'generator.lora')).toEqual(['somebody']);
  expect(await facts(p.pngFile([p.pngText('prompt', 'duck'), p.pngText('seed', '1')]))).toEqual([]);
});

test("Midjourney's job outside PNG", async () => {
  const job = 'a duck --ar 16:9 --v 7 Job ID: 00000000-0000-4000-8000-000000000000';
  const inExif = p.jpegFile(p.exifSegment(p.exifBlock([[0x10e, job]])));
  const inXmp = p.webpFile(
    p.riffChunk(
      'XMP ',
      Buffer.from(
        p.xmpPacket(
          'xmlns:dc="http://purl.org/dc/elements/1.1/"',
          `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${job}</rdf:li></rdf:Alt></dc:description>`,
        ),
      ),
    ),
  );
  for (const file of [inExif, inXmp]) {
    const found = await facts(file);
    expect(valuesOf(found, 'generator.name')).toEqual(['Midjourney']);
    expect(valuesOf(found, 'generator.version')).toEqual(['7']);
  }
});

test("ByteDance's own record: 0 says nothing, another value is a hint and no more", async () => {
  expect(await text('Comment', { aigc_info: { aigc_label_type: 0, source_info: 'dreamina' } })).toEqual([]);
  const found = await text('Comment', { aigc_info: { aigc_label_type: 1, source_info: 'dreamina' } });
  expect(found.find((f) => f.id === 'generator.name')).toMatchObject({ value: 'ByteDance dreamina', strength: 'S0' });
});

test('copies that services mark themselves', async () => {
  const data = (number: number, value: string) =>
    Buffer.concat([Buffer.from([0x1c, 2, number]), p.be16(value.length), p.ascii(value)]);
  const iptc = data(40, 'FBMD0a000a8901000025020000');
  const block = Buffer.concat([p.ascii('8BIM'), p.be16(0x0404), Buffer.from([0, 0]), p.be32(iptc.length), iptc]);
  const picture = p.jpegFile(p.jpegSegment(0xed, Buffer.concat([p.ascii('Photoshop 3.0\0'), block])));
  const messenger = async (file: Uint8Array) => valuesOf(await factsOfBytes(container, file), 'copy.messenger');
  expect(await messenger(picture)).toEqual(['Facebook or Instagram']);
  const film = (value: string) => p.mp4File(p.box('udta', p.mp4Keys([['comment', value]])));
  expect(await messenger(film('vid:v12044gd0000cabcdefghijklmno'))).toEqual(['TikTok or Douyin']);
  expect(await messenger(film('vid: a holiday'))).toEqual([]);
});
