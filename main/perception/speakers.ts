// Who speaks when, as numbered voices? Speaker embeddings over short windows of speech, clustered by likeness; a cluster is
// a voice that sounds alike throughout, not a named person.
import { type ModelAccess, VOICE_EMBEDDING_MODEL } from '../contract/analyzer.ts';
import { reason } from '../contract/fact.ts';
import type { Speaker, SpeechSegment } from '../contract/perception.ts';
import { cosine, toUnit } from './embedding.ts';
import { SPOOL_RATE } from './sound-spool.ts';

/** Seconds of speech in one window, and from one to the next. */
const WINDOW_S = 3;
const HOP_S = 1.5;
/** A segment below this is too short to tell a voice: it takes the speaker of the nearest window. */
const LEAST_WINDOW_S = 1;
/** A voice heard for less than this in all gets no embedding. */
export const LEAST_SPEECH_S = 2;
/**
 * Mean cosine between two clusters from which they are one voice. On 24 joined recordings of 1-3 speakers of ../shared/data/voices
 * (2026-11-24, model of 4,000 steps): 20 right in number at .4 and at .35, 98 % of the speech with its own speaker; 21 and 96 % at .3.
 */
const SAME_VOICE = 0.4;
/** Beyond this many windows they are first gathered one after the other, so that clustering stays quick in long recordings. */
const DIRECT_WINDOWS = 400;
/** Cosine to the middle of a cluster from which a window is gathered into it: stricter than the joining of clusters. */
const GATHER_AT = 0.6;
const BATCH = 8;

interface Window extends SpeechSegment {
  readonly vector: Float32Array;
}

interface Cluster {
  /** Indices into the windows. */
  readonly members: number[];
  /** Sum of the members' unit vectors, by seconds. */
  readonly sum: Float32Array;
}

export interface SpeakerTools {
  readonly models: ModelAccess;
  readonly signal: AbortSignal;
  /** Samples of a span of the recording. */
  readonly read: (from: number, to: number) => Promise<Float32Array>;
  readonly progress: (fraction: number) => void;
}

/** Speakers in order of first speech. Without the embedding model all speech is one speaker's, which the reason says. */
export async function speakersOf(segments: readonly SpeechSegment[], tools: SpeakerTools): Promise<Speaker[]> {
  if (segments.length === 0) return [];
  if (!tools.models.has(VOICE_EMBEDDING_MODEL)) {
    return [speaker(1, segments, null, reason('model-missing', { model: VOICE_EMBEDDING_MODEL }))];
  }
  const windows = await embedWindows(segments, tools);
  if (windows.length === 0) return [speaker(1, segments, null, tooShort(segments))];
  const clusters = cluster(windows);
  const owner = new Map(clusters.flatMap(({ members }, n) => members.map((m) => [windows[m]!, n] as const)));
  const turns = clusters.map((): SpeechSegment[] => []);
  for (const segment of segments) {
    for (const { turn, of } of turnsWithin(segment, windows, owner)) turns[of]!.push(turn);
  }
  return clusters
    .map(({ sum }, n) => ({ sum, turns: turns[n]! }))
    .filter((voice) => voice.turns.length > 0)
    .sort((p, q) => p.turns[0]!.fromS - q.turns[0]!.fromS)
    .map((voice, n) => {
      const enough = secondsOf(voice.turns) >= LEAST_SPEECH_S;
      return speaker(n + 1, voice.turns, enough ? toUnit(voice.sum) : null, enough ? null : tooShort(voice.turns));
    });
}

function speaker(
  number: number,
  turns: readonly SpeechSegment[],
  embedding: Float32Array | null,
  embeddingReason: Speaker['embeddingReason'],
): Speaker {
  return { id: `speaker:${number}`, turns, speechS: secondsOf(turns), embedding, embeddingReason };
}

function tooShort(turns: readonly SpeechSegment[]) {
  return reason('speech-too-short', { seconds: Math.round(secondsOf(turns) * 10) / 10, least: LEAST_SPEECH_S });
}

export function secondsOf(segments: readonly SpeechSegment[]): number {
  return segments.reduce((sum, { fromS, toS }) => sum + toS - fromS, 0);
}

/** Windows of one segment: 3 s every 1.5 s, the last ending with the segment; a shorter segment is one window. */
export function windowsOf({ fromS, toS }: SpeechSegment): SpeechSegment[] {
  const length = toS - fromS;
  if (length < LEAST_WINDOW_S) return [];
  if (length <= WINDOW_S) return [{ fromS, toS }];
  const count = Math.ceil((length - WINDOW_S) / HOP_S) + 1;
  const hop = (length - WINDOW_S) / (count - 1);
  return Array.from({ length: count }, (_, i) => ({ fromS: fromS + i * hop, toS: fromS + i * hop + WINDOW_S }));
}

async function embedWindows(
  segments: readonly SpeechSegment[],
  { models, signal, read, progress }: SpeakerTools,
): Promise<Window[]> {
  const spans = segments.flatMap(windowsOf);
  const windows: Window[] = [];
  for (let first = 0; first < spans.length; ) {
    signal.throwIfAborted();
    const length = samplesOf(spans[first]!);
    let last = first + 1;
    while (last < spans.length && last - first < BATCH && samplesOf(spans[last]!) === length) last++;
    const batch = spans.slice(first, last);
    const audio = new Float32Array(batch.length * length);
    for (const [n, span] of batch.entries()) {
      const from = Math.round(span.fromS * SPOOL_RATE);
      audio.set(await read(from, from + length), n * length);
    }
    const { embedding } = await models.run(VOICE_EMBEDDING_MODEL, {
      audio: { data: audio, dims: [batch.length, length] },
    });
    if (!embedding) throw new Error('the speaker model gave no embedding');
    const width = embedding.data.length / batch.length;
    for (const [n, span] of batch.entries()) {
      windows.push({ ...span, vector: toUnit(embedding.data.slice(n * width, (n + 1) * width)) });
    }
    first = last;
    progress(first / spans.length);
  }
  return windows;
}

function samplesOf({ fromS, toS }: SpeechSegment): number {
  return Math.round((toS - fromS) * SPOOL_RATE);
}

/** Average-link agglomeration: the two most alike clusters are joined until none are alike enough. */
function cluster(windows: readonly Window[]): Cluster[] {
  let clusters = windows.length <= DIRECT_WINDOWS ? windows.map((w, i) => clusterOf(w, i)) : gathered(windows);
  let partners = clusters.map((c) => partnerOf(c, clusters));
  for (;;) {
    const at = partners.reduce((best, p, i) => (p.alike > partners[best]!.alike ? i : best), 0);
    const kept = clusters[at];
    const joined = partners[at]?.other;
    if (!kept || !joined || partners[at]!.alike <= SAME_VOICE) return clusters;
    merge(kept, joined);
    const stale = partners.map(({ other }, i) => clusters[i] === kept || other === kept || other === joined);
    const alive = [...clusters.keys()].filter((i) => clusters[i] !== joined);
    const rest = alive.map((i) => clusters[i]!);
    partners = alive.map((i) => {
      const partner = stale[i] ? partnerOf(clusters[i]!, rest) : partners[i]!;
      const alike = clusters[i] === kept ? -1 : likeness(clusters[i]!, kept);
      return alike > partner.alike ? { other: kept, alike } : partner;
    });
    clusters = rest;
  }
}

/** The other cluster most like this one. */
function partnerOf(cluster: Cluster, all: readonly Cluster[]): { other: Cluster | null; alike: number } {
  let other: Cluster | null = null;
  let alike = -1;
  for (const candidate of all) {
    const value = candidate === cluster ? -1 : likeness(cluster, candidate);
    if (value > alike) {
      other = candidate;
      alike = value;
    }
  }
  return { other, alike };
}

/** One pass in order of time: each window joins the cluster whose middle it is most like, or begins one. */
function gathered(windows: readonly Window[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const [i, window] of windows.entries()) {
    let most = GATHER_AT;
    let home: Cluster | null = null;
    for (const candidate of clusters) {
      const value = cosine(candidate.sum, window.vector) / Math.sqrt(cosine(candidate.sum, candidate.sum));
      if (value > most) {
        most = value;
        home = candidate;
      }
    }
    if (home) merge(home, clusterOf(window, i));
    else clusters.push(clusterOf(window, i));
  }
  return clusters;
}

function clusterOf({ vector }: Window, index: number): Cluster {
  return { members: [index], sum: Float32Array.from(vector) };
}

function merge(into: Cluster, other: Cluster): void {
  into.members.push(...other.members);
  for (let i = 0; i < into.sum.length; i++) into.sum[i] = into.sum[i]! + other.sum[i]!;
}

/** Mean cosine over all pairs of members, one from each. */
function likeness(p: Cluster, q: Cluster): number {
  return cosine(p.sum, q.sum) / (p.members.length * q.members.length);
}

/** Cuts a segment where the speaker of its windows changes; a segment without windows takes the nearest one in time. */
function turnsWithin(
  segment: SpeechSegment,
  windows: readonly Window[],
  owner: ReadonlyMap<Window, number>,
): { turn: SpeechSegment; of: number }[] {
  const within = windows.filter((w) => w.fromS >= segment.fromS - 1e-6 && w.toS <= segment.toS + 1e-6);
  if (within.length === 0) {
    const distance = (w: Window) => Math.max(w.fromS - segment.toS, segment.fromS - w.toS);
    const nearest = windows.reduce((best, w) => (distance(w) < distance(best) ? w : best));
    return [{ turn: segment, of: owner.get(nearest)! }];
  }
  const turns: { turn: SpeechSegment; of: number }[] = [];
  let fromS = segment.fromS;
  for (const [n, window] of within.entries()) {
    const next = within[n + 1];
    const of = owner.get(window)!;
    if (next && owner.get(next) === of) continue;
    const toS = next ? (window.fromS + next.toS) / 2 : segment.toS;
    turns.push({ turn: { fromS, toS }, of });
    fromS = toS;
  }
  return turns;
}
