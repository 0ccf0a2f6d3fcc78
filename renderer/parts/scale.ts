/** Natural logarithm below which, either way, a figure supports neither proposition (UI.md, the scale in words). */
export const NEITHER_BELOW = 0.7;

export function supports(llr: number | null): boolean {
  return llr !== null && Math.abs(llr) >= NEITHER_BELOW;
}
