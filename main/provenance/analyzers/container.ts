/** What the container itself tells: structure, encoder, what stands behind its end, and which kind of copy it is. */
import type { Analyzer } from '../../contract/analyzer.ts';
import { type Fact, fact, LIVE_PHOTO_FACT } from '../../contract/fact.ts';
import type { MediaInfo, RangedSource } from '../../contract/media.ts';
import { evidence } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { completeness, livePhotoHalf } from '../../media/index.ts';
import { ByteWindow } from '../bytes/window.ts';
import { surveyOf } from '../containers/index.ts';
import { zipDirectory } from '../containers/trailing.ts';
import { judgeCopy } from '../copy-kind.ts';
import { ijgQuality, quantisationName } from '../jpeg-quality.ts';
import { metadataOf, place } from '../metadata.ts';
import type { Says } from '../says.ts';
import type { Survey, TextEntry } from '../survey.ts';

export const containerAnalyzer: Analyzer = {
  id: 'provenance-container',
  version: ANALYZER_VERSIONS['provenance-container'],
  needs: [],
  models: [],
  timeLimitS: 30,
  appliesTo: () => null,
  async run({ media }, { signal }) {
    const survey = await surveyOf(media.source, signal);
    const metadata = await metadataOf(survey);
    const copy = judgeCopy(survey, metadata);
    const messenger = copy.messenger
      ? [fact('copy.messenger', copy.messenger, { strength: 'S0', says: says('copied') })]
      : [];
    const facts = [
      fact('container.format', survey.format),
      ...encoders(survey),
      ...jpegFacts(survey),
      ...pngFacts(survey),
      ...bmffFacts(survey),
      ...(await livePhotoFacts(media.source)),
      ...(media.info.audio.length > 1
        ? [fact('container.soundTracks', media.info.audio.length, { strength: 'S0' })]
        : []),
      ...(media.info.video.length > 1
        ? [fact('container.filmStreams', media.info.video.length, { strength: 'S0' })]
        : []),
      ...(media.info.covers ? [fact('container.coverPictures', media.info.covers, { strength: 'S0' })] : []),
      ...media.info.video.flatMap(({ highRange }) =>
        highRange ? [fact('container.highRange', highRange, { strength: 'S0' })] : [],
      ),
      ...pieces(media.info),
      ...(await integrity(survey, media.source, media.info)),
      fact('copy.kind', copy.kind, { strength: 'S0', says: COPY_SAYS.get(copy.kind) ?? null }),
      ...copy.because.map((code) => fact('copy.because', code)),
      ...messenger,
    ];
    return [evidence('file', { facts, examined: examined(survey) })];
  },
};

function says(value: Says): Says {
  return value;
}

const COPY_SAYS: ReadonlyMap<string, Says> = new Map<string, Says>([
  ['camera original', 'captured'],
  ['messenger copy', 'copied'],
  ['editor export', 'edited'],
  ['library re-encode', 'copied'],
  ['screen capture', 'copied'],
]);

function examined(survey: Survey): string[] {
  const places = ['container-structure', 'encoder-tags'];
  if (survey.end !== null) places.push('bytes-after-the-end');
  return places;
}

/** Keys under which writers name themselves, in lower case, by place. */
const ENCODER_KEYS = new Map<TextEntry['place'], ReadonlySet<string>>([
  ['riff-info', new Set(['isft'])],
  ['id3', new Set(['tsse', 'tenc', 'tss', 'ten'])],
  ['id3-user', new Set(['encoder', 'software'])],
  ['mp4-item', new Set(['\xa9too', '\xa9enc', '\xa9swr'])],
  ['mp4-udta', new Set(['\xa9too', '\xa9swr', '\xa9enc'])],
  ['mp4-keys', new Set(['encoder', 'com.android.version', 'com.apple.quicktime.software', 'software'])],
  ['mp4-freeform', new Set(['encoder', 'tool'])],
  ['matroska-info', new Set(['writingapp', 'muxingapp'])],
  ['matroska-tag', new Set(['encoder'])],
  ['flv-script', new Set(['encoder', 'metadatacreator', 'creator'])],
  ['vorbis-comment', new Set(['vendor', 'encoder'])],
  ['mpeg-header', new Set(['encoder'])],
  ['h264-sei', new Set(['encoder'])],
  ['pdf-info', new Set(['creator', 'producer'])],
  ['ape', new Set(['encoder'])],
  ['png-text', new Set(['software'])],
]);

function encoders(survey: Survey): Fact[] {
  return survey.texts
    .filter((t) => ENCODER_KEYS.get(t.place)?.has(t.key.toLowerCase()))
    .map((t) => fact('container.encoder', t.value.slice(0, 300), { strength: 'S1', at: place(t.at) }));
}

function jpegFacts({ jpeg }: Survey): Fact[] {
  if (!jpeg) return [];
  const at = jpeg.tables[0] ? place(jpeg.tables[0].at) : null;
  const facts = [fact('jpeg.markers', jpeg.markers.join(' '), { strength: 'S0' })];
  const quality = ijgQuality(jpeg.tables);
  if (quality !== null) facts.push(fact('jpeg.ijgQuality', quality, { strength: 'S0', at }));
  const name = quantisationName(jpeg.tables);
  if (name !== null) facts.push(fact('jpeg.quantisationSha8', name, { strength: 'S0', at }));
  if (jpeg.frame) {
    facts.push(fact('jpeg.startOfFrame', jpeg.frame.marker, { strength: 'S0', at: place(jpeg.frame.at) }));
    facts.push(fact('jpeg.sampling', [...jpeg.frame.sampling], { strength: 'S0', at: place(jpeg.frame.at) }));
    facts.push(fact('jpeg.size', [jpeg.frame.width, jpeg.frame.height], { unit: 'px', at: place(jpeg.frame.at) }));
  }
  if (jpeg.huffman) facts.push(fact('jpeg.huffmanTables', jpeg.huffman, { strength: 'S0' }));
  if (jpeg.jfif)
    facts.push(
      fact('jpeg.jfif', `${jpeg.jfif.version} ${jpeg.jfif.units} ${jpeg.jfif.density.join('x')}`, { strength: 'S0' }),
    );
  if (jpeg.scans > 0) facts.push(fact('jpeg.scans', jpeg.scans, { strength: 'S0' }));
  return facts;
}

/** Chunk names once each in order, as a writer's handwriting. */
const MAX_NAMES = 64;

function pngFacts({ png, parts, texts }: Survey): Fact[] {
  if (!png) return [];
  const names = parts.map((p) => p.name).filter((n, i, all) => n !== all[i - 1]);
  const facts = [fact('png.chunks', names.slice(0, MAX_NAMES).join(' '), { strength: 'S0' })];
  for (const entry of texts.slice(0, MAX_NAMES))
    if (entry.place === 'png-text') facts.push(fact('png.textKey', entry.key, { strength: 'S0', at: place(entry.at) }));
  if (png.textsAfterPicture > 0) facts.push(fact('png.textsAfterPicture', png.textsAfterPicture, { strength: 'S0' }));
  return facts;
}

/** Seconds between 1904-01-01, the epoch of QuickTime, and 1970-01-01. */
const QUICKTIME_EPOCH_S = 2_082_844_800;

function bmffFacts({ bmff, parts }: Survey): Fact[] {
  if (!bmff) return [];
  const at = bmff.brandsAt ? place(bmff.brandsAt) : null;
  const facts = [
    fact(
      'mp4.topBoxes',
      parts.slice(0, 256).map((p) => p.name),
      { strength: 'S0' },
    ),
  ];
  if (bmff.majorBrand !== null) facts.push(fact('mp4.majorBrand', bmff.majorBrand, { strength: 'S0', at }));
  if (bmff.compatibleBrands.length > 0)
    facts.push(fact('mp4.compatibleBrands', [...bmff.compatibleBrands], { strength: 'S0', at }));
  for (const [id, seconds] of [
    ['mp4.created', bmff.created],
    ['mp4.modified', bmff.modified],
  ] as const)
    if (seconds > 0) facts.push(fact(id, isoTime(seconds), { strength: 'S1' }));
  for (const track of bmff.tracks) {
    const trackAt = place(track.at);
    for (const name of track.handlerNames) facts.push(fact('mp4.handlerName', name, { strength: 'S0', at: trackAt }));
    if (track.compressorName)
      facts.push(fact('mp4.compressorName', track.compressorName, { strength: 'S0', at: trackAt }));
    if (track.codec) facts.push(fact('mp4.codec', track.codec, { at: trackAt }));
    if (track.editList.length > 0)
      facts.push(
        fact(
          'mp4.editList',
          track.editList.flatMap((e) => [e.duration, e.mediaTime]),
          { strength: 'S0', at: trackAt },
        ),
      );
    const rhythm = keyFrameRhythm(track.syncDistances);
    if (rhythm) facts.push(fact('mp4.keyFrameDistance', rhythm, { unit: 'frames', strength: 'S0', at: trackAt }));
  }
  return facts;
}

function isoTime(seconds: number): string {
  const date = new Date((seconds - QUICKTIME_EPOCH_S) * 1000);
  return Number.isFinite(date.getTime()) ? date.toISOString() : 'invalid';
}

/** Smallest, median and largest distance between key frames. */
function keyFrameRhythm(distances: readonly number[] | null): number[] | null {
  if (!distances || distances.length === 0) return null;
  const sorted = distances.toSorted((a, b) => a - b);
  return [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
}

/** The identifier that a live photo's picture and film share; the case pairs them by it. */
async function livePhotoFacts(source: RangedSource): Promise<Fact[]> {
  const half = await livePhotoHalf(source);
  if (!half) return [];
  const { identifier, offset, length } = half;
  return [fact(LIVE_PHOTO_FACT, identifier, { strength: 'S1', at: { offset, length } })];
}

/** Restarts of the clock that are named one by one. */
const MAX_RESTARTS = 64;

/** Streams that were put one behind the other, by the clock of the file, which starts again in each, or by a second beginning. */
function pieces({ restartsS = [], unreadFrom }: MediaInfo): Fact[] {
  return [
    ...(restartsS.length > 0 ? [fact('container.clockRestarts', restartsS.length, { strength: 'S0' })] : []),
    ...restartsS
      .slice(0, MAX_RESTARTS)
      .map((at) => fact('container.clockRestart', at, { unit: 's', strength: 'S0', at: { from: at, to: at } })),
    ...(unreadFrom === undefined
      ? []
      : [fact('container.furtherPiece', unreadFrom, { strength: 'S0', at: { offset: unreadFrom, length: 13 } })]),
  ];
}

/** Problem codes that mean the file ends before its own structure does. */
async function integrity(survey: Survey, source: RangedSource, { claimedType, mediaType }: MediaInfo): Promise<Fact[]> {
  const facts: Fact[] = [];
  if (survey.end !== null && survey.end < survey.size) {
    const length = survey.size - survey.end;
    facts.push(
      fact('integrity.trailingBytes', length, { unit: 'bytes', strength: 'S0', at: { offset: survey.end, length } }),
    );
  }
  for (const file of survey.embedded)
    facts.push(fact('integrity.embeddedFile', file.mediaType, { strength: 'S0', at: place(file) }));
  for (const problem of survey.problems) {
    const at = problem.at ? place(problem.at) : null;
    if (problem.code === 'truncated') facts.push(fact('integrity.truncated', true, { strength: 'S0', at }));
    else facts.push(fact('integrity.problem', problem.code, { strength: 'S0', at }));
  }
  if (!survey.problems.some((p) => p.code === 'truncated') && (await completeness(source, mediaType)) === 'truncated')
    facts.push(fact('integrity.truncated', true, { strength: 'S0', at: { offset: source.size, length: 0 } }));
  if (claimedType !== null) facts.push(fact('integrity.typeMismatch', claimedType, { strength: 'S0' }));
  const archive = survey.format === 'unknown' ? null : await zipDirectory(new ByteWindow(source));
  if (archive !== null)
    facts.push(fact('integrity.polyglot', 'application/zip', { strength: 'S0', at: { offset: archive, length: 22 } }));
  return facts;
}
