/**
 * The implicit label of GB 45438-2025 (annex B, E): finding its JSON in a file's texts, and what in it keeps or breaks the form.
 * A label is a claim of its writer; it is unsigned unless a reserved field says otherwise, and this room does not check such signatures.
 */
import { asMap, asString, type Json, JsonRefused, jsonText, parseJson } from '../bytes/json.ts';
import type { Span } from '../bytes/window.ts';
import { NS } from '../bytes/xmp.ts';
import { exifText, type Metadata, xmpValues } from '../metadata.ts';
import type { Survey, TextEntry } from '../survey.ts';
import { userComment } from '../user-comment.ts';
import { checkProducerCode } from './producer-code.ts';

export const FIELDS = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
] as const;
export type Field = (typeof FIELDS)[number];

export interface AigcLabel {
  /** Values as written; numbers are kept as their text and told by `field-not-string`. */
  readonly fields: ReadonlyMap<Field, string>;
  /** Place name: `xmp`, `png-text`, `mp4-keys`, … */
  readonly carrier: string;
  /** Whether that is a place which the practice guides name for this container. */
  readonly conformingPlace: boolean;
  readonly at: Span;
  /** Codes, see `aigc.reason.*` in `main/strings/provenance.ts`; empty where nothing breaks the form. */
  readonly reasons: readonly string[];
  /** A text of the label's place that could not be read as a label at all. */
  readonly broken: boolean;
}

interface Hit {
  readonly value: string;
  readonly carrier: string;
  readonly conformingPlace: boolean;
  /** The key itself was `AIGC`: then even unreadable content is reported. */
  readonly keyed: boolean;
  readonly at: Span;
}

const REQUIRED: readonly Field[] = ['Label', 'ContentProducer', 'ProduceID'];
const MISSPELT = new Set([
  'ReserveCode1',
  'ReserveCode2',
  'Propagator',
  'PropatorID',
  'PropagatorID',
  'ProducerID',
  'label',
]);
const CONFORMING: ReadonlySet<TextEntry['place']> = new Set([
  'mp4-keys',
  'mp4-freeform',
  'matroska-tag',
  'riff-chunk',
  'id3-user',
  'vorbis-comment',
  'flv-script',
  'pdf-info',
]);
/** Free texts in which a label was seen in the wild. */
const FREE_KEYS = new Set(['comment', 'icmt', 'description', '\xa9cmt', 'exif:usercomment', 'parameters', 'comm']);

export function readLabels(survey: Survey, metadata: Metadata): AigcLabel[] {
  const labels = hits(survey, metadata).flatMap((hit) => {
    const label = interpret(hit);
    return label ? [label] : [];
  });
  const whole = new Set(labels.filter((l) => !l.broken).map(key));
  const extra = [...(labels.length > 1 ? ['more-than-one'] : []), ...(whole.size > 1 ? ['labels-differ'] : [])];
  return extra.length === 0 ? labels : labels.map((l) => ({ ...l, reasons: [...l.reasons, ...extra] }));
}

function key(label: AigcLabel): string {
  return FIELDS.map((f) => label.fields.get(f) ?? '').join('\0');
}

function hits(survey: Survey, metadata: Metadata): Hit[] {
  const found: Hit[] = xmpValues(metadata, NS.tc260, 'AIGC').map(({ value, at }) => ({
    value,
    at,
    carrier: 'xmp',
    conformingPlace: true,
    keyed: true,
  }));
  for (const entry of survey.texts) {
    const keyed = entry.key === 'AIGC';
    if (keyed)
      found.push({
        value: entry.value,
        carrier: entry.place,
        conformingPlace: isConforming(entry, survey),
        keyed,
        at: entry.at,
      });
    else if (FREE_KEYS.has(entry.key.toLowerCase()) && mayHold(entry.value))
      found.push({ value: entry.value, carrier: entry.place, conformingPlace: false, keyed, at: entry.at });
  }
  const comment = userComment(metadata);
  if (comment && mayHold(comment.value))
    found.push({ ...comment, carrier: 'exif-user-comment', conformingPlace: false, keyed: false });
  const description = exifText(metadata, 0x010e, 'IFD0');
  if (description && mayHold(description.value))
    found.push({ ...description, carrier: 'exif-description', conformingPlace: false, keyed: false });
  return found;
}

function isConforming(entry: TextEntry, survey: Survey): boolean {
  if (entry.place === 'riff-info') return survey.format === 'avi';
  return CONFORMING.has(entry.place);
}

/** A cheap look before parsing free text: an object that names the wrapper, or the two fields no other object has together. */
function mayHold(value: string): boolean {
  return (
    /^\s*\{/.test(value) &&
    (/"AIGC"\s*:/.test(value) ||
      (/"Label"\s*:/.test(value) && /"(ContentProducer|ProduceID|ContentPropagator)"\s*:/.test(value)))
  );
}

function interpret(hit: Hit): AigcLabel | null {
  const common = { carrier: hit.carrier, conformingPlace: hit.conformingPlace, at: hit.at };
  const place = hit.conformingPlace ? [] : ['place-not-conforming'];
  let json: Json;
  let repeated: readonly string[];
  try {
    ({ value: json, repeatedKeys: repeated } = parseJson(hit.value.trim()));
  } catch (thrown) {
    if (!(thrown instanceof JsonRefused)) throw thrown;
    // An `AIGC` key with other content is another program's business, unless it begins like the label's object.
    if (!hit.keyed || !/^\s*\{[\s\S]*"?(Label|AIGC)/.test(hit.value)) return null;
    return { ...common, fields: new Map(), reasons: [thrown.code, ...place], broken: true };
  }
  const root = asMap(json);
  if (!root) return null;
  const wrapped = root.get('AIGC');
  const inner = typeof wrapped === 'string' ? asMap(reparse(wrapped)) : asMap(wrapped);
  const object = inner ?? root;
  const known = FIELDS.filter((f) => object.has(f));
  if (known.length === 0)
    return hit.keyed && [...object.keys()].some((k) => MISSPELT.has(k))
      ? { ...common, fields: new Map(), reasons: ['fields-unknown', ...place], broken: true }
      : null;
  if (!hit.keyed && inner === null && known.length < 2) return null;
  const fields = new Map<Field, string>();
  for (const field of known) {
    const value = object.get(field)!;
    fields.set(field, asString(value) ?? jsonText(value));
  }
  const reasons = [...conformity(object, fields), ...(repeated.length > 0 ? ['key-repeated'] : []), ...place];
  return { ...common, fields, reasons: [...new Set(reasons)], broken: false };
}

function reparse(value: string): Json | undefined {
  try {
    return parseJson(value).value;
  } catch {
    return undefined;
  }
}

function conformity(object: ReadonlyMap<string, Json>, fields: ReadonlyMap<Field, string>): string[] {
  const reasons: string[] = [];
  for (const field of REQUIRED) {
    if (!fields.has(field)) reasons.push(`missing-${field}`);
    else if (fields.get(field) === '') reasons.push(`empty-${field}`);
  }
  const label = fields.get('Label');
  if (label !== undefined && label !== '' && !/^[123]$/.test(label)) reasons.push('label-value');
  for (const [name, value] of object) {
    if (!(FIELDS as readonly string[]).includes(name))
      reasons.push(MISSPELT.has(name) ? 'field-misspelt' : 'field-unknown');
    else if (typeof value !== 'string') reasons.push('field-not-string');
    // Annex E j), as quoted by third-party tools: 0x21 to 0x7E without quote and backslash.
    else if (/[^\x21-\x7e]|["\\]/.test(value)) reasons.push('characters');
  }
  const producer = fields.get('ContentProducer');
  if (producer) reasons.push(...checkProducerCode(producer).reasons.map((r) => `producer-${r}`));
  return reasons;
}

/** Whether a reserved field holds something; it may be a signature, which is not checked here. */
export function hasReserved(label: AigcLabel): boolean {
  return ['ReservedCode1', 'ReservedCode2'].some((f) => (label.fields.get(f as Field) ?? '') !== '');
}
