/**
 * Signs a PDF of Typst's as PAdES B-B (ETSI EN 319 142-1): an incremental update (ISO 32000-1, 7.5.6) adds an invisible signature
 * field, and every byte that was there stays, with its PDF/A marker, tags and attachment. Only classic cross-reference tables
 * are read, which is what Typst writes.
 */
import { createHash } from 'node:crypto';
import { signDetached } from './cms.ts';
import type { Signer } from './signer.ts';

/** Bytes kept free for the signature; ours takes about 1 KB, one with a chain of certificates several. */
const SIGNATURE_BYTES = 16 << 10;
/** Digits kept free for each number of the byte range: files up to 10 GB. */
const RANGE_DIGITS = 10;

export interface PdfSigning {
  readonly signer: Signer;
  /** Printed in the signature's dictionary as stated. */
  readonly name: string;
  /** The time that the signer states. */
  readonly atMs: number;
}

/** Throws RangeError for a file that is not of the form that Typst writes. */
export async function signPdf(pdf: Uint8Array, { signer, name, atMs }: PdfSigning): Promise<Uint8Array> {
  const before = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const update = new Update(before);
  const [signature, field, form] = [update.newObject(), update.newObject(), update.newObject()];
  const page = update.firstPage();
  update.write(signature, dictionaryOfSignature(name, atMs));
  update.write(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature1) /V ${signature} 0 R /P ${page} 0 R /F 132 /Rect [0 0 0 0] >>`,
  );
  // Signatures exist, and the file may only be appended to (ISO 32000-1, table 219).
  update.write(form, `<< /Fields [${field} 0 R] /SigFlags 3 >>`);
  update.write(update.root, withEntry(update.object(update.root), `/AcroForm ${form} 0 R`));
  update.write(page, withAnnotation(update.object(page), field));
  return Buffer.from(await filled(update.finish(), before.length, signer));
}

const CONTENTS = `/Contents <${'0'.repeat(SIGNATURE_BYTES * 2)}>`;
const RANGE = `/ByteRange [0 ${Array(3).fill('0'.repeat(RANGE_DIGITS)).join(' ')}]`;

function dictionaryOfSignature(name: string, atMs: number): string {
  const text = Buffer.from(`\ufeff${name}`, 'utf16le').swap16().toString('hex');
  const time = new Date(atMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${RANGE} ${CONTENTS} /Name <${text}> /M (D:${time}Z) >>`;
}

/** Signs everything but the room for the signature and puts it there. */
async function filled(file: Buffer, from: number, signer: Signer): Promise<Buffer> {
  const start = file.indexOf(CONTENTS, from, 'latin1') + '/Contents '.length;
  const end = start + SIGNATURE_BYTES * 2 + 2;
  const numbers = [start, end, file.length - end].map((number) => String(number).padStart(RANGE_DIGITS, ' '));
  file.write(`/ByteRange [0 ${numbers.join(' ')}]`, file.indexOf(RANGE, from, 'latin1'), 'latin1');
  const digest = createHash('sha256').update(file.subarray(0, start)).update(file.subarray(end)).digest();
  const signature = await signDetached(digest, signer, null);
  if (signature.length > SIGNATURE_BYTES) throw new RangeError('the signature does not fit');
  file.write(Buffer.from(signature).toString('hex'), start + 1, 'latin1');
  return file;
}

/** Objects appended to a file, with the table that finds them. */
class Update {
  readonly root: number;
  readonly #before: Buffer;
  readonly #trailer: string;
  readonly #table: ReadonlyMap<number, number>;
  readonly #tableAt: number;
  readonly #parts: Buffer[] = [Buffer.from('\n')];
  readonly #written = new Map<number, number>();
  #length: number;
  #size: number;

  constructor(before: Buffer) {
    this.#before = before;
    this.#length = before.length + 1;
    this.#tableAt = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(before.subarray(-64).toString('latin1'))?.[1] ?? -1);
    const tail = before.subarray(Math.max(0, this.#tableAt)).toString('latin1');
    const [, first, count, rows] = /^xref\s+(\d+) (\d+)\s+((?:\d{10} \d{5} [fn]\s+)+)trailer/.exec(tail) ?? [];
    this.#trailer = tail.slice(tail.indexOf('trailer'));
    const offsets = rows?.match(/\d{10} \d{5} [fn]/g) ?? [];
    if (first !== '0' || offsets.length !== Number(count) || /\/(Prev|Encrypt)\b/.test(this.#trailer))
      throw new RangeError('not a file with one classic cross-reference table');
    this.#table = new Map(offsets.map((row, at) => [at, Number(row.slice(0, 10))]));
    this.#size = this.#table.size;
    this.root = Number(this.#inTrailer(/\/Root (\d+) 0 R/));
  }

  newObject(): number {
    this.#size += 1;
    return this.#size - 1;
  }

  /** The dictionary of an object that has no stream. */
  object(id: number): string {
    const from = this.#table.get(id) ?? -1;
    const until = this.#before.indexOf('endobj', from, 'latin1');
    const text = from < 0 || until < 0 ? '' : this.#before.subarray(from, until).toString('latin1');
    const dictionary = /^\d+ 0 obj\s*(<<[\s\S]*>>)\s*$/.exec(text)?.[1];
    if (!dictionary) throw new RangeError(`object ${id} is not a dictionary`);
    return dictionary;
  }

  /** Follows the page tree (ISO 32000-1, 7.7.3) down to its first leaf. */
  firstPage(): number {
    let id = Number(reference(this.object(this.root), 'Pages'));
    for (let depth = 0; depth < 32; depth += 1) {
      const kids = /\/Kids \[\s*(\d+) 0 R/.exec(this.object(id));
      if (!kids) return id;
      id = Number(kids[1]);
    }
    throw new RangeError('the page tree is too deep');
  }

  write(id: number, dictionary: string): void {
    this.#written.set(id, this.#length);
    this.#append(`${id} 0 obj\n${dictionary}\nendobj\n\n`);
  }

  finish(): Buffer {
    const tableAt = this.#length;
    const rows = [...this.#written].toSorted(([a], [b]) => a - b);
    // One subsection an object: they need not be consecutive.
    const sections = rows.map(([id, at]) => `${id} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
    const info = /\/Info \d+ 0 R/.exec(this.#trailer)?.[0] ?? '';
    const id = this.#inTrailer(/(\/ID \[[\s\S]*?\])/);
    this.#append(
      `xref\n${sections.join('')}trailer\n<< /Size ${this.#size} /Root ${this.root} 0 R ${info} ${id} /Prev ${this.#tableAt} >>\nstartxref\n${tableAt}\n%%EOF\n`,
    );
    return Buffer.concat([this.#before, ...this.#parts]);
  }

  #append(text: string): void {
    const bytes = Buffer.from(text, 'latin1');
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  #inTrailer(pattern: RegExp): string {
    const found = pattern.exec(this.#trailer)?.[1];
    if (!found) throw new RangeError(`the trailer lacks ${pattern.source}`);
    return found;
  }
}

function reference(dictionary: string, name: string): string {
  const found = new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1];
  if (!found) throw new RangeError(`no /${name}`);
  return found;
}

function withEntry(dictionary: string, entry: string): string {
  return `${dictionary.slice(0, dictionary.lastIndexOf('>>'))}  ${entry}\n>>`;
}

function withAnnotation(page: string, annotation: number): string {
  return /\/Annots \[/.test(page)
    ? page.replace(/\/Annots \[/, `/Annots [${annotation} 0 R `)
    : withEntry(page, `/Annots [${annotation} 0 R]`);
}
