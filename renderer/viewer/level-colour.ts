/** Colours of levels, dark to light in even steps of brightness, readable without telling hues apart (viridis, CC0, Smith and van der Walt 2015). */
const STOPS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

/** Red, green, blue, opacity of 0-255 for a level of 0-1. */
export function levelColour(level: number): [number, number, number, number] {
  const place = Math.min(1, Math.max(0, level)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(place));
  const part = place - below;
  const [low, high] = [STOPS[below]!, STOPS[below + 1]!];
  const mixed = ([0, 1, 2] as const).map((at) => Math.round(low[at] + (high[at] - low[at]) * part));
  return [mixed[0]!, mixed[1]!, mixed[2]!, 255];
}
