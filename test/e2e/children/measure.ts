/** Imported before a program (`--import`): when it ends, what it took is written to the file that JIANZHEN_MEASURED names. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.JIANZHEN_MEASURED;
if (isMainThread && file)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    writeFileSync(file, JSON.stringify({ cpuS: (userCPUTime + systemCPUTime) / 1e6, peakMb: peakKb() / 1024 }));
  });

/** Linux counts in `maxRSS` what the parent held when it forked: a worker of the tests may hold more than the program. */
function peakKb(): number {
  const status = '/proc/self/status';
  const peak = existsSync(status) ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8')) : null;
  return peak ? Number(peak[1]) : process.resourceUsage().maxRSS;
}
