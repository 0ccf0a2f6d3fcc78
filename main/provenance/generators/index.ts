/** Every statement a generator left in a file's texts. Structures are asked, never words: a comment that names a tool is no statement of it. */
import type { Metadata } from '../metadata.ts';
import type { Survey } from '../survey.ts';
import { readComfy } from './comfy.ts';
import { readJsonTool } from './json-tools.ts';
import { readParameters } from './parameters.ts';
import { type Candidate, candidates, type GeneratorRecord } from './record.ts';
import { readVendors } from './vendors.ts';

export type { GeneratorRecord } from './record.ts';

const MAX_RECORDS = 32;
/** Free comments of the container in which words mean nothing. */
const PLAIN = new Set(['comment@jpeg-comment']);

export function readGenerators(survey: Survey, metadata: Metadata): GeneratorRecord[] {
  const plain = new Set(survey.texts.filter((t) => PLAIN.has(`${t.key}@${t.place}`)).map((t) => t.at.offset));
  const texts = candidates(survey, metadata);
  const records = readVendors(survey, metadata, texts);
  for (const candidate of texts) {
    if (records.length >= MAX_RECORDS) break;
    // A JPEG comment is read for JSON shapes only (ComfyUI savers use it), not for A1111's loose text.
    records.push(...(plain.has(candidate.at.offset) ? readJson(candidate) : readText(candidate)));
  }
  return records;
}

/** The record of one text, or none. */
export function readText(candidate: Candidate): GeneratorRecord[] {
  const json = readJson(candidate);
  if (json.length > 0) return json;
  const parameters = readParameters(candidate);
  return parameters ? [parameters] : [];
}

function readJson(candidate: Candidate): GeneratorRecord[] {
  const record = readComfy(candidate) ?? readJsonTool(candidate);
  return record ? [record] : [];
}
