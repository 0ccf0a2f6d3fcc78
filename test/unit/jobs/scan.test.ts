import { renameSync } from 'node:fs';
import path from 'node:path';
import { findOpenJob, jobProgress, openCase } from '../../../main/cases/index.ts';
import { DEFAULT_SETTINGS } from '../../../main/contract/analyzer.ts';
import { AppError } from '../../../main/contract/errors.ts';
import type { EngineHost } from '../../../main/jobs/engine-host.ts';
import { type ScanRequest, scan, scanFingerprint } from '../../../main/jobs/scan.ts';
import { Bench, bytesOf, examinationOf } from '../cases/support.ts';

test.each(['is told as damaged', 'is told as examined'])(
  'where the disk of the case goes away, a file that %s then is left to be examined, and the scan stops',
  async (what) => {
    using bench = new Bench();
    const c = await bench.newCase();
    const away = path.join(bench.folder, 'unplugged');
    const request: ScanRequest = {
      inputs: [String(bench.write('a.png', bytesOf(1000, 1)))],
      cwd: bench.folder,
      role: 'questioned',
      retention: 'copy',
      settings: DEFAULT_SETTINGS,
      networks: { face: {}, voice: {} },
    };
    const examine = async () => {
      renameSync(bench.dataRoot, away);
      if (what === 'is told as damaged') throw new AppError('MEDIA_CORRUPT');
      return examinationOf({ bytes: 1000 } as Parameters<typeof examinationOf>[0]);
    };
    const engine = { examine } as unknown as EngineHost;
    const options = { signal: new AbortController().signal, onEvent: () => {} };
    await expect(scan(c, engine, request, options)).rejects.toMatchObject({ code: 'PLACE_MISSING' });
    c.close();
    renameSync(away, bench.dataRoot);

    const again = bench.keep(await openCase(bench.dataRoot, 'a'));
    const job = findOpenJob(again, scanFingerprint(request));
    expect(jobProgress(again, job!.id)).toEqual({ total: 1, pending: 0, sealed: 1, examined: 0, failed: 0 });
  },
);
