/** What letters are filled from, read from an open case. */
import { custodyHead, examinationBrief, itemName, listItems, listStatements, type OpenCase } from '../cases/index.ts';
import { readStatements } from '../law/index.ts';
import type { LetterItem, LetterRecord } from '../report/letters/index.ts';
import { installedPacks } from './law-packs.ts';

/** Items of a page; all are read. */
const PAGE = 500;

/** `today` is the day of the letter at the user's place, ISO date. */
export function letterRecord(c: OpenCase, today: string): LetterRecord {
  const { seq, hash } = custodyHead(c);
  return {
    today,
    items: [...questionedItems(c)],
    stated: readStatements(listStatements(c)).answers,
    custody: { seq, hash },
    packs: [...installedPacks(c.dataRoot).values()].map(({ pack }) => pack),
  };
}

function* questionedItems(c: OpenCase): Generator<LetterItem> {
  for (let after = 0; ; ) {
    const page = listItems(c, { after, limit: PAGE, role: 'questioned' });
    for (const { sha256, sm3, bytes, mediaType, receivedAtMs } of page) {
      const info = examinationBrief(c, sha256)?.info;
      const kind = info?.kind ?? 'other';
      yield {
        name: itemName(c, sha256),
        kind,
        mediaType: info?.mediaType ?? mediaType,
        bytes,
        sha256,
        sm3,
        receivedAtMs,
      };
    }
    const last = page.at(-1);
    if (!last) return;
    after = last.ordinal;
  }
}
