/**
 * How each key of ../shared/data/provenance/manifest.csv is compared with the facts of the product: a fact id and a rule, or the reason why
 * it is not compared. The corpus test fails on a key that stands in neither list.
 */
import type { Fact, FactValue } from '../../main/contract/fact.ts';

type Expected = string | number | boolean | null | readonly unknown[] | Readonly<Record<string, unknown>>;
export type Rule = (expected: Expected, values: readonly FactValue[], facts: readonly Fact[]) => boolean;

export interface Compared {
  readonly fact: string;
  readonly agrees: Rule;
  /** `state` and `aigc` must agree wholly; the others to 97 in a hundred. */
  readonly class: 'state' | 'aigc' | 'other';
}

const text = (v: unknown) => String(v).trim();
const equal: Rule = (e, values) => values.some((v) => text(v) === text(e) || JSON.stringify(v) === JSON.stringify(e));
/** Values that the manifest cut at a fixed length. */
const begins: Rule = (e, values) =>
  values.some((v) => text(v).replaceAll('\r', '').slice(0, 80) === text(e).slice(0, 80));
/** exiftool writes the first letter of ComfyUI's key in capitals, and cuts after 200. */
const sameBeginning: Rule = (e, values) =>
  values.some((v) => text(v).slice(0, 150).toLowerCase() === text(e).slice(0, 150).toLowerCase());
const contains: Rule = (e, values) => (e as string[]).every((x) => values.some((v) => text(v) === text(x)));
const absentOrEqual: Rule = (e, values, facts) => (e === null ? values.length === 0 : equal(e, values, facts));

function other(fact: string, agrees: Rule = equal): Compared {
  return { fact, agrees, class: 'other' };
}

/** The state that the manifest's reader result means, by the order in issue and SIGNALS.md section 1. */
export function expectedState(c2pa: { state: string; fail?: string[] } | null): string {
  if (c2pa === null) return 'none';
  const failures = c2pa.fail ?? [];
  if (failures.some((f) => /claimSignature\.mismatch|hashedURI\.mismatch/.test(f))) return 'credential-altered';
  if (failures.some((f) => /(dataHash|bmffHash|boxesHash)\.mismatch/.test(f))) return 'content-changed';
  if (failures.some((f) => /malformed/.test(f))) return 'malformed';
  if (failures.some((f) => /expired/.test(f))) return 'expired';
  return failures.some((f) => /untrusted/.test(f)) ? 'signer-unknown' : 'trusted';
}

export function expectedStateOfError(error: string): string {
  if (error.includes('RemoteManifestUrl')) return 'remote-not-fetched';
  return /PrereleaseError|UnknownAlgorithm/.test(error) ? 'unknown-format' : 'unreadable';
}

/** exiftool's descriptions of the major brands in the corpus. */
const BRANDS: ReadonlyMap<string, string> = new Map([
  ['MP4 v2 [ISO 14496-14]', 'mp42'],
  ['MP4 Base Media v1 [IS0 14496-12:2003]', 'isom'],
  ['MP4 Base Media v6', 'iso6'],
  ['Apple QuickTime (.MOV/QT)', 'qt  '],
  ['Sony XAVC', 'XAVC'],
  ['Apple iTunes AAC-LC (.M4A) Audio', 'M4A '],
  ['3GPP Media (.3GP) Release 5', '3gp5'],
  ['High Efficiency Image Format HEVC still image (.HEIC)', 'heic'],
  ['AV1 Image File Format (.AVIF)', 'avif'],
]);

/** Names differ in wording only: `InvokeAI 1.x Dream` is the manifest's, `InvokeAI` the product's. */
const GENERATORS: ReadonlyMap<string, string> = new Map([
  ['Google Gemini', 'Google Generative AI'],
  ['FLUX.2 / BFL API', 'Black Forest Labs FLUX'],
  ['Samsung Galaxy AI edit', 'Samsung Photo assist'],
  ['OpenAI ChatGPT (2024)', 'OpenAI ChatGPT'],
  ['OpenAI DALL-E 3', 'OpenAI DALL-E'],
  ['Google AI (Imagen/Gemini, before C2PA)', 'Google AI'],
  ['InvokeAI 1.x Dream', 'InvokeAI'],
  ['InvokeAI 2 sd-metadata', 'InvokeAI'],
  ['InvokeAI 3', 'InvokeAI'],
]);

const FIELDS = [
  'Label',
  'ContentProducer',
  'ProduceID',
  'ReservedCode1',
  'ContentPropagator',
  'PropagateID',
  'ReservedCode2',
];

export const COMPARED: Readonly<Record<string, Compared>> = {
  'c2pa.issuer': other('c2pa.issuer'),
  'c2pa.cn': other('c2pa.signer'),
  'c2pa.alg': other('c2pa.algorithm'),
  'c2pa.nman': other('c2pa.manifestCount'),
  'c2pa.time': other('c2pa.signedAt'),
  'c2pa.gen': other('c2pa.claimGenerator'),
  'c2pa.all_gen': other('c2pa.claimGenerator', (e, values) =>
    (e as string[]).every((g) => values.some((v) => text(v).startsWith(g))),
  ),
  'c2pa.actions': other('c2pa.action', contains),
  'c2pa.agent': other('c2pa.softwareAgent', contains),
  'c2pa.all_agent': other('c2pa.softwareAgent', contains),
  'c2pa.dst': other('c2pa.activeDigitalSourceType', contains),
  'c2pa.all_dst': other('c2pa.digitalSourceType', contains),
  'c2pa.all_desc': other('c2pa.actionDescription', contains),
  'c2pa.fail': other('c2pa.validationCode', contains),
  ...Object.fromEntries(FIELDS.map((f) => [`AIGC.${f}`, { fact: `aigc.${f}`, agrees: equal, class: 'aigc' as const }])),
  AIGC_in_riff_chunk: other('aigc.place', (_, values) => values.includes('riff-chunk')),
  'Keys:AIGC': other('aigc.place', (_, values) => values.includes('mp4-keys')),
  'RIFF:Comment': other('aigc.place', (e, values) =>
    String(e).startsWith('{"Label"') ? values.includes('riff-info') : values.length === 0,
  ),
  generator: other('generator.name', (e, values) => values.some((v) => v === (GENERATORS.get(String(e)) ?? e))),
  UserComment_head: other('exif.userComment', (e, values, facts) => begins(e, values, facts)),
  comfy_in_exif: other('generator.name', (_, values) => values.includes('ComfyUI')),
  'PNG:Software': other('container.encoder'),
  'PNG:Source': other('generator.model'),
  'PNG:Title': other('png.textKey', (_, values) => values.includes('Title')),
  png_text_keys: other('png.textKey', (e, values) =>
    (e as string[]).every((k) => values.some((v) => text(v).toLowerCase() === k.toLowerCase())),
  ),
  stealth: other('stealth.signature', absentOrEqual),
  stealth_bits: other('stealth.payloadBits'),
  'dwtdct.id': other('dwtdct.payload'),
  'dwtdct.bits_ok': other('dwtdct.bitsMatching', (e, values) => values.some((v) => Array.isArray(v) && v[0] === e)),
  'dwtdct.of': other('dwtdct.bitsMatching', (e, values) => values.some((v) => Array.isArray(v) && v[1] === e)),
  dwtdct: other('dwtdct.payload', absentOrEqual),
  'XMP-iptcExt:DigitalSourceType': other('xmp.digitalSourceType'),
  'XMP-iptcExt:DigitalSourceFileType': other('xmp.digitalSourceFileType'),
  'XMP-photoshop:Credit': other('xmp.credit'),
  'XMP-xmp:CreatorTool': other('xmp.creatorTool'),
  'IFD0:Make': other('exif.make', sameBeginning),
  'IFD0:Model': other('exif.model'),
  'IFD0:Software': other('exif.software'),
  'ExifIFD:DateTimeOriginal': other('exif.dateTimeOriginal'),
  'ExifIFD:LensModel': other('exif.lensModel'),
  'Keys:Make': other('exif.make'),
  'Keys:Model': other('exif.model'),
  'Keys:Software': other('exif.software'),
  has_exif_thumbnail: other('thumbnail.present', (e, values) => values.includes(Boolean(e))),
  thumb_corr: other('thumbnail.correlation', (e, values) =>
    values.some((v) => Math.abs(Number(v) - Number(e)) <= 0.12),
  ),
  mismatch: other('thumbnail.mismatch', (e, values) => values.includes(e !== null)),
  messenger: other('copy.messenger', (e, values) => values.some((v) => String(e).startsWith(String(v)))),
  jpeg_dqt_sha8: other('jpeg.quantisationSha8'),
  jpeg_ijg_quality_exact: other('jpeg.ijgQuality', absentOrEqual),
  jpeg_markers: other('jpeg.markers'),
  jpeg_sampling: other('jpeg.sampling'),
  jpeg_sof: other('jpeg.startOfFrame'),
  'QuickTime:MajorBrand': other('mp4.majorBrand', (e, values) => values.includes(BRANDS.get(String(e)) ?? '')),
  'QuickTime:CompatibleBrands': other('mp4.compatibleBrands'),
  top_boxes: other('mp4.topBoxes'),
  'Track1:HandlerDescription': other('mp4.handlerName'),
  'Track2:HandlerDescription': other('mp4.handlerName'),
  'Track1:CompressorName': other('mp4.compressorName'),
  'ItemList:Encoder': other('container.encoder'),
  ItemList_Encoder: other('container.encoder'),
  'ID3v2_4:EncoderSettings': other('container.encoder'),
  'RIFF:Software': other('container.encoder'),
  'MPEG:Encoder': other('container.encoder'),
  'Matroska:Encoder': other('container.encoder'),
};

export const NOT_COMPARED: Readonly<Record<string, string>> = {
  jpeg_dqt0_sum: 'a checksum of the table that jpeg_dqt_sha8 already names',
  'ExifTool:Warning': 'speaks of exiftool, not of the file',
  made: 'how the file came to be; not in the file',
  note: 'a remark for the reader of the manifest',
  expect: 'the demand on hostile files, tested as such',
  tamper: 'what was done to the file; told by c2pa.state, which is compared',
  trap: 'a remark; the false-alarm test covers these files',
  edited_not_generated: 'a remark; c2pa.digitalSourceType is compared and its proposition tested',
  source_repo: 'not in the file',
  'c2pa_wasm_0.11.0': 'what that version of the library did with the file',
  'c2pa.state': 'compared as the product state, with c2pa.fail',
};

/**
 * Files whose manifest entry is known to be wrong. `c2pa/legacy.mp4`: version 0.11.0 of the library, with which the manifest was made, reports
 * `claimSignature.mismatch`; version 0.13.3 and node's own RSA-PSS verification of the same COSE signature both find it valid
 * (`test/corpus/provenance-legacy.test.ts`).
 */
export const CORRECTED: Readonly<Record<string, { readonly state: string; readonly fail: readonly string[] }>> = {
  'c2pa/legacy.mp4': { state: 'signer-unknown', fail: ['signingCredential.untrusted'] },
};
