/**
 * Which filters bring frames of high dynamic range to the ordinary one? Each channel by itself: its signal to light (ITU-R BT.2100-2, tables 4
 * and 5), light bent so that the peak becomes white (EETF of BT.2390-10, 5.4.1; white at 203 cd/m2, BT.2408-5), the colours of BT.2020 in those
 * of BT.709 (BT.2407-0, 2), sRGB. Every ffmpeg has these filters, not every one has zimg or libplacebo.
 */
import type { VideoStreamInfo } from '../contract/media.ts';

type HighRange = NonNullable<VideoStreamInfo['highRange']>;

/** cd/m2: the brightest light that is told apart, which is also that of the display for which HLG is graded; and white. */
const PEAK = 1000;
const WHITE = 203;
/** Light needs 14 bits where sRGB has 8. */
const PLANES = 'gbrp14le';

const PQ = {
  m1: 2610 / 16384,
  m2: (2523 / 4096) * 128,
  c1: 3424 / 4096,
  c2: (2413 / 4096) * 32,
  c3: (2392 / 4096) * 32,
};
const HLG = { a: 0.17883277, b: 0.28466892, c: 0.55991073, gamma: 1.2 };

/** Red, green and blue of BT.709 from those of BT.2020, in light. */
const BT709_FROM_BT2020 = {
  ...{ rr: 1.6605, rg: -0.5876, rb: -0.0728 },
  ...{ gr: -0.1246, gg: 1.1329, gb: -0.0083 },
  ...{ br: -0.0182, bg: -0.1006, bb: 1.1187 },
};

/** To stand where frames have their final size; what follows takes them out of their planes again. */
export function toneMapping(curve: HighRange): string[] {
  const mixed = Object.entries(BT709_FROM_BT2020).map(([channels, share]) => `${channels}=${share}`);
  return [
    `format=${PLANES}`,
    everyChannel(`st(1,${lightOf(curve)});st(1,${bent()});maxval*min(1,${lightOfPq('ld(1)')}/${WHITE})`),
    `colorchannelmixer=${mixed.join(':')}`,
    everyChannel('maxval*if(lte(ld(0),0.0031308),12.92*ld(0),1.055*pow(ld(0),1/2.4)-0.055)'),
  ];
}

/** An expression of `ld(0)`, the value in 0..1, for each channel alike. */
function everyChannel(expression: string): string {
  const whole = `'st(0,clipval/maxval);${expression}'`;
  return `lutrgb=r=${whole}:g=${whole}:b=${whole}`;
}

/** cd/m2 of the signal `ld(0)`, at most the peak. */
function lightOf(curve: HighRange): string {
  if (curve === 'pq') return `min(${PEAK},${lightOfPq('ld(0)')})`;
  const { a, b, c, gamma } = HLG;
  return `${PEAK}*pow(if(lte(ld(0),0.5),ld(0)*ld(0)/3,(exp((ld(0)-${c})/${a})+${b})/12),${gamma})`;
}

function lightOfPq(signal: string): string {
  const root = `pow(${signal},${1 / PQ.m2})`;
  return `10000*pow(max(0,${root}-${PQ.c1})/(${PQ.c2}-${PQ.c3}*${root}),${1 / PQ.m1})`;
}

/** PQ signal of the light `ld(1)`: as it is up to a knee, from there a cubic that ends at white where the light ends at the peak. */
function bent(): string {
  const [peak, white] = [pqOf(PEAK), pqOf(WHITE)];
  const most = white / peak;
  const knee = 1.5 * most - 0.5;
  const power = `pow(ld(1)/10000,${PQ.m1})`;
  const share = `st(2,pow((${PQ.c1}+${PQ.c2}*${power})/(1+${PQ.c3}*${power}),${PQ.m2})/${peak})`;
  const past = `st(3,(ld(2)-${knee})/${1 - knee})`;
  const cubic = `((2*ld(3)-3)*ld(3)*ld(3)+1)*${knee}+((ld(3)-2)*ld(3)+1)*ld(3)*${1 - knee}+(3-2*ld(3))*ld(3)*ld(3)*${most}`;
  return `${share};${past};${peak}*if(lt(ld(2),${knee}),ld(2),${cubic})`;
}

function pqOf(light: number): number {
  const power = (light / 10000) ** PQ.m1;
  return ((PQ.c1 + PQ.c2 * power) / (1 + PQ.c3 * power)) ** PQ.m2;
}
