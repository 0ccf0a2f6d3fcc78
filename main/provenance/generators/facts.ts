/** A generator's record as facts under the ids of FACTS.md. */
import { type Fact, fact } from '../../contract/fact.ts';
import { place } from '../metadata.ts';
import type { GeneratorRecord } from './record.ts';

const LONGEST = 8000;
const MOST = 32;

/** `speaks`: false for a further record of the same tool in the same file (graph and drawing), which supports nothing more than the first. */
export function generatorFacts(record: GeneratorRecord, speaks = true): Fact[] {
  const { strength } = record;
  const says = speaks ? record.says : null;
  const at = place(record.at);
  const facts = [fact('generator.name', record.name, { strength, says, at })];
  const one = (id: string, value: string | null | undefined) => {
    // The tool's name speaks for the record; the rest is told without being counted again.
    if (value)
      facts.push(
        fact(id, value.slice(0, LONGEST), { strength, at, says: id === 'generator.faceSwapNode' ? says : null }),
      );
  };
  const many = (id: string, values: readonly string[] | undefined) => {
    for (const value of (values ?? []).slice(0, MOST)) one(id, value);
  };
  one('generator.version', record.version);
  many('generator.model', record.models);
  one('generator.prompt', record.prompt);
  one('generator.negativePrompt', record.negativePrompt);
  one('generator.seed', record.seed);
  one('generator.sampler', record.sampler);
  many('generator.lora', record.loras);
  many('generator.faceSwapNode', record.faceNodes);
  many('generator.inputFile', record.inputs);
  return facts;
}
