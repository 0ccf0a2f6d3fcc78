/** Tools that write one JSON object of their own: InvokeAI, Fooocus, SwarmUI, NovelAI, Civitai, TensorArt, Stability Matrix, Draw Things and others. */
import { asList, asMap, asNumber, asString, type Json, tryJson } from '../bytes/json.ts';
import { type Candidate, type GeneratorRecord, lorasOf } from './record.ts';

type Fields = ReadonlyMap<string, Json>;
type Shape = (fields: Fields, candidate: Candidate) => GeneratorRecord | null;

/** Null unless the text is an object in one of the shapes. Shapes are told by their keys, never by words in their values. */
export function readJsonTool(candidate: Candidate): GeneratorRecord | null {
  const source = candidate.value.trimStart();
  if (!source.startsWith('{')) return null;
  const fields = asMap(tryJson(source));
  if (!fields) return null;
  for (const shape of SHAPES) {
    const record = shape(fields, candidate);
    if (record) return record;
  }
  return null;
}

const SHAPES: readonly Shape[] = [
  invokeMetadata,
  invokeSdMetadata,
  invokeGraph,
  fooocus,
  swarm,
  novelWrapped,
  novel,
  civitai,
  tensorArt,
  stabilityMatrix,
  drawThings,
  ruinedFooocus,
  easyDiffusion,
  space,
  byteDance,
];

function base(candidate: Candidate): Pick<GeneratorRecord, 'strength' | 'says' | 'at'> {
  return { strength: 'S1', says: 'generated', at: candidate.at };
}

function scalar(value: Json | undefined): string | null {
  const number = asNumber(value);
  return number === null ? asString(value) : String(number);
}

function invokeMetadata(f: Fields, c: Candidate): GeneratorRecord | null {
  if (!f.has('generation_mode') && !(f.has('positive_prompt') && f.has('scheduler'))) return null;
  const model = asMap(f.get('model'));
  const loras = asList(f.get('loras')).map(
    (l) =>
      asString(asMap(asMap(l)?.get('model'))?.get('name')) ?? asString(asMap(asMap(l)?.get('lora'))?.get('model_name')),
  );
  const adapters = [...asList(f.get('ipAdapters')), ...referenceImages(f)].map((a) => {
    const own = asMap(a);
    const model = asMap(own?.get('ip_adapter_model')) ?? asMap(own?.get('model'));
    return asString(model?.get('model_name')) ?? asString(model?.get('name')) ?? 'ip-adapter';
  });
  return {
    ...base(c),
    name: 'InvokeAI',
    version: asString(f.get('app_version')),
    models: present([asString(model?.get('model_name')) ?? asString(model?.get('name'))]),
    prompt: asString(f.get('positive_prompt')),
    negativePrompt: asString(f.get('negative_prompt')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('scheduler')),
    loras: present(loras),
    faceNodes: present(adapters),
  };
}

/** InvokeAI 5 keeps pictures whose looks are copied with its canvas (`canvas_v2_metadata.referenceImages`), InvokeAI 6 beside it (`ref_images`). */
function referenceImages(f: Fields): Json[] {
  const canvas = asList(asMap(f.get('canvas_v2_metadata'))?.get('referenceImages')).map((r) =>
    asMap(r)?.get('ipAdapter'),
  );
  const own = asList(f.get('ref_images')).map((r) => asMap(r)?.get('config'));
  return [...canvas, ...own].filter((r): r is Json => r !== undefined && r !== null);
}

function invokeSdMetadata(f: Fields, c: Candidate): GeneratorRecord | null {
  const image = asMap(f.get('image'));
  if (!image || !/invoke/i.test(asString(f.get('app_id')) ?? '')) return null;
  const prompts = asList(image.get('prompt')).map((p) => asString(asMap(p)?.get('prompt')));
  return {
    ...base(c),
    name: 'InvokeAI',
    version: asString(f.get('app_version')),
    models: present([asString(f.get('model_weights'))]),
    prompt: present(prompts).join('\n') || asString(image.get('prompt')),
    seed: scalar(image.get('seed')),
    sampler: asString(image.get('sampler')),
  };
}

function invokeGraph(f: Fields, c: Candidate): GeneratorRecord | null {
  return c.key.startsWith('invokeai_') && asMap(f.get('nodes')) ? { ...base(c), name: 'InvokeAI' } : null;
}

function fooocus(f: Fields, c: Candidate): GeneratorRecord | null {
  const scheme = asString(f.get('metadata_scheme'));
  const version = asString(f.get('version')) ?? asString(f.get('Version'));
  if (scheme === null && !/fooocus/i.test(version ?? '')) return null;
  if (!f.has('base_model') && !f.has('Base Model') && !f.has('prompt') && !f.has('Prompt')) return null;
  const loras = asList(f.get('loras')).map((l) => asString(asList(l)[0]) ?? asString(l));
  return {
    ...base(c),
    name: 'Fooocus',
    version,
    models: present([asString(f.get('base_model')) ?? asString(f.get('Base Model'))]),
    prompt: asString(f.get('prompt')) ?? asString(f.get('Prompt')),
    negativePrompt: asString(f.get('negative_prompt')) ?? asString(f.get('Negative Prompt')),
    seed: scalar(f.get('seed')) ?? scalar(f.get('Seed')),
    sampler: asString(f.get('sampler')) ?? asString(f.get('Sampler')),
    loras: present(loras),
  };
}

function swarm(f: Fields, c: Candidate): GeneratorRecord | null {
  const params = asMap(f.get('sui_image_params'));
  if (!params) return null;
  const prompt = asString(params.get('prompt'));
  return {
    ...base(c),
    name: 'SwarmUI',
    version: asString(params.get('swarm_version')),
    models: present([asString(params.get('model'))]),
    prompt,
    negativePrompt: asString(params.get('negativeprompt')),
    seed: scalar(params.get('seed')),
    sampler: asString(params.get('sampler')),
    loras: [...present(asList(params.get('loras')).map(asString)), ...lorasOf(prompt ?? '')],
  };
}

/** NovelAI's own object inside another one (WebP, and the stealth channel): `Comment` holds JSON as text. */
function novelWrapped(f: Fields, c: Candidate): GeneratorRecord | null {
  const comment = asString(f.get('Comment'));
  if (comment === null || !/novelai/i.test(asString(f.get('Software')) ?? '')) return null;
  const inner = asMap(tryJson(comment));
  const record = inner ? novel(inner, c) : null;
  return {
    ...(record ?? { ...base(c), name: 'NovelAI' }),
    models: present([asString(f.get('Source'))]),
    prompt: record?.prompt ?? asString(f.get('Description')),
  };
}

function novel(f: Fields, c: Candidate): GeneratorRecord | null {
  const own = f.has('uc') && f.has('scale') && f.has('sampler') && f.has('steps');
  if (!own && !(f.has('signed_hash') && f.has('steps'))) return null;
  return {
    ...base(c),
    name: 'NovelAI',
    prompt: asString(f.get('prompt')),
    negativePrompt: asString(f.get('uc')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('sampler')),
  };
}

function civitai(f: Fields, c: Candidate): GeneratorRecord | null {
  const extra = asString(f.get('extraMetadata'));
  const urn = [...f.keys()].some((k) => k.startsWith('urn:air:')) || asMap(f.get('resource-stack')) !== null;
  if (!urn && !(extra !== null && f.has('extra'))) return null;
  const inner = extra === null ? null : asMap(tryJson(extra));
  const airs = present(asList(asMap(f.get('extra'))?.get('airs')).map(asString));
  return {
    ...base(c),
    name: 'Civitai',
    models: airs.filter((a) => a.includes(':checkpoint:')),
    prompt: asString(inner?.get('prompt')),
    negativePrompt: asString(inner?.get('negativePrompt')),
    seed: scalar(inner?.get('seed')),
    sampler: asString(inner?.get('sampler')),
    loras: airs.filter((a) => a.includes(':lora:')),
  };
}

function tensorArt(f: Fields, c: Candidate): GeneratorRecord | null {
  if (c.key !== 'generation_data' || (!f.has('baseModel') && !f.has('prompt'))) return null;
  const models = asList(f.get('models')).map(
    (m) => asString(asMap(m)?.get('modelFileName')) ?? asString(asMap(m)?.get('label')),
  );
  return {
    ...base(c),
    name: 'TensorArt',
    models: present([asString(asMap(f.get('baseModel'))?.get('modelFileName'))]),
    prompt: asString(f.get('prompt')),
    negativePrompt: asString(f.get('negativePrompt')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('samplerName')),
    loras: present(models),
  };
}

function stabilityMatrix(f: Fields, c: Candidate): GeneratorRecord | null {
  if (c.key !== 'parameters-json' && c.key !== 'smproj') return null;
  return {
    ...base(c),
    name: 'Stability Matrix',
    models: present([asString(f.get('ModelName'))]),
    prompt: asString(f.get('PositivePrompt')),
    negativePrompt: asString(f.get('NegativePrompt')),
    seed: scalar(f.get('Seed')),
    sampler: asString(f.get('Sampler')),
  };
}

/** Draw Things (macOS, iOS): short keys in the EXIF comment. */
function drawThings(f: Fields, c: Candidate): GeneratorRecord | null {
  if (!(f.has('c') && f.has('uc') && f.has('sampler') && f.has('seed') && f.has('v2'))) return null;
  return {
    ...base(c),
    name: 'Draw Things',
    models: present([asString(f.get('model'))]),
    prompt: asString(f.get('c')),
    negativePrompt: asString(f.get('uc')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('sampler')),
    loras: present(asList(f.get('lora')).map((l) => asString(asMap(l)?.get('model')))),
  };
}

/** RuinedFooocus: its name stands under `software`. */
function ruinedFooocus(f: Fields, c: Candidate): GeneratorRecord | null {
  if (asString(f.get('software')) !== 'RuinedFooocus') return null;
  return {
    ...base(c),
    name: 'RuinedFooocus',
    models: present([asString(f.get('base_model_name'))]),
    prompt: asString(f.get('Prompt')),
    negativePrompt: asString(f.get('Negative')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('sampler_name')),
    loras: present(asList(f.get('loras')).map((l) => asString(asMap(l)?.get('name')) ?? asString(asList(l)[0]))),
  };
}

/** Diffusers spaces on Hugging Face and programs made from them: the arguments of the pipeline call. */
function space(f: Fields, c: Candidate): GeneratorRecord | null {
  if (!f.has('prompt') || !f.has('num_inference_steps') || !f.has('guidance_scale')) return null;
  const model = f.get('Model') ?? f.get('model');
  return {
    ...base(c),
    name: 'diffusers',
    models: present([asString(asMap(model)?.get('Model')) ?? asString(model)]),
    prompt: asString(f.get('prompt')),
    negativePrompt: asString(f.get('negative_prompt')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('sampler')),
  };
}

/** Easy Diffusion in EXIF: one object; in PNG it writes a text for each field (`vendors.ts`). */
function easyDiffusion(f: Fields, c: Candidate): GeneratorRecord | null {
  if (!f.has('use_stable_diffusion_model') || !f.has('num_inference_steps')) return null;
  return {
    ...base(c),
    name: 'Easy Diffusion',
    models: present([asString(f.get('use_stable_diffusion_model'))]),
    prompt: asString(f.get('prompt')),
    negativePrompt: asString(f.get('negative_prompt')),
    seed: scalar(f.get('seed')),
    sampler: asString(f.get('sampler_name')),
    loras: present([f.get('use_lora_model')].flatMap((l) => (Array.isArray(l) ? l : [l])).map(asString)),
  };
}

/**
 * ByteDance's own record. Its `aigc_label_type` is not the `Label` of GB 45438 and 0 says nothing (../shared/law/aigc-label.md section 3):
 * a record of another value is told as a hint of the program, not of generation.
 */
function byteDance(f: Fields, c: Candidate): GeneratorRecord | null {
  const info = asMap(f.get('aigc_info')) ?? (f.has('aigc_label_type') ? f : null);
  const type = info ? scalar(info.get('aigc_label_type')) : null;
  if (!info || type === null || type === '0') return null;
  const source = asString(info.get('source_info'));
  return { ...base(c), name: source === null ? 'ByteDance' : `ByteDance ${source}`, strength: 'S0' };
}

function present(values: readonly (string | null | undefined)[]): string[] {
  return values.filter((v): v is string => typeof v === 'string' && v !== '');
}
