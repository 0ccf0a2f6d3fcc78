/** Pictures and sounds of the host as the page can draw and play them. */
import type { Picture } from '../../main/contract/ipc.ts';

export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

export function bitmapOf({ mediaType, data }: Picture): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([bytesOf(data)], { type: mediaType }));
}

export function soundOf(wav: string): Blob {
  return new Blob([bytesOf(wav)], { type: 'audio/wav' });
}
