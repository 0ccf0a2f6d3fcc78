import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { STATES } from '../../../main/provenance/c2pa/report.ts';
import { SAYS } from '../../../main/provenance/index.ts';
import { sentences } from '../../../main/strings/index.ts';

const room = path.resolve(import.meta.dirname, '../../../main/provenance');
const source = globSync('**/*.ts', { cwd: room })
  .map((f) => readFileSync(path.join(room, f), 'utf8'))
  .join('\n');

test('every fact that the room can give has a name, a meaning and an innocent explanation', () => {
  const ids = new Set(
    [
      ...source.matchAll(
        /'((?:c2pa|aigc|label|generator|png|stealth|dwtdct|xmp|exif|thumbnail|copy|jpeg|mp4|container|integrity|iptc|metadata|provenance)\.[A-Za-z0-9]+)'/g,
      ),
    ].map((m) => m[1]!),
  );
  expect(ids.size).toBeGreaterThan(100);
  const missing = [...ids].filter((id) =>
    ['', '.means', '.innocent'].some((end) => !sentences.has(`fact.${id}${end}`)),
  );
  expect(missing).toEqual([]);
});

test('every state, proposition and contradiction has a sentence', () => {
  const contradictions = [...source.matchAll(/contradiction\(\s*'([a-z-]+)'/g)].map(
    (m) => `fact-value.provenance.contradiction.${m[1]}`,
  );
  expect(contradictions.length).toBeGreaterThan(9);
  const problems = [...source.matchAll(/problem\('([a-z-]+)'/g)].map((m) => `problem.${m[1]}`);
  expect(problems).toContain('problem.truncated');
  const because = [...source.matchAll(/because: \[([^\]]+)\]/g)]
    .flatMap((m) => [...m[1]!.matchAll(/'([a-z0-9-]+)'/g)])
    .map((m) => `fact-value.copy.because.${m[1]}`);
  expect(because).toContain('fact-value.copy.because.skia-profile');
  const reasons = [...source.matchAll(/reason\('([a-z-]+)'/g)].map((m) => `reason.${m[1]}`);
  const wanted = [
    ...STATES.map((s) => `fact-value.c2pa.state.${s}`),
    ...SAYS.map((s) => `says.${s}`),
    ...contradictions,
    ...problems,
    ...because,
    ...reasons,
  ];
  expect(wanted.filter((id) => !sentences.has(id))).toEqual([]);
});
