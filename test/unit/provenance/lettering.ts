/** Letters drawn by strokes, so that pictures with a label need no font: the characters of the label in a plain stroke hand, on a 100-unit square. */
import sharp from 'sharp';
import type { RgbImage } from '../../../main/contract/media.ts';

const STROKES: Readonly<Record<string, string>> = {
  人: 'M50 8 C48 45 30 75 6 92 M49 38 C58 65 75 82 94 92',
  工: 'M12 16 H88 M50 16 V84 M6 84 H94',
  智: 'M26 4 L12 22 M22 12 H50 M8 28 H54 M31 12 V28 C28 40 20 48 8 54 M32 34 L50 50 M62 10 H90 V46 H62 Z M24 58 H78 V94 H24 Z M24 76 H78',
  能: 'M26 6 L12 28 L42 24 M34 14 L46 32 M14 40 H42 V92 L34 88 M14 40 V94 M14 56 H42 M14 70 H42 M60 8 V36 H90 V26 M88 12 L60 24 M60 50 V88 H92 V76 M90 56 L60 70',
  生: 'M26 8 C22 26 14 40 6 48 M22 27 H88 M52 6 V89 M16 56 H86 M6 89 H94',
  成: 'M16 24 H92 M16 24 C17 60 12 80 4 94 M18 50 H44 C44 75 42 84 30 80 M54 5 C56 50 70 85 92 92 L94 76 M82 42 C74 65 58 82 40 92 M66 6 L80 16',
  合: 'M50 5 C40 25 25 38 5 46 M50 5 C60 25 75 38 95 46 M30 46 H70 M22 62 H78 V92 H22 Z',
  A: 'M14 90 L48 10 L82 90 M26 64 H70',
  I: 'M28 10 H72 M50 10 V90 M28 90 H72',
  由: 'M16 28 H84 V92 H16 Z M50 6 V92 M16 60 H84',
};

/** Width of a character in units; Latin letters are narrower. */
const ADVANCE: Readonly<Record<string, number>> = { A: 98, I: 98 };

export interface Lettering {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Height of the characters in pixels. */
  readonly size: number;
  readonly colour?: string;
  /** Stroke width in units of a hundredth of the size. */
  readonly weight?: number;
}

/** SVG group of the text; characters without strokes leave a gap. */
export function lettering({ text, x, y, size, colour = 'white', weight = 9 }: Lettering): string {
  const scale = size / 100;
  let at = x;
  const parts: string[] = [];
  for (const c of text) {
    const path = STROKES[c];
    if (path)
      parts.push(
        `<path d="${path}" transform="translate(${at} ${y}) scale(${scale})" fill="none" stroke="${colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round"/>`,
      );
    at += (ADVANCE[c] ?? 106) * scale;
  }
  return parts.join('');
}

/** A drawn scene (sky, hills, sun, a house) with lettering over it. */
export async function drawScene(
  width: number,
  height: number,
  texts: readonly Lettering[],
  quality?: number,
): Promise<RgbImage> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" stop-color="#3a6ea5"/><stop offset="1" stop-color="#c9d8e6"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#s)"/>
    <circle cx="${width * 0.75}" cy="${height * 0.22}" r="${height * 0.08}" fill="#f4d35e"/>
    <path d="M0 ${height * 0.7} Q${width * 0.3} ${height * 0.45} ${width * 0.6} ${height * 0.72} T${width} ${height * 0.66} V${height} H0 Z" fill="#47683c"/>
    <rect x="${width * 0.2}" y="${height * 0.55}" width="${width * 0.18}" height="${height * 0.2}" fill="#8a5a44"/>
    <path d="M${width * 0.18} ${height * 0.56} L${width * 0.29} ${height * 0.42} L${width * 0.4} ${height * 0.56} Z" fill="#5c3a2e"/>
    ${texts.map(lettering).join('')}</svg>`;
  const drawn = sharp(Buffer.from(svg)).flatten({ background: 'black' });
  const coded = quality === undefined ? drawn : sharp(await drawn.jpeg({ quality }).toBuffer());
  const { data, info } = await coded.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}
