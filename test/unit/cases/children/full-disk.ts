/** Works on a data root whose disk is too small: receives files until it is full, then frees space and goes on. Prints what it saw. */
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createCase, openCase } from '../../../../main/cases/case.ts';
import { verifyCustody } from '../../../../main/cases/custody-check.ts';
import { intake } from '../../../../main/cases/intake.ts';
import { listItems } from '../../../../main/cases/items.ts';
import { createJob, listEntries } from '../../../../main/cases/job-store.ts';
import { toErrorRecord } from '../../../../main/contract/errors.ts';

const [dataRoot, ballast, ...files] = process.argv.slice(2);
const c = await createCase(dataRoot!, 'a');
const job = createJob(c, {
  fingerprint: '',
  settings: null,
  role: 'questioned',
  retention: 'copy',
  entries: files.map((file) => ({ path: file })),
});

async function receiveAll(of: typeof c): Promise<string | null> {
  for (const entry of listEntries(of, job, { limit: 1000, states: ['pending'] })) {
    try {
      await intake(of, entry);
    } catch (thrown) {
      return toErrorRecord(thrown).code;
    }
  }
  return null;
}

const code = await receiveAll(c);
const received = listItems(c, { limit: 1000 }).length;
const sealed = readdirSync(path.join(c.folder, 'vault'), { recursive: true, withFileTypes: true }).filter((at) =>
  at.isFile(),
);
rmSync(ballast!);
c.close();
using again = await openCase(dataRoot!, 'a');
const codeAfter = await receiveAll(again);
const { entries } = verifyCustody(again);
const receivedAfter = listItems(again, { limit: 1000 }).length;
process.stdout.write(JSON.stringify({ code, received, sealed: sealed.length, codeAfter, receivedAfter, entries }));
