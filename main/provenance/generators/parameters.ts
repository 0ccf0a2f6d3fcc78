/** The text form of Stable Diffusion WebUI (A1111), Forge, reForge, SD.Next and the services that copied it: prompt, negative prompt, settings. */
import { type Candidate, type GeneratorRecord, isFaceNode, lorasOf } from './record.ts';

/**
 * Null unless the text has the shape: a line of settings that begins with `Steps: <number>` and holds at least two further ones that only such
 * tools write. A photo's comment that merely mentions the words has not.
 */
export function readParameters(candidate: Candidate): GeneratorRecord | null {
  const text = candidate.value;
  const start = /(?:^|\n)[ \t]*Steps: \d{1,5}\b/.exec(text);
  if (!start) return null;
  const settings = readSettings(text.slice(start.index).trim());
  const known = [
    'Sampler',
    'CFG scale',
    'Seed',
    'Size',
    'Model',
    'Model hash',
    'Version',
    'Schedule type',
    'Denoising strength',
  ].filter((k) => settings.has(k));
  if (known.length < 2) return null;
  const before = text.slice(0, start.index).trim();
  const negativeAt = /(?:^|\n)Negative prompt:/.exec(before);
  const prompt = (negativeAt ? before.slice(0, negativeAt.index) : before).trim();
  const negative = negativeAt ? before.slice(negativeAt.index + negativeAt[0].length).trim() : null;
  const models = ['Model', 'Refiner'].map((k) => settings.get(k)).filter((m): m is string => m !== undefined);
  const extensions = [...settings]
    .filter(([k, v]) => isFaceNode(k) || (k.startsWith('ControlNet') && isFaceNode(v)))
    .map(([k, v]) => `${k}: ${v}`.slice(0, 200));
  return {
    name: toolOf(settings),
    version: settings.get('Version') ?? null,
    models: models.length > 0 ? models : civitaiModels(settings),
    prompt,
    negativePrompt: negative,
    seed: settings.get('Seed') ?? null,
    sampler: settings.get('Sampler') ?? null,
    loras: [
      ...new Set([
        ...lorasOf(prompt),
        ...(settings
          .get('Lora hashes')
          ?.split(',')
          .map((l) => l.split(':')[0]!.trim()) ?? []),
      ]),
    ],
    faceNodes: extensions,
    strength: 'S1',
    says: 'generated',
    at: candidate.at,
  };
}

const MAX_SETTINGS = 200;

/** `Key: value, Key: "quoted, value"`; lists and objects in brackets are kept whole. */
function readSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  let at = 0;
  while (at < text.length && settings.size < MAX_SETTINGS) {
    const colon = text.indexOf(':', at);
    if (colon < 0 || colon - at > 80) break;
    const key = text.slice(at, colon).replace(/^[\s,]+/, '');
    const end = valueEnd(text, colon + 1);
    settings.set(
      key,
      text
        .slice(colon + 1, end)
        .trim()
        .replace(/^"|"$/g, ''),
    );
    at = end + 1;
  }
  return settings;
}

function valueEnd(text: string, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i++;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '[' || c === '{') depth++;
    else if (c === ']' || c === '}') depth--;
    else if ((c === ',' || c === '\n') && depth <= 0) return i;
  }
  return text.length;
}

function toolOf(settings: ReadonlyMap<string, string>): string {
  const app = settings.get('App');
  const version = settings.get('Version') ?? '';
  if (app) return app;
  if (settings.has('Civitai resources') || settings.has('Civitai metadata')) return 'Civitai';
  if (/^neo\b/i.test(version)) return 'Forge Neo';
  if (/^f\d/.test(version)) return 'Forge';
  if (/reforge/i.test(version)) return 'reForge';
  if (/fooocus/i.test(version)) return 'Fooocus';
  if (/comfyui/i.test(version)) return 'ComfyUI';
  if (/swarm/i.test(version)) return 'SwarmUI';
  return 'A1111';
}

function civitaiModels(settings: ReadonlyMap<string, string>): string[] {
  const resources = settings.get('Civitai resources') ?? '';
  return [...resources.matchAll(/"type":"checkpoint"[^}]*"modelName":"([^"]{1,200})"/g)].map((m) => m[1]!);
}
