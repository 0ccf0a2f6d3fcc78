/** Services known by a short text of their own: Midjourney, InvokeAI 1.x, NovelAI's fields, Grok, Google, Suno, and image programs with a generator built in. */
import { NS } from '../bytes/xmp.ts';
import { type Metadata, xmpValues } from '../metadata.ts';
import type { Survey } from '../survey.ts';
import type { Candidate, GeneratorRecord } from './record.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function readVendors(survey: Survey, metadata: Metadata, texts: readonly Candidate[]): GeneratorRecord[] {
  const found = [
    midjourney(texts),
    dream(texts),
    easyDiffusion(texts),
    novelFields(texts),
    grok(texts),
    google(survey, metadata),
    suno(texts),
    firefly(metadata),
    huggingFace(texts),
  ];
  return found.filter((r): r is GeneratorRecord => r !== null);
}

function written(name: string, at: Candidate['at'], more: Partial<GeneratorRecord> = {}): GeneratorRecord {
  return { name, strength: 'S1', says: 'generated', at, ...more };
}

const MIDJOURNEY_PLACES = new Set(['description', 'exif:imagedescription', 'exif:usercomment', 'xmp:description']);

/** PNG text `Description`, in other formats EXIF or XMP: the prompt with its switches and the job's number. */
function midjourney(texts: readonly Candidate[]): GeneratorRecord | null {
  for (const t of texts) {
    if (!MIDJOURNEY_PLACES.has(t.key)) continue;
    const job = /\bJob ID: ([0-9a-f-]{36})\b/i.exec(t.value);
    if (job) {
      const prompt = t.value.slice(0, job.index).trim();
      return written('Midjourney', t.at, { prompt, version: /--(?:v|niji) ([\d.]+)/.exec(prompt)?.[1] ?? null });
    }
  }
  return null;
}

/** InvokeAI 1.x: a command line in quotes with single-letter switches. */
function dream(texts: readonly Candidate[]): GeneratorRecord | null {
  const t = texts.find((x) => x.key === 'dream');
  const match = t ? /^"([\s\S]*)"\s+-s\s*\d+\s+-S\s*(\d+)\b([\s\S]*)$/.exec(t.value) : null;
  if (!t || !match) return null;
  const negative = /\[([^[\]]*)\]\s*$/.exec(match[1]!);
  return written('InvokeAI', t.at, {
    prompt: negative ? match[1]!.slice(0, negative.index).trim() : match[1]!,
    negativePrompt: negative?.[1] ?? null,
    seed: match[2]!,
    sampler: /-A\s*(\S+)/.exec(match[3]!)?.[1] ?? null,
  });
}

/** Easy Diffusion: a PNG text for each field; three of its own names together are its shape. */
function easyDiffusion(texts: readonly Candidate[]): GeneratorRecord | null {
  const of = (key: string) => texts.find((t) => t.key === key)?.value ?? null;
  const model = texts.find((t) => t.key === 'use_stable_diffusion_model');
  if (!model || of('num_inference_steps') === null || of('prompt') === null) return null;
  const lora = of('use_lora_model');
  return written('Easy Diffusion', model.at, {
    models: [model.value],
    prompt: of('prompt'),
    negativePrompt: of('negative_prompt'),
    seed: of('seed'),
    sampler: of('sampler_name'),
    loras: lora === null || lora === 'None' ? [] : [lora],
  });
}

function novelFields(texts: readonly Candidate[]): GeneratorRecord | null {
  const software = texts.find(
    (t) =>
      (t.key === 'software' && t.value === 'NovelAI') || (t.key === 'exif:software' && t.value.startsWith('NovelAI')),
  );
  if (!software) return null;
  const source = texts.find((t) => t.key === 'source');
  return written('NovelAI', software.at, {
    models: source ? [source.value] : [],
    prompt: texts.find((t) => t.key === 'description')?.value ?? null,
  });
}

function grok(texts: readonly Candidate[]): GeneratorRecord | null {
  const artist = texts.find((t) => t.key === 'exif:artist' && UUID.test(t.value));
  const signature = texts.find(
    (t) => t.key.startsWith('exif:') && /^Signature: [A-Za-z0-9+/]{60,}={0,2}$/.test(t.value),
  );
  return artist && signature ? written('xAI Grok', signature.at) : null;
}

function google(survey: Survey, metadata: Metadata): GeneratorRecord | null {
  const encoder = survey.texts.find((t) => t.place.startsWith('mp4-') && t.key === '\xa9too' && t.value === 'Google');
  if (encoder) return written('Google Veo', encoder.at);
  const credit = xmpValues(metadata, NS.photoshop, 'Credit').find(
    (v) => v.value === 'Made with Google AI' || v.value === 'Edited with Google AI',
  );
  if (!credit) return null;
  return written('Google AI', credit.at, { says: credit.value.startsWith('Edited') ? 'edited-with-ai' : 'generated' });
}

function suno(texts: readonly Candidate[]): GeneratorRecord | null {
  const t = texts.find((x) => /^made with suno\b/i.test(x.value));
  return t ? written('Suno', t.at) : null;
}

function firefly(metadata: Metadata): GeneratorRecord | null {
  const tool = xmpValues(metadata, NS.xmp, 'CreatorTool').find((v) => /^adobe firefly\b/i.test(v.value));
  return tool ? written('Adobe Firefly', tool.at) : null;
}

/** An aggregator's own mark in a PNG text. */
function huggingFace(texts: readonly Candidate[]): GeneratorRecord | null {
  const t = texts.find((x) => x.key === 'hf-job-id');
  return t ? written('Hugging Face job', t.at, { strength: 'S0' }) : null;
}
