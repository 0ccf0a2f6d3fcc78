/** The keys between the case key and what is sealed: one an item, one a person. Erasing the wrapped key erases all below it. */
import { createHmac } from 'node:crypto';
import { AppError } from '../contract/errors.ts';
import type { OpenCase } from './open-case.ts';
import { seal, unseal } from './sealing.ts';

export function wrapItemKey(c: OpenCase, sha256: string, key: Uint8Array): Buffer {
  return seal(c.keys.wrap, `item-key ${sha256}`, key);
}

/** Throws AppError `ITEM_NOT_FOUND`. */
export function itemKey(c: OpenCase, sha256: string): Buffer {
  const row = c.db.get<{ wrappedKey: Buffer }>('SELECT wrappedKey FROM items WHERE sha256 = ?', sha256);
  if (!row) throw new AppError('ITEM_NOT_FOUND', { sha256 });
  return unseal(c.keys.wrap, `item-key ${sha256}`, row.wrappedKey);
}

export function wrapPersonKey(c: OpenCase, person: string, key: Uint8Array): Buffer {
  return seal(c.keys.wrap, `person-key ${person}`, key);
}

/** Throws AppError `REFERENCE_NOT_FOUND`. */
export function personKey(c: OpenCase, person: string): Buffer {
  const row = c.db.get<{ wrappedKey: Buffer }>('SELECT wrappedKey FROM people WHERE id = ?', person);
  if (!row) throw new AppError('REFERENCE_NOT_FOUND', { name: person });
  return unseal(c.keys.wrap, `person-key ${person}`, row.wrappedKey);
}

/** A digest that only this case can make, for finding equal texts without storing them. */
export function keyedTag(c: OpenCase, purpose: string, text: string): string {
  return createHmac('sha256', c.keys.tag).update(`${purpose}\u0000${text}`).digest('hex');
}
