/** From a drop, a choice or a paste to a source that the host can read: paths in Electron, uploads in a browser. */
import type { Source } from '../../main/contract/ipc.ts';
import { upload } from './bridge.ts';

export interface HandOver {
  /** Bytes that have left, of `total`; a host that reads paths takes none. */
  onSent?(sent: number, total: number): void;
  signal?: AbortSignal;
}

/** Gives files to the host, one after the other. Throws HostFault. */
export async function handOver(files: readonly File[], { onSent, signal }: HandOver = {}): Promise<Source> {
  const bridge = window.jianzhen;
  if (bridge) return { from: 'paths', paths: files.map((file) => bridge.pathOf(file)) };
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const ids: string[] = [];
  let before = 0;
  for (const file of files) {
    const { id } = await upload(file, (bytes) => onSent?.(before + bytes, total), signal);
    before += file.size;
    ids.push(id);
  }
  return { from: 'uploads', ids };
}

/** Files of a drop or paste. In a browser a folder gives all files in it; in Electron it is one path, which the host walks. */
export async function filesOf(transfer: DataTransfer): Promise<File[]> {
  if (window.jianzhen) return [...transfer.files];
  // Entries must be taken before the first await: the list is emptied after the event.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const plain = [...transfer.files];
  if (entries.every((entry) => entry === null)) return plain;
  const found: File[] = [];
  for (const entry of entries) if (entry) found.push(...(await filesUnder(entry)));
  return found;
}

async function filesUnder(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) {
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: File[] = [];
  // A reader gives at most a hundred entries at once, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    for (const inner of some) found.push(...(await filesUnder(inner)));
  }
}
