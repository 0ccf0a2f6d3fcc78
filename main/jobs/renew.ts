/**
 * What other versions than the installed ones examined, or what was compared with other samples than those of now, as scans that examine it
 * again: each item as it was asked for the last time.
 */
import {
  bytesAreGone,
  comparedBefore,
  latestExaminedBy,
  listItems,
  mustBeThere,
  type OpenCase,
} from '../cases/index.ts';
import type { ScanSettings } from '../contract/analyzer.ts';
import { breathe } from '../contract/breathe.ts';
import type { Retention } from '../contract/item.ts';
import { type Installed, otherVersions } from '../contract/versions.ts';
import type { ScanRequest } from './scan.ts';

/** Items read before other work gets its turn. */
const PAGE = 50;

export interface Renewals {
  /** One for all items of the same settings and retention; none where every answer is of now. */
  readonly requests: readonly ScanRequest[];
  /** Digests of those that cannot be examined again, because their bytes are gone. */
  readonly gone: readonly string[];
}

export async function renewals(
  c: OpenCase,
  installed: Installed,
  networks: ScanRequest['networks'],
): Promise<Renewals> {
  const { there, gone } = await byBytes(c, await examinedOtherwise(c, installed));
  const alike = Map.groupBy(there, ({ settings, retention }) => JSON.stringify([settings, retention]));
  const requests = [...alike.values()].map((all) => ({
    inputs: [],
    items: all.map(({ sha256 }) => sha256),
    renews: true as const,
    cwd: '',
    role: 'questioned' as const,
    retention: all[0]!.retention,
    settings: all[0]!.settings,
    networks,
  }));
  return { requests, gone: gone.map(({ sha256 }) => sha256) };
}

/** Tells those apart that cannot be examined again. Throws AppError `PLACE_MISSING`. */
export async function byBytes<Item extends { readonly sha256: string }>(
  c: OpenCase,
  items: readonly Item[],
): Promise<{ readonly there: readonly Item[]; readonly gone: readonly Item[] }> {
  const there: Item[] = [];
  const gone: Item[] = [];
  for (const item of items) ((await bytesAreGone(c, item.sha256)) ? gone : there).push(item);
  if (gone.length > 0) await mustBeThere(c);
  return { there, gone };
}

interface ExaminedOtherwise {
  readonly sha256: string;
  readonly retention: Retention;
  readonly settings: ScanSettings;
}

async function examinedOtherwise(c: OpenCase, installed: Installed): Promise<ExaminedOtherwise[]> {
  const before = comparedBefore(c);
  const found: ExaminedOtherwise[] = [];
  for (let after = 0; ; ) {
    const page = listItems(c, { after, limit: PAGE });
    for (const { sha256, retention } of page) {
      const by = latestExaminedBy(c, sha256);
      if (by && (before.has(sha256) || otherVersions(by, installed)))
        found.push({ sha256, retention, settings: by.settings });
    }
    const last = page.at(-1);
    if (!last) return found;
    after = last.ordinal;
    await breathe();
  }
}
