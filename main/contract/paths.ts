/** A path as a person reads it, and its bytes where they are not valid UTF-8 (a file can only be opened by those). */
export interface SourcePath {
  readonly text: string;
  readonly bytes: Uint8Array | null;
}

/** Decodes a path given by the operating system; bytes that are not UTF-8 become U+FFFD in `text` and are kept in `bytes`. */
export function sourcePath(raw: Uint8Array): SourcePath {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(raw);
  const roundTrip = new TextEncoder().encode(text);
  const faithful = roundTrip.length === raw.length && roundTrip.every((byte, at) => byte === raw[at]);
  return { text, bytes: faithful ? null : Uint8Array.from(raw) };
}
