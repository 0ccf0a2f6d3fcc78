/** Which kind of copy a file is: one summary of structure and tags, on which every later measurement depends. It is a hint, never proof. */
import { NS } from './bytes/xmp.ts';
import { ijgQuality } from './jpeg-quality.ts';
import { exifEntry, exifText, type Metadata, xmpValues } from './metadata.ts';
import type { Survey } from './survey.ts';

export type CopyKind =
  | 'camera original'
  | 'messenger copy'
  | 'editor export'
  | 'library re-encode'
  | 'screen capture'
  | 'unknown';

/** Services whose copies carry something of their own. */
export type Messenger = 'WhatsApp' | 'WeChat' | 'Facebook or Instagram' | 'TikTok or Douyin';

export interface CopyJudgement {
  readonly kind: CopyKind;
  /** Name of the messenger where the structure is one measured on its copies. */
  readonly messenger: Messenger | null;
  /** Codes of the observations that led here. */
  readonly because: readonly string[];
}

const EDITORS =
  /photoshop|lightroom|gimp|picasa|affinity|pixelmator|paint\.net|capture one|darktable|rawtherapee|snapseed|vsco|acdsee|acd systems|premiere|after effects|final cut|davinci|resolve|capcut|jianying|剪映|inshot|kinemaster|canva|adobe express|illustrator|nikon transfer|viewnx|digital photo professional|美图|meitu|醒图|audition|audacity|logic pro|imovie|vegas|camtasia|picmonkey|photoscape|irfanview|xnview|faststone/i;
const LIBRARIES =
  /^(lavf|lavc|x264|x265|libvpx|handbrake|imagemagick|gstreamer|mediabunny|l-smash|vimeo|google|lame|sharp|pillow|skia)/i;
const SCREEN = /screenshot|screen shot|screen recording|replaykit|snipping|spectacle|flameshot|obs studio|obs-/i;

export function judgeCopy(survey: Survey, metadata: Metadata): CopyJudgement {
  const software = softwareNames(survey, metadata);
  const screen = software.find((s) => SCREEN.test(s));
  if (screen || isScreenComment(metadata))
    return { kind: 'screen capture', messenger: null, because: ['screen-software'] };
  const messenger = messengerOf(survey, metadata);
  if (messenger) return { kind: 'messenger copy', messenger: messenger.name, because: messenger.because };
  const editor = software.find((s) => EDITORS.test(s));
  if (editor) return { kind: 'editor export', messenger: null, because: ['editor-software'] };
  if (survey.jpeg && survey.iptc.length > 0 && survey.jpeg.adobeTransform !== null)
    return { kind: 'editor export', messenger: null, because: ['editor-segments'] };
  if (xmpValues(metadata, NS.stEvt, 'action').some(({ value }) => value === 'saved' || value === 'converted'))
    return { kind: 'editor export', messenger: null, because: ['edit-history'] };
  const device =
    exifText(metadata, 0x010f, 'IFD0') !== null ||
    survey.texts.some((t) => t.place === 'mp4-keys' && t.key === 'com.apple.quicktime.make');
  const library = software.find((s) => LIBRARIES.test(s));
  if (device && !library) {
    const note = exifEntry(metadata, 0x927c, 'Exif') !== null;
    const ownTables = survey.jpeg !== null && !ijgQuality(survey.jpeg.tables);
    const recorder = survey.bmff !== null;
    if (note || ownTables || recorder)
      return {
        kind: 'camera original',
        messenger: null,
        because: [note ? 'maker-note' : recorder ? 'recorder-keys' : 'own-tables'],
      };
    return { kind: 'unknown', messenger: null, because: ['device-tags-only'] };
  }
  if (library) return { kind: 'library re-encode', messenger: null, because: ['library-encoder'] };
  if (survey.jpeg && metadata.exif.length === 0 && ijgQuality(survey.jpeg.tables))
    return { kind: 'library re-encode', messenger: null, because: ['ijg-tables', 'no-exif'] };
  return { kind: 'unknown', messenger: null, because: [] };
}

/** Every program name that the file gives for itself. */
function softwareNames(survey: Survey, metadata: Metadata): string[] {
  const names = [
    exifText(metadata, 0x0131, 'IFD0')?.value,
    exifText(metadata, 0x000b, 'IFD0')?.value,
    ...xmpValues(metadata, NS.xmp, 'CreatorTool').map((v) => v.value),
    ...survey.texts.filter((t) => ENCODER_KEYS.has(t.key.toLowerCase())).map((t) => t.value),
    ...(survey.bmff?.tracks.flatMap((t) => t.handlerNames) ?? []).filter((n) =>
      /mainconcept|vimeo|l-smash|mediabunny|gpac/i.test(n),
    ),
  ];
  return names.filter((n): n is string => n !== undefined && n !== '');
}

const ENCODER_KEYS = new Set([
  'software',
  'encoder',
  'isft',
  'tsse',
  '\xa9too',
  '\xa9swr',
  'writingapp',
  'muxingapp',
  'vendor',
  'com.apple.quicktime.software',
  'creator',
  'producer',
  'tool',
]);

/** iOS writes the word "Screenshot" as the comment of its screen captures, in EXIF and XMP. */
function isScreenComment(metadata: Metadata): boolean {
  const entry = exifEntry(metadata, 0x9286, 'Exif');
  const raw = entry?.value.value instanceof Uint8Array ? Buffer.from(entry.value.value).toString('latin1') : '';
  return (
    /^ASCII\0\0\0Screenshot/.test(raw) ||
    xmpValues(metadata, NS.exif, 'UserComment').some((v) => v.value === 'Screenshot')
  );
}

const COMMENT_KEYS = new Set(['comment', '\xa9cmt']);
const SERVED = /^vid:v[0-9a-z]{16,40}$/;

/** Skia's sRGB profile, which Android's bitmap writer embeds: 456 bytes. */
const SKIA_PROFILE_BYTES = 456;

function messengerOf(survey: Survey, metadata: Metadata): { name: Messenger; because: string[] } | null {
  if (survey.parts.some((p) => p.name === 'beam')) return { name: 'WhatsApp', because: ['box-beam'] };
  // IPTC 2:40, "special instructions": FBMD, then hexadecimal digits, in pictures that Facebook and Instagram serve.
  if (metadata.iptc.some((e) => e.key === '2:40' && /^FBMD[0-9a-f]{16,}$/i.test(e.value)))
    return { name: 'Facebook or Instagram', because: ['iptc-fbmd'] };
  // The comment of films that TikTok and Douyin serve: the number of the video in their store.
  if (
    survey.texts.some(
      (t) => t.place.startsWith('mp4-') && COMMENT_KEYS.has(t.key.toLowerCase()) && SERVED.test(t.value),
    )
  )
    return { name: 'TikTok or Douyin', because: ['comment-vid'] };
  const jpeg = survey.jpeg;
  if (
    !jpeg?.frame ||
    metadata.exif.length > 0 ||
    metadata.xmp.length > 0 ||
    survey.iptc.length > 0 ||
    survey.c2pa.length > 0
  )
    return null;
  const quality = ijgQuality(jpeg.tables);
  const subsampled = jpeg.frame.sampling[0] === '2x2' && jpeg.frame.marker === 'C0';
  if (!subsampled || quality === null || jpeg.jfif === null) return null;
  const shorter = Math.min(jpeg.frame.width, jpeg.frame.height);
  const longer = Math.max(jpeg.frame.width, jpeg.frame.height);
  // Measured on 4 copies (SIGNALS.md section 7); other Android programs with the same settings cannot be told apart.
  if (quality === 92 && jpeg.huffman === 'custom' && jpeg.iccBytes === SKIA_PROFILE_BYTES && longer <= 4096)
    return { name: 'WhatsApp', because: ['ijg-92', 'skia-profile', 'no-exif'] };
  // Measured on 3 copies: 1080 pixels across and a quality that no common library has as its default.
  const odd = quality >= 70 && quality <= 84 && quality !== 75 && quality !== 80;
  if (
    odd &&
    jpeg.iccBytes === 0 &&
    jpeg.markers[0] === 'E0' &&
    jpeg.markers[1] === 'DB' &&
    shorter >= 1080 &&
    shorter <= 1090
  )
    return { name: 'WeChat', because: ['ijg-odd-quality', 'width-1080', 'no-exif'] };
  return null;
}
