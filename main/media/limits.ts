/**
 * How much one hostile or enormous file may cost. Each limit says its unit and why it is that number;
 * a file over a limit is refused with `MEDIA_TOO_LARGE` or stopped with `DECODE_TIMEOUT`, never half-examined in silence.
 */
export interface DecodeLimits {
  /** Pixels of a still picture: the largest telephone sensors give 200 MP (16,320 x 12,240); at 3 bytes that is 630 MB. */
  readonly picturePixels: number;
  /** Pixels of a video frame: 8K UHD (33.2 MP) with room for stitched panoramas. */
  readonly framePixels: number;
  /** Frames of an animated picture: more is a film in disguise, and decoders of these formats keep state per frame. */
  readonly animationFrames: number;
  /** Streams of a container: cameras write at most about a dozen; thousands are an attack on the prober. */
  readonly streams: number;
  /** Seconds of presentation that are decoded: a day of surveillance. */
  readonly durationS: number;
  /** Bytes of a file that a wasm decoder holds whole in memory (HEIC, SILK). */
  readonly wholeFileBytes: number;
  /** Bytes that the prober may print: 64 streams with tags take about 100 kB. */
  readonly probeBytes: number;
  /** Seconds for probing: 0.1 s is usual; a disk that spins up or an index of hours needs more. */
  readonly probeS: number;
  /** Seconds for a still picture: 200 MP HEIC takes about 20 s in wasm. */
  readonly pictureS: number;
  /** Seconds without one byte from a decoder that is being read: seeking without an index through 4 GB takes about 20. */
  readonly stallS: number;
}

export const DEFAULT_LIMITS: DecodeLimits = {
  picturePixels: 210_000_000,
  framePixels: 67_108_864,
  animationFrames: 10_000,
  streams: 64,
  durationS: 86_400,
  wholeFileBytes: 268_435_456,
  probeBytes: 8_388_608,
  probeS: 20,
  pictureS: 60,
  stallS: 60,
};
