/**
 * Breaks files by seed and reads them with every reader of provenance. A fault is a throw, a hang over 5 seconds, growth of the process over
 * 512 MB, or a property on `Object.prototype`. `npm run fuzz [-- RUNS CHILD_RUNS FIRST_SEED]`; prints each fault with its seed and exits 1.
 */
import { fileURLToPath } from 'node:url';
import { readLabels } from '../../main/provenance/aigc/label.ts';
import { memorySource } from '../../main/provenance/bytes/window.ts';
import { manifestPlaces } from '../../main/provenance/c2pa/jumbf.ts';
import { surveyOf } from '../../main/provenance/containers/index.ts';
import { C2paReader, createProvenanceAnalyzers } from '../../main/provenance/index.ts';
import { metadataOf } from '../../main/provenance/metadata.ts';
import { signFile, testAuthority } from '../unit/provenance/c2pa/signing.ts';
import { factsOfBytes, outcomesOf } from '../unit/provenance/examine.ts';
import * as p from '../unit/provenance/pieces.ts';
import { FIXTURES, mutate, sharedFixtures } from './mutations.ts';

export interface Fault {
  readonly fixture: string;
  readonly seed: number;
  readonly what: string;
}

const HANG_MS = 5000;
const GROWTH_BYTES = 512 * 1024 * 1024;

/** Every reader but the C2PA child and those that need pixels. */
const walkers = createProvenanceAnalyzers({
  reader: new C2paReader(() => {
    throw new Error('the child has its own run');
  }),
}).filter(
  (a) =>
    !['provenance-c2pa', 'provenance-consistency', 'provenance-hidden-marks', 'provenance-explicit-label'].includes(
      a.id,
    ),
);

async function fault(fixture: string, seed: number, act: () => Promise<unknown>): Promise<Fault | null> {
  const before = process.memoryUsage.rss();
  const properties = Object.getOwnPropertyNames(Object.prototype).length;
  const started = performance.now();
  try {
    await act();
  } catch (thrown) {
    return {
      fixture,
      seed,
      what:
        thrown instanceof Error
          ? `${thrown.message} ${thrown.cause instanceof Error ? thrown.cause.stack : ''}`
          : String(thrown),
    };
  }
  if (performance.now() - started > HANG_MS) return { fixture, seed, what: 'took over 5 s' };
  if (process.memoryUsage.rss() - before > GROWTH_BYTES) return { fixture, seed, what: 'grew over 512 MB' };
  if (Object.getOwnPropertyNames(Object.prototype).length !== properties)
    return { fixture, seed, what: 'a key became a property' };
  return null;
}

/** `runs` mutations, the fixtures in turn. */
export async function fuzzWalkers(runs: number, firstSeed: number, fixtures = FIXTURES): Promise<Fault[]> {
  const names = [...fixtures.keys()];
  const faults: Fault[] = [];
  for (let i = 0; i < runs; i++) {
    const name = names[i % names.length]!;
    const seed = firstSeed + i;
    const bytes = mutate(fixtures.get(name)!, seed);
    const found = await fault(name, seed, async () => {
      const source = memorySource(bytes);
      await outcomesOf(walkers, source);
      const survey = await surveyOf(source);
      readLabels(survey, await metadataOf(survey));
      for (const block of survey.c2pa) manifestPlaces(block.bytes);
    });
    if (found) faults.push(found);
  }
  return faults;
}

/** `runs` mutations of signed files through the disposable child. The engine must live; the child may die. */
export async function fuzzChild(
  runs: number,
  firstSeed: number,
): Promise<{ faults: Fault[]; died: number; read: number }> {
  const identity = testAuthority().issue('Fuzz', new Date('2025-01-01'), new Date('2040-01-01'));
  const actions = [{ action: 'c2pa.created' }];
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['jpeg', await signFile('image/jpeg', p.jpegFile(), identity, actions)],
    ['png', await signFile('image/png', p.pngFile(), identity, actions)],
    ['mp4', await signFile('video/mp4', p.mp4File(), identity, actions)],
    ['mp3', await signFile('audio/mpeg', p.id3File(p.txxx('a', 'b')), identity, actions)],
    ['wav', await signFile('audio/wav', p.wavFile(), identity, actions)],
  ];
  using reader = new C2paReader();
  const analyzers = createProvenanceAnalyzers({ reader }).filter((a) => a.id === 'provenance-c2pa');
  const faults: Fault[] = [];
  let died = 0;
  let read = 0;
  for (let i = 0; i < runs; i++) {
    const [name, file] = files[i % files.length]!;
    const seed = firstSeed + i;
    // The limit of the child itself is 5 s; starting it on a busy machine comes on top and is not the file's doing.
    const found = await fault(name, seed, async () => {
      const facts = await factsOfBytes(analyzers, mutate(file, seed));
      if (facts.some((f) => f.id === 'c2pa.reason' && f.value === 'reader-crashed')) died++;
      if (facts.some((f) => f.id === 'c2pa.manifestCount')) read++;
    });
    if (found && found.what !== 'took over 5 s') faults.push(found);
  }
  return { faults, died, read };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [runs = 20_000, childRuns = 300, firstSeed = 1] = process.argv.slice(2).map(Number);
  const started = performance.now();
  const own = await fuzzWalkers(runs, firstSeed, new Map([...FIXTURES, ...sharedFixtures()]));
  console.log(`${runs} files broken and walked, ${own.length} faults, ${Math.round(performance.now() - started)} ms`);
  const child = await fuzzChild(childRuns, firstSeed);
  console.log(
    `${childRuns} signed files broken and read by the child: ${child.read} gave a report, in ${child.died} the child died, ${child.faults.length} faults`,
  );
  for (const f of [...own, ...child.faults]) console.error(`${f.fixture} seed ${f.seed}: ${f.what}`);
  process.exit(own.length + child.faults.length === 0 ? 0 : 1);
}
