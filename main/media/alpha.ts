/** Transparency is shown the way a page shows it: over white. */

/** RGBA, straight alpha, laid over white: RGB. */
export function overWhite(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3]!;
    const white = 255 * (255 - alpha);
    rgb[to] = (rgba[from]! * alpha + white + 127) / 255;
    rgb[to + 1] = (rgba[from + 1]! * alpha + white + 127) / 255;
    rgb[to + 2] = (rgba[from + 2]! * alpha + white + 127) / 255;
  }
  return rgb;
}
