import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { jest } from '@jest/globals';

jest.setTimeout(400_000);

// Seconds of the processor, not of the clock: other work on the machine does not count.
test('a report of 1,000 items is set within 60 seconds and 1 GB', async () => {
  const child = path.join(import.meta.dirname, 'children/large-report.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, '1000']);
  const { pdf, printed, cpuS, peakMb } = JSON.parse(stdout);
  expect(pdf).toBeGreaterThan(1e6);
  expect(printed).toBeGreaterThan(50);
  expect(cpuS).toBeLessThan(60);
  expect(peakMb).toBeLessThan(1000);
});
