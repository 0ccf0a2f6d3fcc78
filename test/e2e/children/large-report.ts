/** Sets a report of many items and prints what it took: `large-report.ts COUNT`. In a process of its own, so that its memory is its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packs } from '../../../main/law/index.ts';
import { composeReport, printedItems } from '../../../main/report/compose/index.ts';
import { reportJson } from '../../../main/report/json.ts';
import { renderPdf } from '../../../main/report/pdf/index.ts';
import { itemRecord, OUTCOMES, reportRecord, sha } from '../../fixtures/report-record.ts';

const series = Array.from({ length: 40 }, (_, at) => ({
  ...{ id: 'face.observation.swapScore', value: Math.sin(at), unit: 'sd', strength: null, says: null },
  at: { from: at, to: at },
}));
const outcomes = OUTCOMES.map((one) => (one.llr === null ? one : { ...one, facts: [...one.facts, ...series] }));
const items = Array.from({ length: Number(process.argv[2]) }, (_, at) => itemRecord(at + 1, outcomes));
const record = reportRecord(items);
const document = composeReport(record, {
  ...{ language: 'zh', digest: sha('json'), packs: [packs().get('cn')!], pictures: new Map() },
});
const file = path.join(mkdtempSync(path.join(tmpdir(), 'jianzhen-large-')), 'report.json');
const { items: _, log, ...head } = record;
await writeFile(file, reportJson(head, items, log));
const pdf = await renderPdf(document, { name: 'report.json', file });
rmSync(path.dirname(file), { recursive: true });
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({
    pdf: pdf.length,
    printed: printedItems(items).length,
    cpuS: (userCPUTime + systemCPUTime) / 1e6,
    peakMb: maxRSS / 1024,
  }),
);
