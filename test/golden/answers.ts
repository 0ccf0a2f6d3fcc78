/**
 * What each analyzer answers to files drawn here, as digests beside its version: an answer that changed under the same version shows as a
 * difference, so that nobody changes what a stored answer of that version means. `npm run answers` writes them anew, and refuses where the
 * version was not raised.
 *
 * Only what comes out alike on every machine: the readers of origin and what is computed without a network, its figures to four digits.
 * Scores of networks are not: their weights stand in the record by digest, and `parity.json` beside each model holds its arithmetic. What
 * their scores are worth is: a detector whose calibration was fitted anew answers otherwise. So do the rules that make findings, and what of
 * the search for faces and voices needs no network.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import type { Analyzer, AnalyzerInput, ReferencePerson } from '../../main/contract/analyzer.ts';
import { canonicalJson } from '../../main/contract/canonical-json.ts';
import type { FilmPacket, OpenMedia } from '../../main/contract/media.ts';
import type { Outcome } from '../../main/contract/outcome.ts';
import { type Faces, LIP_MEASURES, type Voices } from '../../main/contract/perception.ts';
import { ANALYZER_VERSIONS, AROUND_VERSIONS } from '../../main/contract/versions.ts';
import { OVAL } from '../../main/detectors/face-geometry.ts';
import { faceTemporal } from '../../main/detectors/face-temporal.ts';
import { LIP_MODEL, lipSynchrony } from '../../main/detectors/lip-synchrony.ts';
import { filmRecoding, sceneHash } from '../../main/forensics/index.ts';
import { calibrateAll } from '../../main/fusion/calibrate.ts';
import { fuse } from '../../main/fusion/fuse.ts';
import { faceLikeness, voiceLikeness } from '../../main/identity/index.ts';
import { MODELS_FOLDER } from '../../main/jobs/installation.ts';
import { cutFace, qualityOf } from '../../main/perception/face.ts';
import { Shots } from '../../main/perception/shots.ts';
import { windowsOf } from '../../main/perception/speakers.ts';
import { segmentsOf } from '../../main/perception/speech.ts';
import { Tracker } from '../../main/perception/tracker.ts';
import { memorySource } from '../../main/provenance/bytes/window.ts';
import { WARM_UP } from '../../main/provenance/c2pa/warm-up.ts';
import { C2paReader, createProvenanceAnalyzers } from '../../main/provenance/index.ts';
import { OUTCOMES } from '../fixtures/report-record.ts';
import { babble, context, noise, observation, PICTURE, spiralMesh } from '../unit/detectors/drawn.ts';
import { calibration, NO_DOMAIN, outcome, sound } from '../unit/fusion/drawn.ts';
import { bareMedia } from '../unit/provenance/examine.ts';
import * as p from '../unit/provenance/pieces.ts';

/** Analyzer id -> its version and, by the name of what was drawn, the digest of its answer. */
export type Answers = Readonly<
  Record<string, { readonly version: string; readonly answers: Readonly<Record<string, string>> }>
>;

export const ANSWERS_FILE = path.join(import.meta.dirname, 'answers.json');

/** Reads pixels with a network: what it finds is not alike on every machine. */
const NEURAL = 'provenance-explicit-label';

const PARAMETERS =
  'a duck\nNegative prompt: rain\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42, Size: 512x512, Model: d, Version: v1.10.1';
const LABEL = '{"Label":"1","ContentProducer":"001191110102MACQD9K64010000","ProduceID":"x","ReservedCode1":""}';
const GRAPH = JSON.stringify({
  '1': { class_type: 'KSampler', inputs: { seed: 1, steps: 20, positive: ['2', 0] } },
  '2': { class_type: 'CLIPTextEncode', inputs: { text: 'a duck' } },
});
const GENERATED = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
const CAPTURED = 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture';
const sourceType = (uri: string) =>
  p.xmpPacket(
    `xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" Iptc4xmpExt:DigitalSourceType="${uri}" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Adobe Photoshop 25.0"`,
  );
const CAMERA = p.exifBlock(
  [
    [0x10f, 'Canon'],
    [0x110, 'EOS'],
    [0x131, 'Firmware 1.0'],
    [0x132, '2024:05:02 10:00:00'],
  ],
  [
    [0x9003, '2024:05:02 10:00:00'],
    [0x927c, Buffer.alloc(32, 1)],
  ],
);
const ZONES = p.exifBlock(
  [[0x132, '2024:05:02 12:00:00']],
  [
    [0x9004, '2024:05:02 11:00:00'],
    [0x9010, '+09:00'],
    [0x9011, '+08:00'],
    [0x9012, '-05:30'],
  ],
);
const SIGNED = Buffer.from(WARM_UP, 'base64');
const FILM = p.mp4File(
  p.mp4Keys([
    ['AIGC', LABEL],
    ['encoder', 'Lavf60.3.100'],
  ]),
);

/** A square of grains, with a text in the lowest bits of its alpha; stored, since packers differ. */
function hiding(text: string): Buffer {
  const side = 48;
  const random = noise(3);
  const rgba = Uint8Array.from({ length: side * side * 4 }, (_, i) => (i % 4 === 3 ? 254 : random() * 256));
  const stream = Buffer.concat([p.ascii('stealth_pnginfo'), p.be32(text.length * 8), p.ascii(text)]);
  for (let i = 0; i < stream.length * 8; i++) {
    const pixel = (i % side) * side + Math.floor(i / side);
    rgba[pixel * 4 + 3]! |= (stream[i >> 3]! >> (7 - (i & 7))) & 1;
  }
  const rows = Array.from({ length: side }, (_, y) => [0, ...rgba.subarray(y * side * 4, (y + 1) * side * 4)]).flat();
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    p.pngChunk('IHDR', Buffer.concat([p.be32(side), p.be32(side), Buffer.from([8, 6, 0, 0, 0])])),
    p.pngChunk('IDAT', deflateSync(Buffer.from(rows), { level: 0 })),
    p.pngChunk('IEND', new Uint8Array(0)),
  ]);
}

const FILES: Readonly<Record<string, Uint8Array>> = {
  'a bare JPEG': p.jpegFile(),
  'a camera': p.jpegFile(p.exifSegment(CAMERA)),
  'times with zones': p.jpegFile(p.exifSegment(ZONES)),
  'a camera and a graph': p.pngFile([p.pngChunk('eXIf', CAMERA), p.pngText('prompt', GRAPH)]),
  'a claimed capture and a label': p.pngFile([p.pngXmp(sourceType(CAPTURED)), p.pngText('AIGC', LABEL)]),
  'parameters in a PNG': p.pngFile([p.pngText('parameters', PARAMETERS)]),
  'parameters in a comment': p.jpegFile(
    p.exifSegment(p.exifBlock([], [[0x9286, Buffer.from(`ASCII\0\0\0${PARAMETERS}`)]])),
  ),
  'a stated generation in a WebP': p.webpFile(p.riffChunk('XMP ', Buffer.from(sourceType(GENERATED)))),
  'a stated generation in a HEIF': p.heifFile('heic', sourceType(GENERATED)),
  'a stated generation in a GIF': p.gifFile(p.gifXmp(sourceType(GENERATED))),
  'a label in a film': FILM,
  'half a film': FILM.subarray(0, FILM.length - 40),
  'a label in Matroska': p.webmFile(['AIGC', LABEL]),
  'a label in FLV': p.flvFile(['AIGC', LABEL]),
  'a label in MP3': p.id3File(p.txxx('AIGC', LABEL), p.id3Frame('TSSE', Buffer.from('\x03Lavf60.3.100'))),
  'a label in FLAC': p.flacFile(p.vorbisComments(['AIGC', LABEL])),
  'a label in Ogg': p.oggFile(p.vorbisComments(['AIGC', LABEL])),
  'a bare WAV': p.wavFile(p.riffChunk('LIST', Buffer.concat([p.ascii('INFOISFT'), p.le32(6), p.ascii('Lavf60')]))),
  'a PDF': p.pdfFile('<< /Producer (Writer 1.0) /CreationDate (D:20240502100000Z) >>'),
  'bytes behind a JPEG': Buffer.concat([p.jpegFile(), Buffer.alloc(300, 7)]),
  'signed credentials': SIGNED,
  'credentials of changed pixels': Buffer.from(SIGNED).fill(9, SIGNED.length - 12, SIGNED.length - 8),
  'credentials cut short': SIGNED.subarray(0, 1200),
  'a text in the lowest bits': hiding(PARAMETERS),
  'no known format': Buffer.alloc(64, 3),
};

const input = (media: OpenMedia, rest: Partial<AnalyzerInput> = {}): AnalyzerInput => ({
  media,
  sha256: '0'.repeat(64),
  faces: null,
  voices: null,
  ...rest,
});

/** Vectors in the plane, which need no sine. */
const vector = (x: number, y: number) => Float32Array.of(x / Math.hypot(x, y), y / Math.hypot(x, y));

const KNOWN: ReferencePerson = {
  id: '1',
  name: 'A',
  faces: [vector(9, 0), vector(9, 1), vector(9, 2), vector(9, 3)],
  voices: [vector(9, 0), vector(9, 2), vector(9, 4)],
  madeOtherwise: { faces: 0, voices: 0 },
};

const SIDE = 96;

/** A face of twelve looks in grain, whose points tremble and which grows brighter in every second look. */
function drawnFaces(): Faces {
  const mesh = spiralMesh(SIDE, OVAL).map((v) => Math.round(v * 16) / 16);
  const box = { x: SIDE / 4, y: SIDE / 4, w: SIDE / 2, h: SIDE / 2 };
  const observations = Array.from({ length: 12 }, (_, n) => {
    const random = noise(n + 1);
    const data = Uint8Array.from({ length: SIDE * SIDE * 3 }, () => 100 + 40 * random() + 6 * (n % 2));
    const crop = { image: { width: SIDE, height: SIDE, data }, mesh: mesh.map((v) => v + random()), box };
    return { ...observation(crop), timeS: n / 4, frameIndex: n, embedding: vector(8 + (n % 4), 3) };
  });
  const seen = { id: 'face-track:1', fromS: 0, toS: 2.75, seenWith: [], detections: 12, observations };
  return { framesExamined: 12, tracks: [{ ...seen, embedding: vector(9, 3), embeddingReason: null }] };
}

function drawnVoices(): Voices {
  const speaker = { id: 'speaker:1', turns: [{ fromS: 0, toS: 6 }], speechS: 6, embeddingReason: null };
  return {
    secondsExamined: 6,
    speakers: [{ ...speaker, embedding: vector(9, 5) }],
    read: async () => new Float32Array(0),
  };
}

const TALK = babble(6, 23);

/** Lips that open as far as the sound is loud, a tenth of a second before it. */
function drawnTalk(): Pick<AnalyzerInput, 'faces' | 'voices'> {
  const timesS = Array.from({ length: 125 }, (_, n) => n / 25);
  const loud = (t: number) => {
    const around = TALK.slice(Math.round((t + 0.1) * 16_000), Math.round((t + 0.14) * 16_000));
    return around.reduce((sum, v) => sum + Math.abs(v), 0) / 640;
  };
  const measures = Float32Array.from(timesS.flatMap((t) => LIP_MEASURES.map((_, n) => 0.3 + (n + 1) * loud(t))));
  const read = async (fromS: number, toS: number) => {
    const samples = new Float32Array(Math.round((toS - fromS) * 16_000));
    const first = Math.round(fromS * 16_000);
    return samples.map((_, n) => TALK[first + n] ?? 0);
  };
  return { faces: { ...drawnFaces(), lips: async () => ({ timesS, measures }) }, voices: { ...drawnVoices(), read } };
}

/** Packets of a film that was coded before with a key frame in every twelve. */
function drawnPackets(): FilmPacket[] {
  const random = noise(17);
  return Array.from({ length: 600 }, (_, ticks) => ({
    ticks,
    bytes: Math.round(2000 * (1 + random() + (ticks % 12 === 3 ? 0.8 : 0))),
    key: ticks % 250 === 0,
  }));
}

function drawnPicture() {
  const random = noise(5);
  const cells = Array.from({ length: 64 }, () => Math.floor(random() * 256));
  const data = Uint8Array.from({ length: 128 * 128 * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return (cells[Math.floor(pixel / 128 / 16) * 8 + Math.floor((pixel % 128) / 16)]! + 60 * random()) / 2;
  });
  return { width: 128, height: 128, data };
}

interface Drawn {
  readonly analyzer: Analyzer;
  readonly inputs: Readonly<Record<string, AnalyzerInput>>;
}

function measured(): Drawn[] {
  const media = { ...bareMedia(memorySource(new Uint8Array(1))), info: PICTURE };
  const faces = { 'a face in twelve looks': input(media, { faces: drawnFaces() }) };
  return [
    {
      analyzer: sceneHash,
      inputs: { 'eight by eight cells': input({ ...media, picture: async () => drawnPicture() }) },
    },
    {
      analyzer: filmRecoding,
      inputs: { 'packets of a film coded twice': input({ ...media, packets: async () => drawnPackets() }) },
    },
    { analyzer: faceTemporal, inputs: faces },
    { analyzer: lipSynchrony, inputs: { 'lips ahead of their sound': input(media, drawnTalk()) } },
    { analyzer: faceLikeness, inputs: faces },
    { analyzer: voiceLikeness, inputs: { 'a voice of six seconds': input(media, { voices: drawnVoices() }) } },
  ];
}

/** Detectors by their calibrations alone. */
function calibrated(): [string, Answers[string]][] {
  return (['synthetic-face', 'synthetic-image', 'synthetic-voice'] as const).map((id) => {
    const calibration: unknown = JSON.parse(readFileSync(path.join(MODELS_FOLDER, id, 'calibration.json'), 'utf8'));
    return [id, { version: ANALYZER_VERSIONS[id], answers: { calibration: digestHead(canonicalJson(calibration)) } }];
  });
}

/** What perception does between its networks: a face is cut out and followed, a cut is seen, speech is told from pauses. */
function seenAndHeard(): [string, Answers[string]] {
  const picture = drawnPicture();
  const faceAt = (x: number, side = 40) => {
    const at = (u: number, v: number) => ({ x: x + u * side, y: 40 + v * side });
    const points = [at(0.3, 0.3), at(0.7, 0.35), at(0.5, 0.55), at(0.5, 0.8), at(0.05, 0.4), at(0.95, 0.4)];
    return { box: { x, y: 40, w: side, h: side }, score: 0.8, points };
  };
  const cutOut = cutFace(picture, faceAt(44));
  const tracker = new Tracker(0.25, 0.5);
  // Seen, missed for three looks, seen again, and away for good while another comes.
  const looks = [[faceAt(10)], [faceAt(22)], [], [], [], [faceAt(40)], [faceAt(44), faceAt(84, 30)], [faceAt(86, 30)]];
  const ended = looks.flatMap((faces, n) => tracker.update(picture, { timeS: n / 4, frameIndex: n }, faces).ended);
  const followed = [...ended, ...tracker.endAll()].map(({ reservoir: _, ...appearance }) => appearance);
  const shots = new Shots();
  const brighter = { ...picture, data: picture.data.map((value) => Math.min(255, value + 30)) };
  const other = { ...picture, data: picture.data.toReversed() };
  const segments = segmentsOf(
    Float32Array.from({ length: 400 }, (_, n) => 0.5 + 0.5 * Math.sin(n / 9)),
    12.8,
  );
  const answers = {
    'a face cut out of a picture': [digestHead(cutOut.image.data), cutOut.box, cutOut.angle],
    'its quality': qualityOf(cutOut, spiralMesh(cutOut.image.width, OVAL), 40),
    'two faces over eight looks': followed,
    'a picture, the same brighter, another': [picture, brighter, other].map((one) => shots.isCut(one)),
    'speech that comes and goes': segments,
    'windows of seven seconds of it': windowsOf({ fromS: 1, toS: 8 }),
  };
  const kept = Object.entries(answers).map(([name, value]) => [name, digestHead(canonicalJson(rounded(value)))]);
  return ['perception', { version: AROUND_VERSIONS.perception, answers: Object.fromEntries(kept) }];
}

/** The rules alone: on outcomes in every state, and on raw scores within a calibration that is drawn too and outside it. */
function found(): [string, Answers[string]] {
  const calibrations = {
    'synthetic-voice': { calibration: calibration({ domain: { ...NO_DOMAIN, codecs: ['aac'] } }) },
  };
  const scored = [-9, -1, 0.5, 9].map((raw) => outcome(raw, { subject: `speaker:${raw}` }));
  const given: Readonly<Record<string, { outcomes: readonly Outcome[]; calibrated: readonly Outcome[] }>> = {
    'outcomes in every state': { outcomes: OUTCOMES, calibrated: OUTCOMES },
    'scores within a calibration': { outcomes: scored, calibrated: calibrateAll(scored, calibrations, sound()) },
    'scores outside it': { outcomes: scored, calibrated: calibrateAll(scored, calibrations, sound(48_000, 'other')) },
  };
  const answers = Object.entries(given).map(([name, { outcomes, calibrated }]) => [
    `${name} (${digestHead(canonicalJson(outcomes))})`,
    digestHead(canonicalJson(rounded([calibrated, fuse(calibrated)]))),
  ]);
  return ['fusion', { version: AROUND_VERSIONS.fusion, answers: Object.fromEntries(answers) }];
}

export async function drawAnswers(): Promise<Answers> {
  using reader = new C2paReader();
  const origin = createProvenanceAnalyzers({ reader, now: () => new Date('2026-06-01T00:00:00Z') })
    .filter(({ id }) => id !== NEURAL)
    .map((analyzer): Drawn => {
      // A file that is drawn otherwise is another file, and not another answer.
      const inputs = Object.entries(FILES).map(([name, bytes]) => [
        `${name} (${digestHead(bytes)})`,
        input(bareMedia(memorySource(bytes))),
      ]);
      return { analyzer, inputs: Object.fromEntries(inputs) };
    });
  const drawn: [string, Answers[string]][] = [];
  for (const { analyzer, inputs } of [...origin, ...measured()]) {
    const answers: [string, string][] = [];
    for (const [name, one] of Object.entries(inputs)) answers.push([name, await answerOf(analyzer, one)]);
    drawn.push([analyzer.id, { version: analyzer.version, answers: Object.fromEntries(answers) }]);
  }
  return Object.fromEntries([...drawn, ...calibrated(), seenAndHeard(), found()]);
}

async function answerOf(analyzer: Analyzer, one: AnalyzerInput): Promise<string> {
  const given = context(async () => ({}));
  const table = path.join(MODELS_FOLDER, LIP_MODEL, 'model.json');
  const models = { ...given.models, bytes: async () => new Uint8Array(readFileSync(table)) };
  const outcomes = await analyzer.run(one, { ...given, models, references: [KNOWN] });
  return digestHead(canonicalJson(rounded(outcomes)));
}

function digestHead(of: string | Uint8Array): string {
  return createHash('sha256').update(of).digest('hex').slice(0, 12);
}

/** Sums over thousands of values differ in their last digits between processors. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(4));
  if (Array.isArray(value)) return value.map(rounded);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, rounded(own)]));
}

/** Analyzers that answer something otherwise than they did under the same version, with what they were given. */
export function changedUnderTheSameVersion(before: Answers, now: Answers): string[] {
  return Object.entries(now).flatMap(([id, { version, answers }]) => {
    const known = before[id];
    if (known?.version !== version) return [];
    return Object.keys(answers)
      .filter((name) => known.answers[name] !== undefined && known.answers[name] !== answers[name])
      .map((name) => `${id} ${version}: ${name}`);
  });
}

export function keptAnswers(): Answers {
  return JSON.parse(readFileSync(ANSWERS_FILE, 'utf8')) as Answers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const now = await drawAnswers();
  const changed = changedUnderTheSameVersion(keptAnswers(), now);
  for (const one of changed) console.error(`another answer under the same version: ${one}`);
  if (changed.length > 0) console.error('Raise the version in main/contract/versions.ts first.');
  else writeFileSync(ANSWERS_FILE, `${JSON.stringify(now, null, 2)}\n`);
  process.exitCode = changed.length === 0 ? 0 : 1;
}
