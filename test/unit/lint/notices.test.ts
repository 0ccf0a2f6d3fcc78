import { readFileSync } from 'node:fs';
import path from 'node:path';
import { noticePackages } from '../../lint/notices.ts';

test('the third-party notices name every package of the program in its locked version', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../THIRD-PARTY-NOTICES.txt'), 'utf8');
  const packages = noticePackages();
  expect(packages.length).toBeGreaterThan(20);
  const missing = packages.filter(({ name, version, licence }) => !text.includes(`\n${name} ${version} (${licence})`));
  expect(missing).toEqual([]);
});
