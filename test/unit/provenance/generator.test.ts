import { createProvenanceAnalyzers } from '../../../main/provenance/index.ts';
import { factsOfBytes, valuesOf } from './examine.ts';
import * as p from './pieces.ts';

const analyzers = createProvenanceAnalyzers().filter((a) => a.id === 'provenance-generator');
const facts = (bytes: Uint8Array) => factsOfBytes(analyzers, bytes);
const text = (key: string, value: string) => facts(p.pngFile([p.pngText(key, value)]));

const PARAMETERS =
  'a duck, <lora:famous_person_v2:0.8>\nNegative prompt: rain, snow\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 42, Size: 512x512, Model hash: abc, Model: realistic, ControlNet 0: "Module: ip-adapter_face_id, Model: x", Version: v1.10.1';

test('A1111: prompt, settings, LoRA and a face reference', async () => {
  const found = await text('parameters', PARAMETERS);
  expect(valuesOf(found, 'generator.name')).toEqual(['A1111']);
  expect(valuesOf(found, 'generator.prompt')).toEqual(['a duck, <lora:famous_person_v2:0.8>']);
  expect(valuesOf(found, 'generator.negativePrompt')).toEqual(['rain, snow']);
  expect(valuesOf(found, 'generator.seed')).toEqual(['42']);
  expect(valuesOf(found, 'generator.sampler')).toEqual(['DPM++ 2M']);
  expect(valuesOf(found, 'generator.model')).toEqual(['realistic']);
  expect(valuesOf(found, 'generator.lora')).toEqual(['famous_person_v2']);
  expect(valuesOf(found, 'generator.faceSwapNode')[0]).toContain('ip-adapter_face_id');
  expect(found.find((f) => f.id === 'generator.name')).toMatchObject({ strength: 'S1', says: 'generated' });
});

const unicode = (value: string, order: 'le' | 'be') => {
  const little = Buffer.from(value, 'utf16le');
  return Buffer.concat([p.ascii('UNICODE\0'), order === 'le' ? little : little.swap16()]);
};

test.each(['le', 'be'] as const)(
  'A1111 in an EXIF comment in UTF-16, %s, whatever the order of the EXIF block',
  async (order) => {
    const found = await facts(p.jpegFile(p.exifSegment(p.exifBlock([], [[0x9286, unicode(PARAMETERS, order)]]))));
    expect(valuesOf(found, 'generator.seed')).toEqual(['42']);
  },
);

test.each([
  ['f2.0.1v1.10.1', 'Forge'],
  ['neo', 'Forge Neo'],
  ['ComfyUI', 'ComfyUI'],
])('the version %s names %s', async (version, name) => {
  expect(
    valuesOf(await text('parameters', `x\nSteps: 5, Sampler: Euler, Seed: 1, Version: ${version}`), 'generator.name'),
  ).toEqual([name]);
});

const graph = (nodes: Record<string, { class_type: string; inputs: Record<string, unknown> }>) => JSON.stringify(nodes);

test("ComfyUI: prompts by the sampler's links, not by their order; a complete graph is S2", async () => {
  const found = await text(
    'prompt',
    graph({
      '1': { class_type: 'CLIPTextEncode', inputs: { text: 'ugly' } },
      '2': { class_type: 'CLIPTextEncode', inputs: { text: 'a duck' } },
      '3': {
        class_type: 'KSampler',
        inputs: { positive: ['2', 0], negative: ['1', 0], seed: 7, sampler_name: 'euler', latent_image: ['6', 0] },
      },
      '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'base.safetensors' } },
      '5': { class_type: 'LoraLoader', inputs: { lora_name: 'someone.safetensors' } },
      '6': { class_type: 'EmptyLatentImage', inputs: {} },
    }),
  );
  expect(valuesOf(found, 'generator.prompt')).toEqual(['a duck']);
  expect(valuesOf(found, 'generator.negativePrompt')).toEqual(['ugly']);
  expect(valuesOf(found, 'generator.lora')).toEqual(['someone.safetensors']);
  expect(found.find((f) => f.id === 'generator.name')).toMatchObject({
    value: 'ComfyUI',
    strength: 'S2',
    says: 'generated',
  });
});

test('ComfyUI: a face swapped into a loaded picture is an edit, and the node and the file are named', async () => {
  const found = await text(
    'prompt',
    graph({
      '1': { class_type: 'LoadImage', inputs: { image: 'victim.jpg' } },
      '2': { class_type: 'ReActorFaceSwap', inputs: { input_image: ['1', 0] } },
      '3': { class_type: 'SaveImage', inputs: { images: ['2', 0] } },
    }),
  );
  expect(valuesOf(found, 'generator.faceSwapNode')).toEqual(['ReActorFaceSwap']);
  expect(valuesOf(found, 'generator.inputFile')).toEqual(['victim.jpg']);
  expect(found.find((f) => f.id === 'generator.name')).toMatchObject({ says: 'edited-with-ai', strength: 'S1' });
});

test.each(['ReActorFaceSwap', 'ApplyInstantID', 'IPAdapterFaceID', 'ApplyPulidFlux', 'PhotoMakerEncode', 'roop'])(
  '%s is a face node',
  async (type) => {
    expect(
      valuesOf(await text('prompt', graph({ '1': { class_type: type, inputs: {} } })), 'generator.faceSwapNode'),
    ).toEqual([type]);
  },
);

test("ComfyUI in EXIF make, and JSON with Python's NaN", async () => {
  const json = graph({ '1': { class_type: 'KSampler', inputs: { seed: 3 } } }).replace(
    '"seed":3',
    '"seed":3,"cfg":NaN',
  );
  const found = await facts(p.webpFile(p.riffChunk('EXIF', p.exifBlock([[0x10f, `prompt:${json}`]]))));
  expect(valuesOf(found, 'generator.seed')).toEqual(['3']);
});

const OBJECTS: readonly (readonly [string, string, Record<string, unknown>])[] = [
  [
    'invokeai_metadata',
    'InvokeAI',
    { generation_mode: 'txt2img', positive_prompt: 'duck', seed: 1, scheduler: 'euler', model: { model_name: 'm' } },
  ],
  [
    'sd-metadata',
    'InvokeAI',
    {
      app_id: 'invoke-ai/InvokeAI',
      model_weights: 'm',
      image: { prompt: [{ prompt: 'duck' }], seed: 1, sampler: 'k' },
    },
  ],
  ['parameters', 'Fooocus', { metadata_scheme: 'fooocus', base_model: 'm', prompt: 'duck', seed: '1' }],
  ['parameters', 'SwarmUI', { sui_image_params: { prompt: 'duck', model: 'm', seed: 1 } }],
  ['Comment', 'NovelAI', { prompt: 'duck', steps: 28, sampler: 'k_euler', seed: 1, scale: 10, uc: 'bad' }],
  ['generation_data', 'TensorArt', { prompt: 'duck', baseModel: { modelFileName: 'm' }, seed: '1' }],
  ['parameters-json', 'Stability Matrix', { PositivePrompt: 'duck', ModelName: 'm', Seed: 1 }],
  ['XML:x', 'Draw Things', { c: 'duck', uc: '', sampler: 'e', seed: 1, model: 'm', v2: {} }],
];

test.each(OBJECTS)('%s: %s', async (key, name, object) => {
  const found = await text(key, JSON.stringify(object));
  expect(valuesOf(found, 'generator.name')).toEqual([name]);
  expect(valuesOf(found, 'generator.prompt')).toEqual(['duck']);
  expect(valuesOf(found, 'generator.seed')).toEqual(['1']);
});

test('Midjourney, InvokeAI 1, Grok, Google, Suno', async () => {
  const name = async (bytes: Uint8Array) => valuesOf(await facts(bytes), 'generator.name');
  expect(
    await name(p.pngFile([p.pngText('Description', 'a duck --v 6.1 Job ID: 00000000-0000-0000-0000-000000000000')])),
  ).toEqual(['Midjourney']);
  expect(await name(p.pngFile([p.pngText('Dream', '"a duck [rain]" -s 50 -S 123 -W 512 -A k_lms')]))).toEqual([
    'InvokeAI',
  ]);
  const grok = p.exifBlock([
    [0x10e, `Signature: ${'A'.repeat(80)}`],
    [0x13b, '00000000-0000-0000-0000-000000000000'],
  ]);
  expect(await name(p.jpegFile(p.exifSegment(grok)))).toEqual(['xAI Grok']);
  const item = p.box(
    'moov',
    p.box(
      'udta',
      p.box('meta', p.be32(0), p.box('ilst', p.box('\xa9too', p.box('data', p.be32(1), p.be32(0), p.ascii('Google'))))),
    ),
  );
  expect(await name(Buffer.concat([p.FTYP, item]))).toEqual(['Google Veo']);
  expect(await name(p.id3File(p.txxx('comment', 'made with suno; created=2026; id=1')))).toEqual(['Suno']);
});

test('words are no shape: comments, camera debug text and a key called prompt say nothing', async () => {
  expect(await facts(p.jpegFile(p.jpegSegment(0xfe, Buffer.from(PARAMETERS))))).toEqual([]);
  expect(await text('prompt', 'press any key')).toEqual([]);
  expect(await text('Comment', '{"steps": 3}')).toEqual([]);
  expect(await text('parameters', 'Steps: many')).toEqual([]);
  const debug = Buffer.from('ASCII\0\0\0filter: 0; AI_Scene: 3; Seed: 1; multi-frame: 1;');
  expect(await facts(p.jpegFile(p.exifSegment(p.exifBlock([[0x10f, 'vivo']], [[0x9286, debug]]))))).toEqual([]);
});

test('JSON nested beyond reason and keys of the prototype are harmless', async () => {
  expect(await text('workflow', '['.repeat(100_000))).toEqual([]);
  await text('prompt', '{"__proto__":{"class_type":"KSampler","inputs":{"polluted":true}}}');
  expect(({} as Record<string, unknown>).class_type).toBeUndefined();
});
