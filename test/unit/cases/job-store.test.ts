import { listCustody } from '../../../main/cases/custody.ts';
import { filePath } from '../../../main/cases/file-path.ts';
import { intake } from '../../../main/cases/intake.ts';
import { eraseItem } from '../../../main/cases/item-erasure.ts';
import {
  createJob,
  examinationFault,
  failEntry,
  findOpenJob,
  finishJob,
  getEntry,
  type JobRequest,
  jobProgress,
  listEntries,
  markExamined,
  notReceived,
  openJobs,
} from '../../../main/cases/job-store.ts';
import { Bench, bytesOf, plan } from './support.ts';

const request = (rest: Partial<JobRequest> = {}): JobRequest => ({
  fingerprint: 'scan /a /b',
  settings: { fps: 4 },
  role: 'questioned',
  retention: 'copy',
  entries: [{ path: '/a' }, { path: '/b', role: 'context' }],
  ...rest,
});

test('a job is found again by what was asked until it ends', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const id = createJob(c, request());
  expect(findOpenJob(c, 'scan /a /b')).toMatchObject({
    id,
    settings: { fps: 4 },
    role: 'questioned',
    retention: 'copy',
  });
  expect(findOpenJob(c, 'scan /a')).toBeNull();
  expect(openJobs(c).map((job) => job.id)).toEqual([id]);
  finishJob(c, id, 'cancelled');
  expect(findOpenJob(c, 'scan /a /b')).toBeNull();
  expect(openJobs(c)).toEqual([]);
  const next = createJob(c, request());
  expect(findOpenJob(c, 'scan /a /b')?.id).toBe(next);
});

test('entries come in the order planned, page by page and by state', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const raw = Buffer.from([0x2f, 0xff]);
  const id = createJob(c, request({ entries: [{ path: '/a' }, { path: '/b', role: 'context' }, filePath(raw)] }));
  const all = listEntries(c, id);
  expect(all.map((e) => [e.position, e.path?.path, e.role, e.state])).toEqual([
    [1, '/a', 'questioned', 'pending'],
    [2, '/b', 'context', 'pending'],
    [3, '/\ufffd', 'questioned', 'pending'],
  ]);
  expect(all[2]!.path?.pathBytes).toBe(raw.toString('base64'));
  expect(listEntries(c, id, { after: 1, limit: 1 })).toEqual([all[1]]);
  failEntry(c, all[0]!, { code: 'FILE_NOT_FOUND', params: {} });
  expect(listEntries(c, id, { states: ['pending', 'sealed'] })).toEqual(all.slice(1));
  expect(jobProgress(c, id)).toEqual({ total: 3, pending: 2, sealed: 0, examined: 0, failed: 1 });
});

test('a plan that cannot be made whole leaves no job', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const entries = (function* () {
    yield { path: '/a' };
    throw new Error('unreadable');
  })();
  expect(() => createJob(c, request({ entries }))).toThrow('unreadable');
  expect(openJobs(c)).toEqual([]);
});

test('a failure is recorded once, with its path sealed', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [entry] = plan(c, ['/absent']);
  const error = { code: 'FILE_NOT_FOUND', params: {} } as const;
  failEntry(c, entry!, error);
  failEntry(c, entry!, { code: 'INTERNAL', params: {} });
  expect(getEntry(c, entry!.id)).toMatchObject({ state: 'failed', error });
  const failures = listCustody(c).filter((e) => e.act === 'item-failed');
  expect(failures).toMatchObject([{ item: null, details: { code: 'FILE_NOT_FOUND' }, text: '{"path":"/absent"}' }]);
});

test('what was not received is told once a place, until it is received; an item that could not be examined has its fault', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const file = bench.write('late.png', bytesOf(500, 3)) as string;
  const fault = (code: 'FILE_NOT_FOUND' | 'FILE_EMPTY' | 'ENGINE_CRASHED') => ({ code, params: {} });
  for (const code of ['FILE_NOT_FOUND', 'FILE_EMPTY'] as const)
    for (const entry of plan(c, [file, '/absent'])) failEntry(c, entry, fault(code));
  expect(notReceived(c)).toEqual([
    { path: file, parent: null, error: fault('FILE_EMPTY') },
    { path: '/absent', parent: null, error: fault('FILE_EMPTY') },
  ]);
  const [entry] = plan(c, [file]);
  const { item } = await intake(c, entry!);
  expect(examinationFault(c, item.sha256)).toBeNull();
  failEntry(c, getEntry(c, entry!.id), fault('ENGINE_CRASHED'));
  expect(examinationFault(c, item.sha256)).toEqual(fault('ENGINE_CRASHED'));
  expect(notReceived(c).map(({ path }) => path)).toEqual(['/absent']);
  await eraseItem(c, item.sha256);
  expect(notReceived(c).map(({ path }) => path)).toEqual(['/absent']);
});

test('an entry that could not even be planned is a failed one', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const error = { code: 'PERMISSION_DENIED', params: {} } as const;
  const id = createJob(
    c,
    request({
      entries: [
        { path: '/locked', error },
        { path: '/a', error: null },
      ],
    }),
  );
  expect(listEntries(c, id).map((e) => [e.state, e.error])).toEqual([
    ['failed', error],
    ['pending', null],
  ]);
});

test('a failed examination names its item, and an examined entry does not become failed', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [first, second] = plan(c, [bench.write('a', bytesOf(10, 1)), bench.write('b', bytesOf(10, 2))]);
  const { item } = await intake(c, first!);
  failEntry(c, first!, { code: 'ENGINE_CRASHED', params: {} });
  expect(listCustody(c).at(-1)).toMatchObject({ act: 'item-failed', item: item.sha256 });
  await intake(c, second!);
  markExamined(c, second!);
  failEntry(c, second!, { code: 'ENGINE_CRASHED', params: {} });
  expect(getEntry(c, second!.id).state).toBe('examined');
});

test('an item that the case already has is planned as received, under its own role', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const [planned] = plan(c, [bench.write('a', 'a')]);
  const { item } = await intake(c, planned!);
  const id = createJob(c, request({ role: 'context', entries: [{ item: item.sha256 }] }));
  const [entry] = listEntries(c, id);
  expect(entry).toMatchObject({ state: 'sealed', role: 'questioned', item: item.sha256, path: null, part: null });
  expect((await intake(c, entry!)).item.sha256).toBe(item.sha256);
  expect(listCustody(c).filter((e) => e.act === 'item-sighted-again')).toEqual([]);
});
