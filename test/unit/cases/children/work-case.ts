/** Does the open job of a case from where it stands: receives each entry, records an examination, removes nothing. */
import { openCase } from '../../../../main/cases/case.ts';
import { examinationOfJob, recordExamination } from '../../../../main/cases/examinations.ts';
import { intake } from '../../../../main/cases/intake.ts';
import { finishJob, listEntries, markExamined, openJobs } from '../../../../main/cases/job-store.ts';
import { withWorkingCopy } from '../../../../main/cases/working-copy.ts';
import { DEFAULT_SETTINGS } from '../../../../main/contract/analyzer.ts';
import { examinationOf } from '../support.ts';

const [dataRoot, name] = process.argv.slice(2);
using c = await openCase(dataRoot!, name!);
process.stdout.write('open\n');
const [job] = openJobs(c);
while (job) {
  const [entry] = listEntries(c, job.id, { limit: 1, states: ['pending', 'sealed'] });
  if (!entry) break;
  const { item } = await intake(c, entry);
  if (examinationOfJob(c, job.id, item.sha256) !== null) {
    markExamined(c, entry);
    continue;
  }
  const part = { offset: 10, length: 5000, mediaType: 'video/mp4', relation: 'embedded-file' } as const;
  const parts = item.bytes % 3 === 0 ? [part] : [];
  await withWorkingCopy(c, item.sha256, async () => {
    const examination = examinationOf(item, { parts });
    await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: c.now() });
  });
}
if (job) finishJob(c, job.id, 'done');
process.stdout.write('done\n');
