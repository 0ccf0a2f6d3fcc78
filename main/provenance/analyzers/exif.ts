/** EXIF, XMP and IPTC as written, the preview against the picture, and where the statements of one file do not fit together. */
import type { Analyzer } from '../../contract/analyzer.ts';
import { type Fact, fact, reason } from '../../contract/fact.ts';
import type { OpenMedia } from '../../contract/media.ts';
import { abstained } from '../../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../../contract/versions.ts';
import { type Directory, numberOf } from '../bytes/tiff.ts';
import { NS } from '../bytes/xmp.ts';
import { surveyOf } from '../containers/index.ts';
import { exifContradictions } from '../exif-consistency.ts';
import { exifEntry, exifText, type Metadata, metadataOf, place, xmpValues } from '../metadata.ts';
import type { Says } from '../says.ts';
import { sourceTypeSays } from '../source-type.ts';
import { found, type Survey } from '../survey.ts';
import { compareThumbnail, MISMATCH_BELOW, thumbnailOf } from '../thumbnail.ts';
import { userComment } from '../user-comment.ts';

export const exifAnalyzer: Analyzer = {
  id: 'provenance-exif',
  version: ANALYZER_VERSIONS['provenance-exif'],
  needs: [],
  models: [],
  timeLimitS: 30,
  appliesTo: () => null,
  async run({ media }, { signal, settings }) {
    const survey = await surveyOf(media.source, signal);
    const metadata = await metadataOf(survey);
    const device = deviceFacts(survey);
    if (
      metadata.exif.length + metadata.xmp.length + metadata.iptc.length + device.length === 0 &&
      survey.format === 'unknown'
    )
      return [abstained('file', reason('container-unknown'))];
    const facts = [
      ...exifFacts(metadata),
      ...device,
      ...xmpFacts(metadata),
      ...iptcFacts(metadata),
      ...(settings.depth === 'full' ? await thumbnailFacts(media, survey, metadata) : []),
      ...exifContradictions(survey, metadata),
      ...metadata.problems.slice(0, 16).map((code) => fact('metadata.problem', code, { strength: 'S0' })),
    ];
    const examined = ['exif', 'xmp', 'iptc', ...(settings.depth === 'full' ? ['thumbnail'] : [])];
    return [found(survey, facts, examined)];
  },
};

const TEXTS: readonly (readonly [string, number, Directory, Says | null])[] = [
  ['exif.make', 0x010f, 'IFD0', 'captured'],
  ['exif.model', 0x0110, 'IFD0', null],
  ['exif.software', 0x0131, 'IFD0', null],
  ['exif.modifyDate', 0x0132, 'IFD0', null],
  ['exif.artist', 0x013b, 'IFD0', null],
  ['exif.copyright', 0x8298, 'IFD0', null],
  ['exif.imageDescription', 0x010e, 'IFD0', null],
  ['exif.hostComputer', 0x013c, 'IFD0', null],
  ['exif.dateTimeOriginal', 0x9003, 'Exif', null],
  ['exif.dateTimeDigitized', 0x9004, 'Exif', null],
  ['exif.offsetTime', 0x9010, 'Exif', null],
  ['exif.offsetTimeOriginal', 0x9011, 'Exif', null],
  ['exif.offsetTimeDigitized', 0x9012, 'Exif', null],
  ['exif.subSecTimeOriginal', 0x9291, 'Exif', null],
  ['exif.lensMake', 0xa433, 'Exif', null],
  ['exif.lensModel', 0xa434, 'Exif', null],
  ['exif.bodySerialNumber', 0xa431, 'Exif', null],
  ['exif.imageUniqueId', 0xa420, 'Exif', null],
  ['exif.gpsDateStamp', 0x001d, 'GPS', null],
];

const NUMBERS: readonly (readonly [string, number, Directory, string?])[] = [
  ['exif.orientation', 0x0112, 'IFD0'],
  ['exif.pixelXDimension', 0xa002, 'Exif', 'px'],
  ['exif.pixelYDimension', 0xa003, 'Exif', 'px'],
  ['exif.exposureTime', 0x829a, 'Exif', 's'],
  ['exif.fNumber', 0x829d, 'Exif'],
  ['exif.iso', 0x8827, 'Exif'],
  ['exif.focalLength', 0x920a, 'Exif', 'mm'],
  ['exif.focalLengthIn35mm', 0xa405, 'Exif', 'mm'],
];

const LONGEST = 4000;

function exifFacts(metadata: Metadata): Fact[] {
  const facts: Fact[] = [];
  for (const [id, tag, directory, says] of TEXTS) {
    const found = exifText(metadata, tag, directory);
    // ComfyUI's WebP writers put graphs into Make and Model: that is no camera.
    if (found && found.value !== '')
      facts.push(
        fact(id, found.value.slice(0, LONGEST), {
          strength: 'S1',
          says: looksLikeDevice(found.value) ? says : null,
          at: place(found.at),
        }),
      );
  }
  for (const [id, tag, directory, unit] of NUMBERS) {
    const found = exifEntry(metadata, tag, directory);
    const value = found ? numberOf(found.value) : null;
    if (found && value !== null)
      facts.push(fact(id, value, { strength: 'S1', at: place(found.at), ...(unit ? { unit } : {}) }));
  }
  const note = exifEntry(metadata, 0x927c, 'Exif');
  if (note)
    facts.push(
      fact('exif.makerNote', note.value.at.length, {
        unit: 'bytes',
        strength: 'S1',
        says: 'captured',
        at: place(note.at),
      }),
    );
  const comment = userComment(metadata);
  if (comment && comment.value !== '')
    facts.push(fact('exif.userComment', comment.value.slice(0, LONGEST), { strength: 'S1', at: place(comment.at) }));
  const position = gpsPosition(metadata);
  if (position) facts.push(position);
  return facts;
}

function looksLikeDevice(value: string): boolean {
  return value.length <= 100 && !value.includes('{');
}

function gpsPosition(metadata: Metadata): Fact | null {
  const degrees = (tag: number, reference: number, negative: string): number | null => {
    const entry = exifEntry(metadata, tag, 'GPS');
    if (!entry || !Array.isArray(entry.value.value)) return null;
    const [d = Number.NaN, m = 0, s = 0] = entry.value.value as number[];
    const value = d + m / 60 + s / 3600;
    if (!Number.isFinite(value)) return null;
    return exifText(metadata, reference, 'GPS')?.value === negative ? -value : value;
  };
  const [latitude, longitude] = [degrees(2, 1, 'S'), degrees(4, 3, 'W')];
  const at = exifEntry(metadata, 2, 'GPS');
  if (latitude === null || longitude === null || !at) return null;
  return fact('exif.gpsPosition', [latitude, longitude], {
    unit: 'degrees',
    strength: 'S1',
    says: 'captured',
    at: place(at.at),
  });
}

/** Make, model and software of QuickTime recordings: the same statements in another place. */
const DEVICE_KEYS: ReadonlyMap<string, string> = new Map([
  ['com.apple.quicktime.make', 'exif.make'],
  ['com.apple.quicktime.model', 'exif.model'],
  ['com.apple.quicktime.software', 'exif.software'],
  ['com.apple.quicktime.creationdate', 'exif.dateTimeOriginal'],
  ['com.android.manufacturer', 'exif.make'],
  ['com.android.model', 'exif.model'],
  ['\xa9mak', 'exif.make'],
  ['\xa9mod', 'exif.model'],
  ['\xa9swr', 'exif.software'],
  ['manu', 'exif.make'],
  ['modl', 'exif.model'],
]);

function deviceFacts(survey: Survey): Fact[] {
  return survey.texts.flatMap((t) => {
    const id = t.place.startsWith('mp4-') ? DEVICE_KEYS.get(t.key) : undefined;
    const says = id === 'exif.make' ? 'captured' : null;
    return id ? [fact(id, t.value.trim().slice(0, 300), { strength: 'S1', says, at: place(t.at) })] : [];
  });
}

const XMP_TEXTS: readonly (readonly [string, string, string])[] = [
  ['xmp.creatorTool', NS.xmp, 'CreatorTool'],
  ['xmp.createDate', NS.xmp, 'CreateDate'],
  ['xmp.modifyDate', NS.xmp, 'ModifyDate'],
  ['xmp.aiSystemUsed', NS.iptcExt, 'AISystemUsed'],
  ['xmp.aiSystemVersionUsed', NS.iptcExt, 'AISystemVersionUsed'],
  ['xmp.aiPromptInformation', NS.iptcExt, 'AIPromptInformation'],
  ['xmp.aiPromptWriterName', NS.iptcExt, 'AIPromptWriterName'],
  ['xmp.remoteManifest', NS.dcterms, 'provenance'],
];

const CREDITS: ReadonlyMap<string, Says> = new Map<string, Says>([
  ['Made with Google AI', 'generated'],
  ['Edited with Google AI', 'edited-with-ai'],
  ['Apple Image Playground', 'generated'],
]);

const MAX_HISTORY = 64;

function xmpFacts(metadata: Metadata): Fact[] {
  const facts: Fact[] = [];
  for (const [id, name] of [
    ['xmp.digitalSourceType', 'DigitalSourceType'],
    ['xmp.digitalSourceFileType', 'DigitalSourceFileType'],
  ] as const)
    for (const { value, at } of xmpValues(metadata, NS.iptcExt, name))
      facts.push(fact(id, value.slice(0, 300), { strength: 'S1', says: sourceTypeSays(value), at: place(at) }));
  for (const { value, at } of xmpValues(metadata, NS.photoshop, 'Credit'))
    facts.push(
      fact('xmp.credit', value.slice(0, 300), { strength: 'S1', says: CREDITS.get(value) ?? null, at: place(at) }),
    );
  for (const [id, namespace, name] of XMP_TEXTS)
    for (const { value, at } of xmpValues(metadata, namespace, name).slice(0, 4)) {
      const says = id === 'xmp.aiSystemUsed' ? 'generated' : null;
      facts.push(fact(id, value.slice(0, LONGEST), { strength: 'S1', says, at: place(at) }));
    }
  const history = xmpValues(metadata, NS.stEvt, 'action').slice(0, MAX_HISTORY);
  if (history.length > 0)
    facts.push(
      fact(
        'xmp.history',
        history.map((h) => h.value.slice(0, 80)),
        { strength: 'S1', says: 'edited', at: place(history[0]!.at) },
      ),
    );
  const agents = [...new Set(xmpValues(metadata, NS.stEvt, 'softwareAgent').map((a) => a.value.slice(0, 120)))];
  const agentAt = xmpValues(metadata, NS.stEvt, 'softwareAgent')[0];
  if (agentAt) facts.push(fact('xmp.historyAgent', agents.slice(0, 16), { strength: 'S1', at: place(agentAt.at) }));
  return facts;
}

const IPTC_IDS: ReadonlyMap<string, string> = new Map([
  ['2:80', 'iptc.byline'],
  ['2:110', 'iptc.credit'],
  ['2:115', 'iptc.source'],
  ['2:120', 'iptc.caption'],
  ['2:55', 'iptc.dateCreated'],
  ['2:65', 'iptc.originatingProgram'],
]);

function iptcFacts(metadata: Metadata): Fact[] {
  return metadata.iptc.flatMap((entry) => {
    const id = IPTC_IDS.get(entry.key);
    const says = id === 'iptc.credit' ? (CREDITS.get(entry.value) ?? null) : null;
    return id ? [fact(id, entry.value.slice(0, LONGEST), { strength: 'S1', says, at: place(entry.at) })] : [];
  });
}

/** Largest picture that is read whole for the comparison. */
const MAX_PICTURE = 64 * 1024 * 1024;
const DECODED = new Set(['jpeg', 'png', 'webp', 'tiff']);

async function thumbnailFacts(media: OpenMedia, survey: Survey, metadata: Metadata): Promise<Fact[]> {
  const thumbnail = thumbnailOf(metadata);
  if (!thumbnail || survey.size > MAX_PICTURE || !DECODED.has(survey.format)) return [];
  const at = place(thumbnail.at);
  const compared = await compareThumbnail(thumbnail, await media.source.read(0, survey.size)).catch(() => null);
  if (!compared) return [fact('thumbnail.present', true, { strength: 'S0', at })];
  const mismatch = compared.correlation < MISMATCH_BELOW;
  const facts = [
    fact('thumbnail.present', true, { strength: 'S0', at }),
    fact('thumbnail.mismatch', mismatch, { strength: 'S1', says: mismatch ? 'edited' : null, at }),
    fact('thumbnail.correlation', round(compared.correlation), { at }),
  ];
  if (mismatch && compared.mirrored > 0.8)
    facts.push(fact('thumbnail.mirrored', true, { strength: 'S1', says: 'edited', at }));
  return facts;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
