/**
 * A path or a value from a file made safe to show: control characters, line breaks and marks that turn the direction of
 * writing are shown as escapes, so that a hostile name cannot forge what stands around it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}
