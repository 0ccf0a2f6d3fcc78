/** Drafts of letters from the record of a case. */
export { composeLetter, lettersIn } from './compose.ts';
export { blanksIn, letterDocx } from './docx.ts';
export { LETTER_KINDS, type Letter, type LetterKind } from './letter.ts';
export type { LetterEntry, LetterItem, LetterRecord } from './record.ts';
