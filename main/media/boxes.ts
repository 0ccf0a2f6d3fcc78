import type { RangedSource } from '../contract/media.ts';
import { ascii } from './formats.ts';

/** The head of a box of the ISO family (ISO/IEC 14496-12, 4.2) as it stands there: nothing of it is checked. */
export interface BoxHead {
  readonly type: string;
  /** Bytes of the head. */
  readonly header: number;
  /** Bytes of the whole box as stated; 0 where it reaches to the end of the file. */
  readonly size: number;
  readonly toEnd: boolean;
}

/** The head at this byte; null where the file ends before. */
export async function boxHead(source: RangedSource, at: number): Promise<BoxHead | null> {
  if (at + 8 > source.size) return null;
  const head = Buffer.from(await source.read(at, 16));
  const short = head.readUInt32BE(0);
  const long = short === 1 && head.length === 16;
  const size = long ? Number(head.readBigUInt64BE(8)) : short;
  return { type: ascii(head, 4, 4), header: long ? 16 : 8, size, toEnd: short === 0 };
}
