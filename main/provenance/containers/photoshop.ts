/** Image resource blocks of Photoshop (8BIM), as far as the IPTC record lies in them (resource 0x0404). */
import { startsWith, u8, u16be, u32be } from '../bytes/numbers.ts';
import type { SurveyBuilder } from '../survey.ts';

const IPTC = 0x0404;
const MAX_RESOURCES = 512;

export function walkPhotoshop(data: Uint8Array, offset: number, out: SurveyBuilder): void {
  let i = 0;
  for (let n = 0; n < MAX_RESOURCES && startsWith(data, '8BIM', i); n++) {
    const id = u16be(data, i + 4);
    const name = (u8(data, i + 6) + 2) & ~1;
    const size = u32be(data, i + 6 + name);
    const from = i + 10 + name;
    if (from + size > data.length) return;
    if (id === IPTC)
      out.iptc.push({
        bytes: data.subarray(from, from + size),
        at: { offset: offset + from, length: size },
        contiguous: true,
        carrier: '8BIM 0404',
      });
    i = from + size + (size & 1);
  }
}
