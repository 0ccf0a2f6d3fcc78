/** What an item is called for a person: the last part of the first path it was seen under. Data from outside, shown as text. */
import path from 'node:path';
import { type Entry, type OpenCase, sightings } from '../cases/index.ts';

export function nameOfEntry(c: OpenCase, entry: Entry): string {
  if (entry.path) return path.basename(entry.path.path);
  if (entry.item) return nameOf(c, entry.item);
  return entry.part ? nameOf(c, entry.part.parent) : '';
}

/** That of the item it was found in for a part. */
export function nameOf(c: OpenCase, sha256: string): string {
  const [first] = sightings(c, sha256);
  if (first?.path) return path.basename(first.path.path);
  return first?.part ? nameOf(c, first.part.parent) : '';
}
