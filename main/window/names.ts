/** What an entry of the work in hand is called for a person. Data from outside, shown as text. */
import path from 'node:path';
import { type Entry, itemName, type OpenCase } from '../cases/index.ts';

export function nameOfEntry(c: OpenCase, entry: Entry): string {
  if (entry.path) return path.basename(entry.path.path);
  if (entry.item) return itemName(c, entry.item);
  return entry.part ? itemName(c, entry.part.parent) : '';
}
