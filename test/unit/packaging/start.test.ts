import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fetchFfmpeg } from '../../../packaging/fetch-ffmpeg.ts';
import { findElectron } from '../../../packaging/start.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const folder = temporaryFolder();

test('Electron is used where it is, looked for once where it is not, and done without where it cannot be had', () => {
  const asked: string[] = [];
  const install = (works: boolean) => (place: string) => {
    asked.push(place);
    if (!works) return;
    mkdirSync(path.join(place, 'dist'), { recursive: true });
    writeFileSync(path.join(place, 'path.txt'), 'electron\n');
    writeFileSync(path.join(place, 'dist/electron'), '');
  };
  const offline = path.join(folder, 'offline');
  expect(findElectron(offline, install(false))).toBeNull();
  const online = path.join(folder, 'online');
  expect(findElectron(online, install(true))).toBe(path.join(online, 'dist/electron'));
  expect(findElectron(online, install(true))).toBe(path.join(online, 'dist/electron'));
  expect(asked).toEqual([offline, online]);
});

test('an ffmpeg of other bytes than those pinned is refused, and nothing of it is left', async () => {
  const place = path.join(folder, 'ffmpeg');
  const builds = {
    'win32-x64': { url: 'https://example.org/a.zip', sha256: '0'.repeat(64), licence: 'LGPL-3.0-or-later', files: /./ },
  };
  const fetching = fetchFfmpeg('win32-x64', place, { builds, fetch: async () => new Response('other bytes') });
  await expect(fetching).rejects.toThrow(/pinned is 0{64}/);
  await expect(fetchFfmpeg('linux-x64', place, { builds })).resolves.toEqual([]);
});
