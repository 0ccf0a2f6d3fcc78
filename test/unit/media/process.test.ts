import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openMedia, probeTools } from '../../../main/media/index.ts';
import { collect, start } from '../../../main/media/process.ts';
import { findTool } from '../../../main/media/tools.ts';
import {
  allFrames,
  allSamples,
  makeWithFfmpeg,
  sine,
  temporaryFolder,
  testWithFfmpeg,
  writeWav,
} from '../../fixtures/media.ts';
import { until } from '../../fixtures/until.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);
const LIMITS = { timeLimitS: 5, outputBytes: 1000 };

const environment = { ...process.env };
afterEach(() => {
  process.env = { ...environment };
});

/** A folder with programs of our own under the names of ffmpeg and ffprobe. */
function fakeTools(name: string, scripts: { ffmpeg?: string; ffprobe?: string }): string {
  mkdirSync(file(name), { recursive: true });
  for (const [tool, script] of Object.entries(scripts)) {
    writeFileSync(path.join(file(name), tool), `#!/bin/sh\n${script}\n`);
    chmodSync(path.join(file(name), tool), 0o755);
  }
  return file(name);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Throws where the process whose number the file holds lives on. */
async function gone(pidFile: string): Promise<void> {
  const pid = Number(readFileSync(pidFile, 'utf8'));
  expect(pid).toBeGreaterThan(0);
  await until(() => !alive(pid));
}

const posixDescribe = process.platform === 'win32' ? describe.skip : describe;

posixDescribe('outside programs', () => {
  test('a system without room for another pipe is told by its code', async () => {
    const room = `
      import { openSync } from 'node:fs';
      const { start } = await import(${JSON.stringify(path.resolve('main/media/process.ts'))});
      start('/bin/true', []);
      try { for (;;) openSync('/dev/null'); } catch {}
      try { start('/bin/true', []); } catch (fault) { console.log(fault.code); }
    `;
    const script = 'ulimit -n 64 && exec "$0" --input-type=module -e "$1"';
    const done = await collect('/bin/sh', ['-c', script, process.execPath, room], LIMITS);
    expect(Buffer.from(done.stdout).toString()).toBe('SYSTEM_EXHAUSTED\n');
  });

  test('arguments arrive as they are, the environment does not', async () => {
    process.env.FFREPORT = 'file=/tmp/never';
    const done = await collect(
      '/bin/sh',
      ['-c', 'printf "%s|" "$@"; printf %s "$FFREPORT"', 'sh', '$(id)', 'a b', '-x\n'],
      LIMITS,
    );
    expect([done.exit, Buffer.from(done.stdout).toString()]).toEqual([0, '$(id)|a b|-x\n|']);
  });

  test('one that hangs is killed with everything it started', async () => {
    const script = `sleep 1000 & echo $! > ${file('grandchild')}; wait`;
    const hung = collect('/bin/sh', ['-c', script], { ...LIMITS, timeLimitS: 2 });
    await expect(hung).rejects.toMatchObject({ code: 'DECODE_TIMEOUT', params: { seconds: 2 } });
    await gone(file('grandchild'));
  });

  test('one that floods is stopped', async () => {
    await expect(collect('/bin/sh', ['-c', 'yes'], LIMITS)).rejects.toMatchObject({ code: 'MEDIA_TOO_LARGE' });
  });

  test('one that crashes, and one that is not there, are told apart', async () => {
    const crashed = collect('/bin/sh', ['-c', 'kill -SEGV $$'], LIMITS);
    await expect(crashed).rejects.toMatchObject({ code: 'DECODER_CRASHED', params: { signal: 'SIGSEGV' } });
    await expect(collect(file('absent'), [], LIMITS)).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
  });

  test('aborting kills it', async () => {
    const control = new AbortController();
    const running = collect('/bin/sh', ['-c', `echo $$ > ${file('aborted')}; sleep 1000`], {
      ...LIMITS,
      signal: control.signal,
    });
    await until(() => existsSync(file('aborted')) && readFileSync(file('aborted'), 'utf8').endsWith('\n'));
    control.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    await gone(file('aborted'));
    expect(() => start('/bin/true', [], { signal: control.signal })).toThrow();
  });

  test('a prober that hangs is killed', async () => {
    process.env.FFMPEG_PATH = fakeTools('hanging-probe', {
      ffmpeg: 'exit 1',
      ffprobe: `echo $$ > ${file('probe-pid')}; sleep 1000`,
    });
    writeFileSync(file('any.flac'), 'fLaC');
    const opened = openMedia(file('any.flac'), { limits: { probeS: 2 } });
    await expect(opened).rejects.toMatchObject({ code: 'DECODE_TIMEOUT' });
    await gone(file('probe-pid'));
  });

  test('a prober that prints nonsense makes the file corrupt', async () => {
    process.env.FFMPEG_PATH = fakeTools('mad-probe', { ffmpeg: 'exit 1', ffprobe: 'echo "{]"' });
    writeFileSync(file('any.flac'), 'fLaC');
    await expect(openMedia(file('any.flac'))).rejects.toMatchObject({ code: 'MEDIA_CORRUPT' });
  });

  testWithFfmpeg('a decoder that hangs in the middle is killed', async () => {
    makeWithFfmpeg(
      '-f',
      'lavfi',
      '-i',
      'testsrc=size=64x48:rate=10:duration=1',
      '-f',
      'lavfi',
      '-i',
      'sine',
      '-shortest',
      file('film.mkv'),
    );
    const real = findTool('ffprobe');
    process.env.FFMPEG_PATH = fakeTools('hanging', {
      ffmpeg: `echo $$ > ${file('decoder-pid')}; head -c 100000 /dev/zero; sleep 1000`,
      ffprobe: `exec ${real} "$@"`,
    });
    await using media = await openMedia(file('film.mkv'), { limits: { stallS: 2 } });
    await expect(allFrames(media.frames({ fps: 4 }))).rejects.toMatchObject({ code: 'DECODE_TIMEOUT' });
    await gone(file('decoder-pid'));
    await expect(allSamples(media.audio({}))).rejects.toMatchObject({ code: 'DECODE_TIMEOUT' });
    await gone(file('decoder-pid'));
  });
});

describe('finding ffmpeg', () => {
  test('without it films say what is missing, and pictures and WAV still open', async () => {
    process.env.FFMPEG_PATH = folder;
    writeFileSync(file('film.webm'), Buffer.from('\x1a\x45\xdf\xa3\x9fB\x82\x84webm', 'latin1'));
    await expect(openMedia(file('film.webm'))).rejects.toMatchObject({ code: 'FFMPEG_MISSING' });
    writeWav(file('tone.wav'), 1, { sampleRate: 8000 }, sine(440));
    await using wav = await openMedia(file('tone.wav'));
    expect((await allSamples(wav.audio({}))).samples).toHaveLength(16000);
    expect(await probeTools()).toMatchObject({ ffmpeg: null, ffprobe: null });
  });

  testWithFfmpeg('by PATH, by its folder, and by its own name', async () => {
    const found = findTool('ffmpeg');
    process.env.FFMPEG_PATH = path.dirname(found);
    expect(findTool('ffprobe')).toBe(path.join(path.dirname(found), path.basename(found).replace('ffmpeg', 'ffprobe')));
    process.env.FFMPEG_PATH = found;
    expect(findTool('ffmpeg')).toBe(found);
    const report = await probeTools();
    expect(report.ffmpeg).toMatchObject({ path: found, version: expect.stringMatching(/\d/) });
    expect(report.missingDecoders).toEqual([]);
  });
});
