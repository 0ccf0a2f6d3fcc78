/**
 * What other versions than the installed ones examined, or what was compared with other samples than those of now, as scans that examine it
 * again: each item as it was asked for the last time.
 */
import { comparedBefore, latestExaminedBy, listItems, type OpenCase } from '../cases/index.ts';
import type { ScanSettings } from '../contract/analyzer.ts';
import { breathe } from '../contract/breathe.ts';
import type { Retention } from '../contract/item.ts';
import { type Installed, otherVersions } from '../contract/versions.ts';
import type { ScanRequest } from './scan.ts';

/** Items read before other work gets its turn. */
const PAGE = 50;

/** One request for all items of the same settings and retention; none where every answer is of now. */
export async function renewals(
  c: OpenCase,
  installed: Installed,
  networks: ScanRequest['networks'],
): Promise<ScanRequest[]> {
  const alike = Map.groupBy(await examinedOtherwise(c, installed), ({ settings, retention }) =>
    JSON.stringify([settings, retention]),
  );
  return [...alike.values()].map((all) => ({
    inputs: [],
    items: all.map(({ sha256 }) => sha256),
    renews: true,
    cwd: '',
    role: 'questioned',
    retention: all[0]!.retention,
    settings: all[0]!.settings,
    networks,
  }));
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
