import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { noticePackages } from '../../lint/notices.ts';

const root = path.resolve(import.meta.dirname, '../../..');

test('the third-party notices name every package of the program in its locked version', () => {
  const text = readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  const packages = noticePackages();
  expect(packages.length).toBeGreaterThan(20);
  const missing = packages.filter(({ name, version, licence }) => !text.includes(`\n${name} ${version} (${licence})`));
  expect(missing).toEqual([]);
});

test('whatever package the window imports is among them', () => {
  const named = new Set(noticePackages().map(({ name }) => name));
  const imported = globSync('renderer/**/*.{ts,tsx}', { cwd: root, exclude: ['renderer/vite.config.ts'] })
    .flatMap((file) => [
      ...readFileSync(path.join(root, file), 'utf8').matchAll(/^(?:import|} from) .*'([^.':][^':]*)';$/gm),
    ])
    .map(([, source]) => source!.match(/^(@[^/]+\/)?[^/]+/)![0]);
  expect(imported).toContain('react');
  expect([...new Set(imported)].filter((name) => !named.has(name))).toEqual([]);
});
