/**
 * SILK v3 voice messages (WeChat, QQ): what the packets say before anything is decoded.
 * Layout: optional 0x02 (Tencent), `#!SILK_V3`, then packets of a 16-bit little-endian length and that many bytes; 0xFFFF ends it
 * (SILK SDK 1.0.9, `Decoder.c`; Tencent leaves the end mark out).
 */
import { AppError } from '../contract/errors.ts';
import type { AudioStreamInfo } from '../contract/media.ts';
import { ascii, SILK_MARK } from './formats.ts';

/** Milliseconds a packet: what WeChat, QQ and the reference encoder write. */
const PACKET_MS = 20;

/**
 * The first symbol of a packet is the internal rate, range-coded with these cumulative frequencies
 * (SILK SDK, `SKP_Silk_tables_other.c`, `SKP_Silk_SamplingRates_CDF` and `_table`).
 */
const RATE_LIMITS = [16_000, 32_000, 48_000, 65_535];
const RATES_HZ = [8_000, 12_000, 16_000, 24_000];

/** Reads the packet list. Throws AppError `MEDIA_CORRUPT` where there is no packet, `MEDIA_TRUNCATED` where the first is cut. */
export function readSilk(bytes: Uint8Array): AudioStreamInfo {
  const first = (ascii(bytes, 0, 1) === '\x02' ? 1 : 0) + SILK_MARK.length;
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let packets = 0;
  let at = first;
  while (at + 2 <= bytes.length) {
    const length = data.getUint16(at, true);
    if (length === 0xffff || at + 2 + length > bytes.length) break;
    packets += 1;
    at += 2 + length;
  }
  if (packets === 0) throw new AppError(first + 2 < bytes.length ? 'MEDIA_TRUNCATED' : 'MEDIA_CORRUPT');
  const symbol = data.byteLength >= first + 4 ? data.getUint16(first + 2) : 0;
  const durationS = (packets * PACKET_MS) / 1000;
  return {
    index: 0,
    codec: 'silk',
    sampleRate: RATES_HZ[RATE_LIMITS.findIndex((limit) => symbol < limit)] ?? 24_000,
    channels: 1,
    durationS,
    bitRate: Math.round((bytes.length * 8) / durationS),
  };
}
