/**
 * `toEqual` looks at each element of an array of numbers for itself: comparing pictures took a third of all that their tests took. The same
 * bytes under the same type are the same numbers; where they differ, it looks as ever.
 */
function sameBytes(a, b) {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
  return Buffer.compare(bytesOf(a), bytesOf(b)) === 0 || undefined;
}

const bytesOf = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

expect.addEqualityTesters([sameBytes]);
