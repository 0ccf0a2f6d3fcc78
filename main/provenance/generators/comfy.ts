/** ComfyUI graphs: the executed one (`prompt`: nodes by id with `class_type`) and the drawn one (`workflow`: nodes with `type` and widgets). */
import { asList, asMap, asNumber, asString, type Json, tryJson } from '../bytes/json.ts';
import { type Candidate, type GeneratorRecord, isFaceNode } from './record.ts';

interface Node {
  readonly id: string;
  readonly type: string;
  readonly inputs: ReadonlyMap<string, Json>;
  readonly widgets: readonly Json[];
  /** Input name -> id of the node that feeds it. */
  readonly links: ReadonlyMap<string, string>;
}

const MAX_NODES = 4096;
const SAMPLER = /sampler/i;
const LOADER = /checkpoint|unet|diffusion|gguf|modelloader/i;

/** Null unless the text is a graph by shape. Some writers put `prompt:` or `workflow:` in front of the JSON. */
export function readComfy(candidate: Candidate): GeneratorRecord | null {
  const source = candidate.value.replace(/^\s*(?:prompt|workflow)\s*:\s*/i, '');
  if (!source.trimStart().startsWith('{')) return null;
  if (!source.includes('class_type') && !source.includes('"nodes"')) return null;
  const root = asMap(tryJson(source));
  if (!root) return null;
  const nodes = nodesOf(root) ?? nestedNodes(root.get('prompt')) ?? nestedNodes(root.get('workflow'));
  return nodes ? describe(nodes, candidate) : null;
}

/** Savers of films put both graphs into one comment, the executed one often as a text of its own. */
function nestedNodes(value: Json | undefined): Node[] | null {
  const written = asString(value);
  const map = asMap(written === null ? value : tryJson(written));
  return map ? nodesOf(map) : null;
}

function nodesOf(root: ReadonlyMap<string, Json>): Node[] | null {
  return asList(root.get('nodes')).length > 0 ? drawnNodes(root) : executedNodes(root);
}

function drawnNodes(root: ReadonlyMap<string, Json>): Node[] | null {
  if (!root.has('links') && !root.has('last_node_id')) return null;
  const sources = new Map<string, string>();
  for (const link of asList(root.get('links')).slice(0, 4 * MAX_NODES)) {
    const [id, from] = asList(link);
    if (id !== undefined && from !== undefined) sources.set(String(id), String(from));
  }
  const nodes = asList(root.get('nodes'))
    .slice(0, MAX_NODES)
    .flatMap((n): Node[] => {
      const map = asMap(n);
      const type = asString(map?.get('type'));
      if (!map || type === null) return [];
      const links = new Map<string, string>();
      for (const input of asList(map.get('inputs')).slice(0, 64)) {
        const name = asString(asMap(input)?.get('name'));
        const source = sources.get(String(asMap(input)?.get('link') ?? ''));
        if (name !== null && source !== undefined) links.set(name, source);
      }
      return [
        { id: String(map.get('id')), type, inputs: new Map(), widgets: widgetList(map.get('widgets_values')), links },
      ];
    });
  return nodes.length > 0 ? nodes : null;
}

/** A link of the executed form is a pair of node id and output number. */
function executedNodes(root: ReadonlyMap<string, Json>): Node[] | null {
  const nodes: Node[] = [];
  for (const [id, value] of root) {
    const map = asMap(value);
    const type = asString(map?.get('class_type'));
    const inputs = asMap(map?.get('inputs'));
    if (type === null || !inputs || nodes.length >= MAX_NODES) continue;
    const links = new Map<string, string>();
    for (const [name, input] of inputs)
      if (Array.isArray(input) && input.length === 2) links.set(name, String(input[0]));
    nodes.push({ id, type, inputs, widgets: [], links });
  }
  return nodes.length > 0 ? nodes : null;
}

function widgetList(value: Json | undefined): readonly Json[] {
  const map = asMap(value);
  return map ? [...map.values()] : asList(value);
}

function describe(nodes: readonly Node[], candidate: Candidate): GeneratorRecord {
  const faceNodes = distinct(nodes.map((n) => n.type).filter(isFaceNode));
  const samplers = nodes.filter((n) => SAMPLER.test(n.type));
  const complete = samplers.length > 0 && nodes.some((n) => LOADER.test(n.type));
  const fromPicture = nodes.some((n) => /^VAEEncode/.test(n.type)) && !nodes.some((n) => /^Empty.*Latent/.test(n.type));
  const edits =
    samplers.length === 0 ? faceNodes.length > 0 : fromPicture && nodes.some((n) => /LoadImage/.test(n.type));
  const texts = promptTexts(nodes);
  return {
    name: 'ComfyUI',
    models: distinct(nodes.filter((n) => LOADER.test(n.type)).flatMap((n) => files(n))),
    prompt: texts[0],
    negativePrompt: texts[1],
    seed: firstOf(nodes, ['seed', 'noise_seed']),
    sampler: samplers.map((n) => asString(n.inputs.get('sampler_name'))).find((s) => s !== null) ?? null,
    loras: distinct(nodes.filter((n) => /lora/i.test(n.type)).flatMap((n) => files(n))),
    faceNodes,
    inputs: distinct(nodes.filter((n) => /^LoadImage|LoadVideo/.test(n.type)).flatMap((n) => images(n))),
    strength: complete ? 'S2' : 'S1',
    says: edits ? 'edited-with-ai' : 'generated',
    at: candidate.at,
  };
}

/** The texts that reach the first sampler's `positive` and `negative` inputs; without a sampler, the encoders' texts in order. */
function promptTexts(nodes: readonly Node[]): readonly [string | null, string | null] {
  const byId = new Map(nodes.map((n) => [n.id, n]));
  for (const sampler of nodes.filter((n) => n.links.has('positive') && SAMPLER.test(n.type))) {
    const positive = reach(byId, sampler.links.get('positive'));
    if (positive !== null) return [positive, reach(byId, sampler.links.get('negative'))];
  }
  const [first, second] = nodes.filter((n) => ENCODER.test(n.type)).flatMap(ownTexts);
  return [first ?? null, second ?? null];
}

const ENCODER = /textencode|prompt/i;
const MAX_STEPS = 64;

/** Breadth first against the arrows, to the nearest node that holds a text of its own. */
function reach(byId: ReadonlyMap<string, Node>, from: string | undefined): string | null {
  const queue = from === undefined ? [] : [from];
  const seen = new Set<string>();
  for (let step = 0; queue.length > 0 && step < MAX_STEPS; step++) {
    const id = queue.shift()!;
    const node = byId.get(id);
    if (!node || seen.has(id)) continue;
    seen.add(id);
    const own = ownTexts(node)[0];
    if (own !== undefined) return own;
    queue.push(...node.links.values());
  }
  return null;
}

function ownTexts(node: Node): string[] {
  const written = strings(node, ['text', 'text_g', 'prompt', 'positive', 'clip_l', 't5xxl', 'string', 'value']);
  const widgets = /text|prompt|string/i.test(node.type)
    ? node.widgets.map(asString).filter((s): s is string => s !== null)
    : [];
  return [...written, ...widgets].filter((t, i, all) => t.trim() !== '' && all.indexOf(t) === i);
}

function strings(node: Node, keys: readonly string[]): string[] {
  return keys.map((k) => asString(node.inputs.get(k))).filter((s): s is string => s !== null);
}

const WEIGHTS = /\.(safetensors|ckpt|pt|pth|gguf|sft|bin)$/i;

function files(node: Node): string[] {
  const values = [...node.inputs.values(), ...node.widgets].flatMap((v) => [
    v,
    ...(asMap(v)?.values() ?? []),
    ...asList(v),
  ]);
  return values.filter((v): v is string => typeof v === 'string' && WEIGHTS.test(v));
}

function images(node: Node): string[] {
  return [
    ...strings(node, ['image', 'video']),
    ...node.widgets.map(asString).filter((s): s is string => s !== null && /\.[a-z0-9]{3,4}$/i.test(s)),
  ];
}

function firstOf(nodes: readonly Node[], keys: readonly string[]): string | null {
  for (const node of nodes)
    for (const key of keys) {
      const value = node.inputs.get(key);
      const number = asNumber(value);
      if (number !== null) return String(number);
    }
  return null;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
