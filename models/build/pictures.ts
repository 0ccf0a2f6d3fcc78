// Drawn pictures for parity checks: whole-number arithmetic only, so that every machine draws the same pixels.

/** RGB 0..255, row by row, `size` x `size` x 3. */
export type Picture = (size: number) => Float32Array;

type Colour = readonly [number, number, number];

export const PICTURES: Readonly<Record<string, Picture>> = {
  ramp: draw((x, y, size) => [Math.floor((255 * x) / size), Math.floor((255 * y) / size), (x + y) % 256]),
  tiles: draw((x, y, size) => tile(Math.floor((8 * x) / size), Math.floor((8 * y) / size))),
  noise: draw((x, y) => tile(x, y)),
  head: draw(head),
};

function draw(colour: (x: number, y: number, size: number) => Colour): Picture {
  return (size) => {
    const pixels = new Float32Array(size * size * 3);
    for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) pixels.set(colour(x, y, size), (y * size + x) * 3);
    return pixels;
  };
}

/** A colour without visible pattern for a cell: one round of an integer hash (murmur3's finaliser). */
function tile(x: number, y: number): Colour {
  let h = Math.imul(x, 0x85ebca6b) ^ Math.imul(y, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return [h & 255, (h >>> 8) & 255, (h >>> 16) & 255];
}

/** Hair, skin, eyes with whites and pupils, nose and mouth as ellipses on a grey wall; sizes in hundredths of the side. */
function head(px: number, py: number, size: number): Colour {
  const inside = (cx: number, cy: number, rx: number, ry: number): boolean => {
    const dx = (100 * px - cx * size) * ry;
    const dy = (100 * py - cy * size) * rx;
    return dx * dx + dy * dy <= (rx * ry * size) ** 2;
  };
  const either = (cx: number, cy: number, rx: number, ry: number) =>
    inside(50 - cx, cy, rx, ry) || inside(50 + cx, cy, rx, ry);
  const shade = Math.floor((60 * Math.abs(2 * px - size)) / size);
  if (either(9, 47, 2, 2)) return [30, 20, 20];
  if (either(9, 47, 5, 2)) return [235, 232, 228];
  if (either(9, 47, 6, 3)) return [150, 110, 96];
  if (either(9, 41, 6, 1)) return [70, 50, 40];
  if (inside(50, 66, 7, 1)) return [120, 50, 50];
  if (inside(50, 66, 8, 3)) return [180, 90, 90];
  if (either(2, 59, 1, 1)) return [110, 76, 64];
  if (inside(50, 57, 3, 4)) return [226 - shade, 178 - shade, 152 - shade];
  if (inside(50, 54, 19, 25)) return [232 - shade, 188 - shade, 164 - shade];
  if (inside(50, 48, 24, 30)) return [60, 44, 36];
  if (inside(50, 110, 38, 30)) return [60, 70, 110];
  return [150, 154, 160];
}
