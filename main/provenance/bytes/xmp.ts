/**
 * Properties of an XMP packet (ISO 16684-1) by namespace, whatever the prefix, as attribute or element.
 * Refuses document type declarations outright, so that no entity is ever resolved or expanded.
 */
import { SaxesParser } from 'saxes';
import { text, utf16 } from './numbers.ts';

export interface XmpProperty {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
  /** Names of the properties it stands in, outermost first (`History/action` of xmpMM has parent `History`). */
  readonly parents: readonly string[];
}

export interface XmpRead {
  readonly properties: readonly XmpProperty[];
  /** `xmp-doctype`, `xmp-malformed`, `xmp-too-deep`, `xmp-too-many`; null where the packet was read to its end. */
  readonly problem: string | null;
}

export const NS = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  stEvt: 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  iptcExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  dcterms: 'http://purl.org/dc/terms/',
  dc: 'http://purl.org/dc/elements/1.1/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEX: 'http://cipa.jp/exif/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
  tc260: 'http://www.tc260.org.cn/ns/AIGC/1.0/',
  gcamera: 'http://ns.google.com/photos/1.0/camera/',
  container: 'http://ns.google.com/photos/1.0/container/',
  containerItem: 'http://ns.google.com/photos/1.0/container/item/',
} as const;

const MAX_DEPTH = 64;
const MAX_PROPERTIES = 4096;

class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.name = 'Refused';
    this.code = code;
  }
}

interface Level {
  readonly uri: string;
  readonly local: string;
  text: string;
  children: number;
}

export function readXmp(bytes: Uint8Array): XmpRead {
  const source = decode(bytes);
  const properties: XmpProperty[] = [];
  const levels: Level[] = [];
  const parser = new SaxesParser({ xmlns: true });
  const add = (namespace: string, name: string, value: string) => {
    if (properties.length >= MAX_PROPERTIES) throw new Refused('xmp-too-many');
    const parents = levels.filter((l) => isProperty(l.uri)).map((l) => l.local);
    properties.push({ namespace, name, value, parents });
  };
  parser.on('doctype', () => {
    throw new Refused('xmp-doctype');
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    if (levels.length >= MAX_DEPTH) throw new Refused('xmp-too-deep');
    const parent = levels.at(-1);
    if (parent) parent.children++;
    levels.push({ uri: tag.uri, local: tag.local, text: '', children: 0 });
    // Attributes of a description or of a structure are properties beside its elements.
    for (const attribute of Object.values(tag.attributes)) {
      if (isProperty(attribute.uri)) add(attribute.uri, attribute.local, attribute.value);
      else if (attribute.uri === NS.rdf && attribute.local === 'resource' && isProperty(tag.uri)) {
        const own = levels.pop();
        add(tag.uri, tag.local, attribute.value);
        if (own) levels.push(own);
      }
    }
  });
  parser.on('text', (value) => {
    const level = levels.at(-1);
    if (level) level.text += value;
  });
  parser.on('cdata', (value) => {
    const level = levels.at(-1);
    if (level) level.text += value;
  });
  parser.on('closetag', () => {
    const level = levels.pop();
    if (!level || level.children > 0) return;
    const value = level.text.trim();
    if (isProperty(level.uri)) {
      if (value !== '') add(level.uri, level.local, value);
    } else if (level.local === 'li' && level.uri === NS.rdf && value !== '') {
      const owner = levels.findLast((l) => isProperty(l.uri));
      if (owner) {
        const at = levels.lastIndexOf(owner);
        const cut = levels.splice(at);
        add(owner.uri, owner.local, value);
        levels.push(...cut);
      }
    }
  });
  try {
    parser.write(source).close();
    return { properties, problem: null };
  } catch (thrown) {
    return { properties, problem: thrown instanceof Refused ? thrown.code : 'xmp-malformed' };
  }
}

function isProperty(uri: string): boolean {
  return uri !== '' && uri !== NS.rdf && uri !== 'adobe:ns:meta/' && !uri.startsWith('http://www.w3.org/');
}

/** Packets are UTF-8; UTF-16 is allowed with a mark. Padding after `<?xpacket end` and NUL bytes are cut. */
function decode(bytes: Uint8Array): string {
  const marked =
    bytes.length > 2 && ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe));
  const raw = marked ? utf16(bytes) : text(bytes);
  const end = raw.lastIndexOf('>');
  return raw.slice(0, end + 1).replace(/^[\ufeff\0\s]+/, '');
}

/** All values of one property at the top of the packet's descriptions. */
export function valuesOf(read: XmpRead, namespace: string, name: string): string[] {
  return read.properties.filter((p) => p.namespace === namespace && p.name === name).map((p) => p.value);
}
