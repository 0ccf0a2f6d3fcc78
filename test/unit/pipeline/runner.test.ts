import type { Analyzer } from '../../../main/contract/analyzer.ts';
import { AppError } from '../../../main/contract/errors.ts';
import { reason } from '../../../main/contract/fact.ts';
import type { MediaInfo, OpenMedia } from '../../../main/contract/media.ts';
import { type AnalyzerOutcome, evidence, notApplicable } from '../../../main/contract/outcome.ts';
import type { Faces } from '../../../main/contract/perception.ts';
import { decodingFault } from '../../../main/jobs/entry-fault.ts';
import { type RunOptions, runAnalyzers } from '../../../main/pipeline/runner.ts';

const analyzer = (id: string, rest: Partial<Analyzer> = {}): Analyzer => ({
  id,
  version: '1.0.0',
  needs: [],
  models: [],
  timeLimitS: 5,
  appliesTo: () => null,
  run: async () => [evidence('file', { rawScore: 1 })],
  ...rest,
});

const faces: Faces = { framesExamined: 1, tracks: [] };

const options = (rest: Partial<RunOptions> = {}): RunOptions => ({
  media: { info: { video: [], audio: [] } as unknown as MediaInfo } as OpenMedia,
  fault: null,
  sha256: 'ab'.repeat(32),
  models: { has: () => true, run: async () => ({}), bytes: async () => new Uint8Array(0) },
  references: [],
  settings: { fps: 4, depth: 'full' },
  signal: new AbortController().signal,
  knownFailures: {},
  faces: async () => ({ value: faces }),
  voices: async () => ({ error: { code: 'FFMPEG_MISSING', params: {} } }),
  onStep: () => {},
  onProgress: () => {},
  ...rest,
});

const statuses = async (analyzers: Analyzer[], rest: Partial<RunOptions> = {}) =>
  (await runAnalyzers(analyzers, options(rest))).outcomes.map((o) => [o.analyzer, o.status, o.reason?.code ?? null]);

test('one that throws and one that hangs are recorded as failed, and the others run', async () => {
  const throws = analyzer('synthetic-face', {
    run: async () => {
      throw new TypeError('x is undefined');
    },
  });
  const hangs = analyzer('synthetic-image', { timeLimitS: 0.05, run: () => new Promise<never>(() => {}) });
  expect(await statuses([throws, hangs, analyzer('provenance-exif')])).toEqual([
    ['synthetic-face', 'failed', 'ANALYZER_CRASHED'],
    ['synthetic-image', 'failed', 'ANALYZER_TIMEOUT'],
    ['provenance-exif', 'evidence', null],
  ]);
});

test('not applicable, model missing, need failed and known to kill the process are four different records', async () => {
  let ran = 0;
  const counted = { run: async () => [evidence('file', { rawScore: ++ran })] };
  const outcomes = await statuses(
    [
      analyzer('a', { ...counted, appliesTo: () => reason('no-sound') }),
      analyzer('b', { ...counted, models: ['there', 'gone'] }),
      analyzer('c', { ...counted, needs: ['faces', 'voices'] }),
      analyzer('d', counted),
    ],
    {
      models: { has: (id) => id !== 'gone', run: async () => ({}), bytes: async () => new Uint8Array(0) },
      knownFailures: { d: { code: 'ENGINE_CRASHED', params: {} } },
    },
  );
  expect(outcomes).toEqual([
    ['a', 'notApplicable', 'no-sound'],
    ['b', 'notRun', 'model-missing'],
    ['c', 'notRun', 'need-failed'],
    ['d', 'failed', 'ENGINE_CRASHED'],
  ]);
  expect(ran).toBe(0);
});

test('of an item that cannot be decoded only its bytes are examined, and the rest says why', async () => {
  const fault = { code: 'MEDIA_CORRUPT', params: {} } as const;
  expect(await statuses([analyzer('provenance-exif'), analyzer('synthetic-image')], { fault })).toEqual([
    ['provenance-exif', 'evidence', null],
    ['synthetic-image', 'notRun', 'need-failed'],
  ]);
});

test('what kept an item from being decoded is told with all that it names', async () => {
  const fault = { code: 'FORMAT_UNSUPPORTED', params: { mediaType: 'application/pdf' } } as const;
  const { outcomes } = await runAnalyzers([analyzer('synthetic-image')], options({ fault }));
  expect(decodingFault({ outcomes })).toEqual(fault);
});

test('an expected fault keeps its own code', async () => {
  const fails = analyzer('a', {
    run: async () => {
      throw new AppError('MEDIA_TRUNCATED');
    },
  });
  expect(await statuses([fails])).toEqual([['a', 'failed', 'MEDIA_TRUNCATED']]);
});

test('an outcome that breaks the contract is a failure, not evidence', async () => {
  const wrong = analyzer('a', {
    run: async () => [{ ...evidence('file', {}), rawScore: 'high' } as unknown as AnalyzerOutcome],
  });
  const silent = analyzer('b', { run: async () => [] });
  expect(await statuses([wrong, silent])).toEqual([
    ['a', 'failed', 'ANALYZER_CRASHED'],
    ['b', 'failed', 'ANALYZER_CRASHED'],
  ]);
});

test('cancelling ends the run with no outcomes', async () => {
  const controller = new AbortController();
  const slow = analyzer('a', {
    run: (_, context) =>
      new Promise((_resolve, reject) => {
        context.signal.addEventListener('abort', () => reject(context.signal.reason));
        controller.abort();
      }),
  });
  await expect(runAnalyzers([slow], options({ signal: controller.signal }))).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});

test('the random source depends on the item and the analyzer only', async () => {
  const seen: number[] = [];
  const draws = analyzer('a', {
    run: async (_, context) => {
      seen.push(context.random());
      return [evidence('file', {})];
    },
  });
  await runAnalyzers([draws, draws], options());
  await runAnalyzers([draws], options({ sha256: 'cd'.repeat(32) }));
  expect(seen[0]).toBe(seen[1]);
  expect(seen[0]).not.toBe(seen[2]);
});

test('what an item holds besides and nobody looks at is said by those who look or listen, and by no other', async () => {
  const info = {
    video: [{}, {}, {}],
    audio: [{}, {}],
    image: null,
    unreadFrom: 1234,
  } as unknown as MediaInfo;
  const heard = { value: {} } as Awaited<ReturnType<RunOptions['voices']>>;
  const looks = [
    analyzer('provenance-exif'),
    analyzer('scene-hash', { looksAtPicture: true }),
    analyzer('synthetic-face', { needs: ['faces'] }),
    analyzer('synthetic-voice', { needs: ['voices'] }),
  ];
  const media = { info } as OpenMedia;
  const { outcomes } = await runAnalyzers(looks, options({ media, voices: async () => heard }));
  expect(outcomes.map((o) => [o.analyzer, o.status, o.reason?.code, o.reason?.params])).toEqual([
    ['provenance-exif', 'evidence', undefined, undefined],
    ['scene-hash', 'evidence', undefined, undefined],
    ['scene-hash', 'notRun', 'further-films', { count: 2 }],
    ['scene-hash', 'notRun', 'further-piece', { offset: 1234 }],
    ['synthetic-face', 'evidence', undefined, undefined],
    ['synthetic-face', 'notRun', 'further-films', { count: 2 }],
    ['synthetic-face', 'notRun', 'further-piece', { offset: 1234 }],
    ['synthetic-voice', 'evidence', undefined, undefined],
    ['synthetic-voice', 'notRun', 'further-sound-tracks', { count: 1 }],
    ['synthetic-voice', 'notRun', 'further-piece', { offset: 1234 }],
  ]);
  const pictures = async (image: object) => {
    const animated = { info: { video: [], audio: [], image } as unknown as MediaInfo } as OpenMedia;
    return (await runAnalyzers(looks.slice(1, 3), options({ media: animated }))).outcomes
      .filter((o) => o.status === 'notRun')
      .map((o) => [o.analyzer, o.reason?.params.count]);
  };
  const nobody = { needs: ['faces' as const], run: async () => [notApplicable('file', reason('no-reference'))] };
  const alone = await runAnalyzers([analyzer('face-likeness', nobody)], options({ media }));
  expect(alone.outcomes.map((o) => o.status)).toEqual(['notApplicable']);
  // An animation is searched for faces in all its frames.
  expect(await pictures({ frames: 9 })).toEqual([['scene-hash', 8]]);
  expect(await pictures({ frames: 1, pages: 4 })).toEqual([
    ['scene-hash', 3],
    ['synthetic-face', 3],
  ]);
});

test('what the quick pass leaves out is not run, which is no opinion on it; what it does not apply to says that first', async () => {
  const costly = { leftOutOfQuickPass: () => reason('text-quick-pass') };
  const analyzers = [
    analyzer('provenance-explicit-label', costly),
    analyzer('face-temporal', { ...costly, appliesTo: () => reason('no-film') }),
    analyzer('provenance-exif', { leftOutOfQuickPass: () => null }),
  ];
  expect(await statuses(analyzers, { settings: { fps: 4, depth: 'quick' } })).toEqual([
    ['provenance-explicit-label', 'notRun', 'text-quick-pass'],
    ['face-temporal', 'notApplicable', 'no-film'],
    ['provenance-exif', 'evidence', null],
  ]);
  expect((await statuses(analyzers))[0]).toEqual(['provenance-explicit-label', 'evidence', null]);
});

test('a full disk and an exhausted system are no record of the item: it is examined again', async () => {
  const fails = (code: 'ENOSPC' | 'EMFILE') =>
    analyzer('synthetic-image', {
      run: async () => {
        throw Object.assign(new Error(code), { code });
      },
    });
  await expect(statuses([fails('ENOSPC')])).rejects.toMatchObject({ code: 'NO_SPACE' });
  await expect(statuses([fails('EMFILE')])).rejects.toMatchObject({ code: 'SYSTEM_EXHAUSTED' });
});
