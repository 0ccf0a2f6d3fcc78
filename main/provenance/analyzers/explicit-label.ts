/** The label that people can see: words of GB 45438-2025 section 5 in pictures and frames, their height and the time they stay, measured by bounding box. */
import type { Analyzer, AnalyzerContext } from '../../contract/analyzer.ts';
import { type Fact, fact, type Place, reason } from '../../contract/fact.ts';
import type { OpenMedia, RgbImage } from '../../contract/media.ts';
import { evidence } from '../../contract/outcome.ts';
import type { Box } from '../../contract/perception.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { DETECTOR, detectText, type TextBox } from '../text/detect.ts';
import { alphabetOf, CHARACTERS, READER, readLine } from '../text/read.ts';
import { tighten } from '../text/tighten.ts';
import { personalInformation, vendorOf, type Wording, withoutNumbers, wordingOf } from '../text/wording.ts';

export const explicitLabelAnalyzer: Analyzer = {
  id: 'provenance-explicit-label',
  version: ANALYZER_VERSIONS['provenance-explicit-label'],
  needs: [],
  looksAtPicture: true,
  models: [DETECTOR, READER, CHARACTERS],
  timeLimitS: 180,
  appliesTo: (info) =>
    info.kind === 'image' || (info.kind === 'video' && info.video.length > 0) ? null : reason('text-no-picture'),
  leftOutOfQuickPass: () => reason('text-quick-pass'),
  async run({ media }, context) {
    const alphabet = alphabetOf(await context.models.bytes(CHARACTERS));
    const seen =
      media.info.kind === 'image'
        ? [await look(await media.picture(context.signal), 0, alphabet, context)]
        : await lookAtVideo(media, alphabet, context);
    return [
      evidence(media.info.kind === 'image' ? 'picture' : 'file', {
        facts: factsOf(seen, media.info.durationS),
        examined: [media.info.kind === 'image' ? 'picture-text' : 'frame-text'],
      }),
    ];
  },
};

interface Found {
  readonly text: string;
  readonly box: Box;
  readonly wording: Wording | null;
  readonly vendor: string | null;
}

interface Looked {
  readonly timeS: number;
  readonly shorterSide: number;
  readonly lines: number;
  readonly found: readonly Found[];
  readonly personal: readonly string[];
}

/** Lines read of one picture; labels stand at edges and corners, so those come first. */
const MOST_LINES = 40;
const LEAST_SCORE = 0.6;

async function look(
  image: RgbImage,
  timeS: number,
  alphabet: readonly string[],
  context: AnalyzerContext,
): Promise<Looked> {
  const boxes = await detectText(context.models, image);
  const ordered = boxes.toSorted((a, b) => toEdge(a, image) - toEdge(b, image)).slice(0, MOST_LINES);
  const found: Found[] = [];
  const texts: string[] = [];
  for (const box of ordered) {
    context.signal.throwIfAborted();
    const line = await readLine(context.models, image, box, alphabet);
    if (!line || line.score < LEAST_SCORE || line.text === '') continue;
    texts.push(line.text);
    const [wording, vendor] = [wordingOf(line.text), vendorOf(line.text)];
    if (wording || vendor) found.push({ text: line.text, box: tighten(image, box), wording, vendor });
  }
  return {
    timeS,
    shorterSide: Math.min(image.width, image.height),
    lines: boxes.length,
    found,
    personal: personalInformation(texts),
  };
}

/** Distance of the box from the nearest edge as a share of the shorter side. */
function toEdge(box: TextBox, image: RgbImage): number {
  return (
    Math.min(box.x, box.y, image.width - box.x - box.w, image.height - box.y - box.h) /
    Math.min(image.width, image.height)
  );
}

/** Seconds at each end that are looked at closely, and how closely. */
const END_S = 3;
const END_FPS = 2;
/** Frames looked at in between. */
const BETWEEN = 10;
const MAX_SIDE = 1280;

async function lookAtVideo(media: OpenMedia, alphabet: readonly string[], context: AnalyzerContext): Promise<Looked[]> {
  const duration = media.info.durationS ?? END_S;
  const spans: { fromS: number; toS: number; fps: number }[] = [
    { fromS: 0, toS: Math.min(duration, END_S), fps: END_FPS },
  ];
  if (duration > 2 * END_S)
    spans.push({ fromS: END_S, toS: duration - END_S, fps: Math.min(1, BETWEEN / (duration - 2 * END_S)) });
  if (duration > END_S) spans.push({ fromS: Math.max(END_S, duration - END_S), toS: duration, fps: END_FPS });
  const seen: Looked[] = [];
  for (const span of spans) {
    for await (const frame of media.frames({ ...span, maxSide: MAX_SIDE, signal: context.signal })) {
      if (seen.some((l) => Math.abs(l.timeS - frame.timeS) < 1e-3)) continue;
      seen.push(await look(frame.image, frame.timeS, alphabet, context));
      context.progress(Math.min(1, frame.timeS / Math.max(duration, 1e-3)));
    }
  }
  return seen;
}

/** GB 45438-2025 section 5: height at least one twentieth of the shorter side; in videos at least two seconds. */
const HEIGHT_RULE = 0.05;
/** Measured heights of drawn letters fall up to a tenth short; which height the standard means is open (../shared/law/aigc-label.md section 4). */
const HEIGHT_TOLERANCE = 0.1;
const DURATION_RULE_S = 2;

function factsOf(seen: readonly Looked[], durationS: number | null): Fact[] {
  const facts: Fact[] = [
    fact(
      'label.textLines',
      seen.reduce((n, l) => n + l.lines, 0),
    ),
  ];
  const told = new Set<string>();
  for (const l of seen) {
    for (const f of l.found) {
      const key = `${f.wording ?? ''} ${f.vendor ?? ''}`;
      if (told.has(key)) continue;
      told.add(key);
      const at = durationS === null ? pixels(f.box) : { from: l.timeS, to: l.timeS, box: pixels(f.box) };
      facts.push(
        ...(f.wording
          ? labelFacts(f, l, at)
          : [fact('label.vendorMark', f.vendor!, { strength: 'S0', says: 'generated', at })]),
      );
    }
  }
  if (durationS !== null && seen.some((l) => l.found.some((f) => f.wording)))
    facts.push(...durationFacts(seen, durationS));
  const personal = [...new Set(seen.flatMap((l) => l.personal))];
  if (personal.length > 0) facts.push(fact('label.personalInformation', personal));
  return facts;
}

function labelFacts(found: Found, looked: Looked, at: Place): Fact[] {
  const share = Math.min(found.box.h, found.box.w) / looked.shorterSide;
  return [
    fact('label.explicitText', withoutNumbers(found.text).slice(0, 80), { strength: 'S1', says: 'generated', at }),
    fact('label.explicitWording', found.wording!, { at }),
    fact('label.explicitHeight', Math.round(share * 1000) / 1000, { unit: 'of the shorter side', at }),
    fact(
      'label.heightRule',
      share >= HEIGHT_RULE ? 'met' : share >= HEIGHT_RULE * (1 - HEIGHT_TOLERANCE) ? 'about' : 'below',
      { at },
    ),
    ...(found.vendor ? [fact('label.vendorMark', found.vendor, { strength: 'S0', says: 'generated', at })] : []),
  ];
}

function pixels(box: Box): { x: number; y: number; w: number; h: number } {
  return { x: Math.round(box.x), y: Math.round(box.y), w: Math.round(box.w), h: Math.round(box.h) };
}

/** The longest run of looked-at frames that all show a label; what lies between two of them was not looked at. */
function durationFacts(seen: readonly Looked[], durationS: number): Fact[] {
  const ordered = seen.toSorted((a, b) => a.timeS - b.timeS);
  let best: readonly [number, number] = [0, 0];
  let from: number | null = null;
  for (const [i, l] of ordered.entries()) {
    const shows = l.found.some((f) => f.wording);
    if (shows) from ??= l.timeS;
    const next = ordered[i + 1]?.timeS ?? durationS;
    if (shows && from !== null && next - from > best[1] - best[0]) best = [from, next];
    if (!shows) from = null;
  }
  const seconds = Math.round((best[1] - best[0]) * 10) / 10;
  const at = { from: best[0], to: best[1] };
  return [
    fact('label.visibleSeconds', seconds, { unit: 's', at }),
    fact('label.durationRule', seconds >= DURATION_RULE_S ? 'met' : 'below', { at }),
    fact('label.inFirstFrame', ordered[0]?.found.some((f) => f.wording) === true, { at }),
  ];
}
