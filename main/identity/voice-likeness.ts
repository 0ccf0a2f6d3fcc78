// How alike is each voice of the item to each person of the case? One outcome a pair. A clone of the voice resembles too:
// resemblance says nothing of who spoke.
import { type Analyzer, type ReferencePerson, VOICE_EMBEDDING_MODEL } from '../contract/analyzer.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { Speaker } from '../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { falseMatchFacts } from './calibration.ts';
import { compare, gapOf, spreadOf } from './comparison.ts';

export const voiceLikeness: Analyzer = {
  id: 'voice-likeness',
  version: ANALYZER_VERSIONS['voice-likeness'],
  needs: ['voices'],
  models: [VOICE_EMBEDDING_MODEL],
  timeLimitS: 60,
  appliesTo: ({ audio }) => (audio.length > 0 ? null : reason('no-sound')),
  async run({ voices }, { references }) {
    const speakers = voices?.speakers ?? [];
    if (speakers.length === 0) return [notApplicable('file', reason('no-speech'))];
    const people = references.filter((person) => person.voices.length + person.madeOtherwise.voices > 0);
    if (people.length === 0) return [notApplicable('file', reason('no-reference'))];
    return speakers.flatMap((speaker) => people.map((person) => outcomeOf(speaker, person)));
  },
};

function outcomeOf(
  { id, turns, speechS, embedding, embeddingReason }: Speaker,
  person: ReferencePerson,
): AnalyzerOutcome {
  const details = {
    reference: person.name,
    examined: [
      `turns:${turns.length}`,
      `samples:${person.voices.length}`,
      `madeOtherwise:${person.madeOtherwise.voices}`,
    ],
  };
  if (person.voices.length === 0)
    return abstained(id, reason('samples-made-otherwise', { count: person.madeOtherwise.voices }), details);
  if (!embedding) return abstained(id, embeddingReason ?? reason('speech-too-short'), details);
  const { similarity, samples } = compare(embedding, person.voices);
  const spread = spreadOf(person.voices);
  const gap = gapOf(embedding, person.voices);
  const facts: Fact[] = [
    fact('likeness.similarity', similarity, { unit: 'cosine', at: { from: turns[0]!.fromS, to: turns.at(-1)!.toS } }),
    ...falseMatchFacts(VOICE_EMBEDDING_MODEL, similarity),
    fact('likeness.samples', samples, { unit: 'count' }),
    fact('likeness.speechSeconds', speechS, { unit: 's' }),
    ...(spread ? [fact('likeness.ownSpread', spread, { unit: 'cosine' })] : []),
    ...(gap === null ? [] : [fact('likeness.ownGap', gap, { unit: 'cosine' })]),
  ];
  return evidence(id, { ...details, rawScore: similarity, facts });
}
