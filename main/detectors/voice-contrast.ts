/**
 * Does one stretch of a speaker's words differ from the rest of the same speaker's, as a clone spliced into a real recording would? A fact
 * with its place and no likelihood ratio: what it tells is in models/synthetic-voice/card.md.
 */
import type { AnalyzerContext } from '../contract/analyzer.ts';
import { type Fact, fact } from '../contract/fact.ts';
import type { SpeechSegment, Voices } from '../contract/perception.ts';
import { contrastOf } from './contrast.ts';
import { scoreWindows, windowsOf } from './voice-windows.ts';

/** Seconds of a window, and from one to the next: those of splices.py. Windows of 1 s lost their power under Opus. */
const WINDOW_S = 2;
const HOP_S = 1;
/** Windows at most, an hour of speech: the rest of a longer recording is not searched, and the count says so. */
const MOST_WINDOWS = 3600;

export async function contrastFacts(
  turns: readonly SpeechSegment[],
  voices: Voices,
  context: AnalyzerContext,
): Promise<Fact[]> {
  const windows = windowsOf(turns, WINDOW_S, HOP_S).slice(0, MOST_WINDOWS);
  const scored = await scoreWindows(windows, WINDOW_S, voices, context);
  const contrast = contrastOf(scored.map((w) => w.score));
  if (contrast === null) return [];
  const at = { from: scored[contrast.first]!.fromS, to: scored[contrast.last]!.toS };
  return [
    fact('voice.contrast', contrast.value, { at }),
    fact('voice.contrast.windows', scored.length, { unit: 'count' }),
  ];
}
