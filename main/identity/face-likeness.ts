// How alike is each face of the item to each person of the case? One outcome a pair. It tells resemblance only: a swapped
// or generated face of the person resembles too, and whether two faces are one person's is not decided here.
import { type Analyzer, FACE_EMBEDDING_MODEL, type ReferencePerson } from '../contract/analyzer.ts';
import { type Fact, fact, reason } from '../contract/fact.ts';
import { type AnalyzerOutcome, abstained, evidence, notApplicable } from '../contract/outcome.ts';
import type { FaceObservation, FaceTrack } from '../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { falseMatchFacts } from './calibration.ts';
import { compare, gapOf, spreadOf } from './comparison.ts';
import { whyNotComparable } from './quality.ts';

export const faceLikeness: Analyzer = {
  id: 'face-likeness',
  version: ANALYZER_VERSIONS['face-likeness'],
  needs: ['faces'],
  models: [FACE_EMBEDDING_MODEL],
  timeLimitS: 60,
  appliesTo: ({ kind }) => (kind === 'image' || kind === 'video' ? null : reason('no-picture')),
  async run({ faces }, { references }) {
    const tracks = faces?.tracks ?? [];
    if (tracks.length === 0) return [notApplicable('file', reason('no-face'))];
    const people = references.filter((person) => person.faces.length + person.madeOtherwise.faces > 0);
    if (people.length === 0) return [notApplicable('file', reason('no-reference'))];
    return tracks.flatMap((track) => people.map((person) => outcomeOf(track, person)));
  },
};

function outcomeOf(track: FaceTrack, person: ReferencePerson): AnalyzerOutcome {
  const details = {
    reference: person.name,
    examined: [
      `observations:${track.observations.length}`,
      `samples:${person.faces.length}`,
      `madeOtherwise:${person.madeOtherwise.faces}`,
    ],
  };
  if (person.faces.length === 0)
    return abstained(track.id, reason('samples-made-otherwise', { count: person.madeOtherwise.faces }), details);
  const why = track.embedding ? whyNotComparable(track.observations) : track.embeddingReason;
  if (why || !track.embedding) return abstained(track.id, why ?? reason('face-too-small'), details);
  const { similarity, samples } = compare(track.embedding, person.faces);
  const spread = spreadOf(person.faces);
  const gap = gapOf(track.embedding, person.faces);
  const facts: Fact[] = [
    fact('likeness.similarity', similarity, { unit: 'cosine', at: { from: track.fromS, to: track.toS } }),
    ...falseMatchFacts(FACE_EMBEDDING_MODEL, similarity),
    fact('likeness.samples', samples, { unit: 'count' }),
    ...(spread ? [fact('likeness.ownSpread', spread, { unit: 'cosine' })] : []),
    ...(gap === null ? [] : [fact('likeness.ownGap', gap, { unit: 'cosine' })]),
    ...gapFacts(track.observations, person.faces),
    ...frameFacts(track.observations, person.faces),
  ];
  return evidence(track.id, { ...details, rawScore: similarity, facts });
}

/** Least, middle and greatest gap of the looks that were embedded one by one: whether the face lies outside throughout or in a part of the track. */
function gapFacts(observations: readonly FaceObservation[], samples: readonly Float32Array[]): Fact[] {
  const gaps = observations
    .flatMap(({ embedding }) => (embedding ? (gapOf(embedding, samples) ?? []) : []))
    .sort((p, q) => p - q);
  if (gaps.length < 2) return [];
  return [fact('likeness.gapOverTrack', [gaps[0]!, gaps[gaps.length >> 1]!, gaps.at(-1)!], { unit: 'cosine' })];
}

/** The most alike, the middle and the least alike of the looks that were embedded one by one; none with a single look. */
function frameFacts(observations: readonly FaceObservation[], samples: readonly Float32Array[]): Fact[] {
  const looks = observations
    .flatMap(({ embedding, timeS, box }) =>
      embedding ? [{ value: compare(embedding, samples).similarity, timeS, box }] : [],
    )
    .sort((p, q) => q.value - p.value);
  if (looks.length < 2) return [];
  const chosen = { bestFrame: looks[0]!, medianFrame: looks[looks.length >> 1]!, worstFrame: looks.at(-1)! };
  return Object.entries(chosen).map(([name, { value, timeS, box }]) =>
    fact(`likeness.${name}`, value, { unit: 'cosine', at: { from: timeS, to: timeS, box: { ...box } } }),
  );
}
