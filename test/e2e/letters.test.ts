import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const at = (name: string) => path.join(work, name);
const lines = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('what a user states is kept, checked, withdrawn, and fills the letters of the case', async () => {
  const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#345' } })
    .png()
    .toBuffer();
  writeFileSync(at('a.png'), picture);
  const item = createHash('sha256').update(picture).digest('hex');
  expect((await cli(['scan', '--quick', at('a.png'), '--data', data])).code).toBe(0);
  const facts = (...args: string[]) => cli(['case', 'facts', '--data', data, '--json', ...args]);

  const refused = await facts('--set', 'consent=none', '--set', 'consent=perhaps');
  expect(refused.code).not.toBe(0);
  expect(refused.out).toContain('STATEMENT_INVALID');
  expect((await facts()).out.trim()).toBe('');

  writeFileSync(
    at('facts.json'),
    JSON.stringify([{ route: { route: 'RT-PLATFORM', event: 'sent', at: '2026-11-20' } }]),
  );
  const given = [
    'act-date=2026-11-01..2026-11-03',
    'consent=none',
    `publicity@${item.slice(0, 8)}=voluntary`,
    'act-kinds=made',
    'act-kinds=published',
  ];
  const stated = lines((await facts(...given.flatMap((one) => ['--set', one]), '--import', at('facts.json'))).out);
  expect(stated.map(({ kind, item: about, key, value }) => [kind, about, key, value])).toEqual([
    ['route', null, '["RT-PLATFORM","sent"]', { route: 'RT-PLATFORM', event: 'sent', at: '2026-11-20' }],
    ['answer', null, 'act-date', { from: '2026-11-01', to: '2026-11-03' }],
    ['answer', null, 'consent', 'none'],
    ['answer', item, 'publicity', 'voluntary'],
    ['answer', null, 'act-kinds', ['made', 'published']],
  ]);
  const left = lines((await facts('--withdraw', String(stated[1].id))).out);
  expect(left).toHaveLength(4);

  const made = lines((await cli(['letters', '--data', data, '--lang', 'zh', '--out', at('letters'), '--json'])).out);
  expect(readdirSync(at('letters')).sort()).toEqual(made.map(({ file }) => path.basename(file)).sort());
  const notice = made.find(({ kind }) => kind === 'platform-notice');
  expect(readFileSync(notice.file).subarray(0, 2).toString()).toBe('PK');
  const unstated = await facts('--withdraw', String(stated[2].id));
  expect(unstated.code).toBe(0);
  const again = lines(
    (await cli(['letters', '--data', data, '--lang', 'zh', '--out', at('more'), '--kind', 'platform-notice', '--json']))
      .out,
  );
  expect(again[0].blanks).toBe(notice.blanks + 1);
  const repeated = await cli(['letters', '--data', data, '--lang', 'zh', '--out', at('letters')]);
  expect(repeated.err).toContain('ARCHIVE_EXISTS');
});
