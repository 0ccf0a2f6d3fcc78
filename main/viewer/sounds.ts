/** Sound for a person to look at and, when asked, to hear: outline, levels by frequency, and a stretch as a WAV file. */
import FFT from 'fft.js';
import type { OpenMedia } from '../contract/media.ts';
import {
  LONGEST_SOUND_S,
  LONGEST_SPECTROGRAM_S,
  type ViewedPeaks,
  type ViewedSound,
  type ViewedSpectrogram,
} from '../contract/viewer.ts';
import { AUDIO_RATE } from '../media/index.ts';

/** 64 ms: separates the harmonics of a voice. Samples. */
const WINDOW = 1024;

/** Rows of 31 Hz: two bins of the transform each, the louder shown. */
const ROWS = 256;

/** Below this nothing of a 16-bit recording is left. dB of full scale. */
const LOW_DB = -100;
const HIGH_DB = 0;

/** Lowest and highest sample of each of the equal spans of a stretch; 0 where nothing was recorded. */
export async function peaks(
  media: OpenMedia,
  { fromS, toS, buckets }: { readonly fromS: number; readonly toS: number; readonly buckets: number },
): Promise<ViewedPeaks> {
  const low = new Array<number>(buckets).fill(0);
  const high = new Array<number>(buckets).fill(0);
  const bucketsPerSample = buckets / ((toS - fromS) * AUDIO_RATE);
  for await (const chunk of media.audio({ fromS, toS })) {
    const at = Math.round((chunk.fromS - fromS) * AUDIO_RATE);
    chunk.samples.forEach((sample, n) => {
      const bucket = Math.floor((at + n) * bucketsPerSample);
      if (bucket < 0 || bucket >= buckets) return;
      if (sample < low[bucket]!) low[bucket] = sample;
      if (sample > high[bucket]!) high[bucket] = sample;
    });
  }
  return { low: low.map(rounded), high: high.map(rounded) };
}

/** Three decimals show on any screen; sixteen would be sent. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** The stretch, cut to `LONGEST_SPECTROGRAM_S` and to the end of the sound, in equal columns; each is one window at its middle. */
export async function spectrogram(
  media: OpenMedia,
  { fromS, toS, columns }: { readonly fromS: number; readonly toS: number; readonly columns: number },
): Promise<ViewedSpectrogram> {
  const samples = await stretch(media, fromS, Math.min(toS, fromS + LONGEST_SPECTROGRAM_S));
  const fft = new FFT(WINDOW);
  const spectrum = fft.createComplexArray();
  const windowed = new Float64Array(WINDOW);
  const levels = new Uint8Array(columns * ROWS);
  for (let column = 0; column < columns; column++) {
    const middle = ((column + 0.5) / columns) * samples.length;
    const start = Math.round(middle - WINDOW / 2);
    for (let n = 0; n < WINDOW; n++) windowed[n] = (samples[start + n] ?? 0) * HANN[n]!;
    fft.realTransform(spectrum, windowed);
    for (let row = 0; row < ROWS; row++) levels[column * ROWS + row] = levelOf(spectrum, row);
  }
  return {
    fromS,
    toS: fromS + samples.length / AUDIO_RATE,
    columns,
    rows: ROWS,
    fromHz: 0,
    toHz: AUDIO_RATE / 2,
    lowDb: LOW_DB,
    highDb: HIGH_DB,
    levels,
  };
}

const HANN = Float64Array.from({ length: WINDOW }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW));

/** A sine of full scale reads 0 dB: its bin is half the sum of the window. */
const FULL_SCALE = HANN.reduce((sum, w) => sum + w, 0) / 2;

function levelOf(spectrum: ArrayLike<number>, row: number): number {
  const bins = WINDOW / 2 / ROWS;
  let power = 0;
  for (let bin = row * bins; bin < (row + 1) * bins; bin++)
    power = Math.max(power, spectrum[2 * bin]! ** 2 + spectrum[2 * bin + 1]! ** 2);
  const db = 10 * Math.log10(Math.max(power / FULL_SCALE ** 2, 1e-12));
  return Math.round(255 * Math.min(1, Math.max(0, (db - LOW_DB) / (HIGH_DB - LOW_DB))));
}

export async function sound(
  media: OpenMedia,
  { fromS, toS }: { readonly fromS: number; readonly toS: number },
): Promise<ViewedSound> {
  const samples = await stretch(media, fromS, Math.min(toS, fromS + LONGEST_SOUND_S));
  return { wav: wavOf(samples), fromS, toS: fromS + samples.length / AUDIO_RATE };
}

/** Samples from `fromS` on; what lies before the first that was decoded is silence. */
async function stretch(media: OpenMedia, fromS: number, toS: number): Promise<Float32Array> {
  const samples = new Float32Array(Math.max(0, Math.round((toS - fromS) * AUDIO_RATE)));
  let filled = 0;
  for await (const chunk of media.audio({ fromS, toS })) {
    const at = Math.max(0, Math.round((chunk.fromS - fromS) * AUDIO_RATE));
    if (at >= samples.length) break;
    const part = chunk.samples.subarray(0, samples.length - at);
    samples.set(part, at);
    filled = Math.max(filled, at + part.length);
  }
  return samples.subarray(0, filled);
}

function wavOf(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);
  text(0, 'RIFF');
  view.setUint32(4, 36 + samples.length * 2, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, AUDIO_RATE, true);
  view.setUint32(28, AUDIO_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, n) => {
    view.setInt16(44 + n * 2, Math.round(Math.min(1, Math.max(-1, sample)) * 32767), true);
  });
  return bytes;
}
