import { DEFAULT_PREFERENCES } from '../../../main/contract/ipc.ts';
import type { WindowHost } from '../../../main/window/host.ts';
import { WindowSession } from '../../../main/window/session.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const former = process.env.FFMPEG_PATH;
afterEach(() => {
  if (former === undefined) delete process.env.FFMPEG_PATH;
  else process.env.FFMPEG_PATH = former;
});

const folder = temporaryFolder();

test.each([undefined, '/opt/ffmpeg'])(
  'a chosen ffmpeg that is taken back leaves what held at the start: %s',
  async (atStart) => {
    if (atStart === undefined) delete process.env.FFMPEG_PATH;
    else process.env.FFMPEG_PATH = atStart;
    const host = { dataRoot: folder, cwd: '/', capabilities: [], emit: () => {} };
    const { handlers } = new WindowSession(host as unknown as WindowHost);
    await handlers['preferences.set']({ ...DEFAULT_PREFERENCES, ffmpeg: '/no/such/ffmpeg' });
    expect(process.env.FFMPEG_PATH).toBe('/no/such/ffmpeg');
    await handlers['preferences.set']({ ...DEFAULT_PREFERENCES, ffmpeg: null });
    expect(process.env.FFMPEG_PATH).toBe(atStart);
  },
);
