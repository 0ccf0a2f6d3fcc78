/** Which version of what examines here, and what of a stored examination came from another. */
import { z } from 'zod';
import type { Outcome } from './outcome.ts';

/** Version of every analyzer of the program, in the order of the report. Whoever changes what one says raises it: `test/golden` holds them to it. */
export const ANALYZER_VERSIONS = {
  'provenance-c2pa': '3',
  'provenance-aigc-label': '2',
  'provenance-explicit-label': '1',
  'provenance-generator': '2',
  'provenance-hidden-marks': '1',
  'provenance-exif': '3',
  'provenance-container': '2',
  'provenance-consistency': '1',
  'scene-hash': '1',
  'film-recoding': '1.0.0',
  'synthetic-face': '1.1.0',
  'synthetic-image': '1.0.0',
  'synthetic-voice': '1.3.0',
  'face-temporal': '1.3.0',
  'lip-synchrony': '1.0.0',
  'face-likeness': '1.1.1',
  'voice-likeness': '1.2.1',
} as const;

/**
 * Of what works around the analyzers and is named among them: how faces, speech and voices are found, followed and cut out (`main/perception`),
 * upon which nearly every analyzer rests, and the rules by which outcomes become ratios and findings (`main/fusion`). Whoever changes where one
 * is found, how it is cut, how sound becomes one channel at one rate or what the rules find raises it, `test/golden` holds them to it; networks
 * stand among the models. Examinations from before these were kept count as made by the first.
 */
export const AROUND_VERSIONS = { perception: '2', fusion: '1' } as const;

/** These versions as an examination was made with them; of the search null in what is neither picture nor sound: nobody is searched for there. */
export interface Around {
  readonly perception: string | null;
  readonly fusion: string;
}

/** Of what runs the detectors that users brought; what was declared and measured of one is added to it (`ImportedDetector.version`). */
export const IMPORTED_VERSION = '1.0.1';

/** What an installation examines with. */
export const installedSchema = z.object({
  /** Analyzer id -> version. */
  analyzers: z.record(z.string(), z.string()),
  /** Registry id -> SHA-256 of every model that is here. */
  models: z.record(z.string(), z.string()),
  /** Trust list -> its version, of those that content credentials are held against. */
  trustLists: z.record(z.string(), z.string()),
});
export type Installed = z.infer<typeof installedSchema>;

/** An analyzer or a trust list (versions) or a model (digests): what it was for the stored answer, and what it is now. */
const otherVersionSchema = z.object({
  id: z.string(),
  /** Null: it was not there then. */
  examined: z.string().nullable(),
  /** Null: it is not installed any more. */
  installed: z.string().nullable(),
});
export type OtherVersion = z.infer<typeof otherVersionSchema>;

export const otherVersionsSchema = z.object({
  analyzers: z.array(otherVersionSchema),
  models: z.array(otherVersionSchema),
  trustLists: z.array(otherVersionSchema),
});
export type OtherVersions = z.infer<typeof otherVersionsSchema>;

/** Fact of the analyzer of content credentials where there were some: a trust list and its version each, or `none`. */
export const TRUST_LISTS_FACT = 'c2pa.trustListsInstalled';

/** What is stored of an examination and tells who made it; of facts `TRUST_LISTS_FACT` will do. */
export interface ExaminedBy {
  readonly outcomes: readonly (Pick<Outcome, 'analyzer' | 'version'> & Partial<Pick<Outcome, 'facts'>>)[];
  /** Registry id -> SHA-256 of those that it used. */
  readonly models: Readonly<Record<string, string>>;
  readonly around: Around;
}

/**
 * The analyzers, models and trust lists of an examination that are not the installed ones, and those that were not there then; null where
 * all are the same. An answer of another version is no wrong answer: it is another program's.
 */
export function otherVersions(examinedBy: ExaminedBy, installed: Installed): OtherVersions | null {
  const { outcomes, models, around } = examinedBy;
  const analyzers: Record<string, string | null> = {
    ...Object.fromEntries(outcomes.map(({ analyzer, version }) => [analyzer, version])),
    ...around,
  };
  const ids = [...new Set([...Object.keys(analyzers), ...Object.keys(installed.analyzers)])];
  const others = {
    analyzers: differing(
      ids.filter((id) => analyzers[id] !== null),
      { examined: analyzers, installed: installed.analyzers },
    ),
    // Which models an item needs shows only when it is examined: those that it did not use tell nothing.
    models: differing(Object.keys(models), { examined: models, installed: installed.models }),
    trustLists: otherTrustLists(outcomes, installed.trustLists),
  };
  return Object.values(others).some(({ length }) => length > 0) ? others : null;
}

/** Of credentials alone: to a file without any the lists make no difference. */
function otherTrustLists(outcomes: ExaminedBy['outcomes'], installed: Installed['trustLists']): OtherVersion[] {
  const lists = outcomes.flatMap(({ facts = [] }) => facts.filter(({ id }) => id === TRUST_LISTS_FACT));
  if (lists.length === 0) return [];
  const named = lists.map(({ value }) => String(value)).filter((list) => list !== 'none');
  const examined = Object.fromEntries(named.map((list) => list.split(/ (.*)/) as [string, string]));
  return differing([...new Set([...Object.keys(examined), ...Object.keys(installed)])], { examined, installed });
}

function differing(
  ids: readonly string[],
  { examined, installed }: Record<'examined' | 'installed', Readonly<Record<string, string | null>>>,
): OtherVersion[] {
  return ids
    .filter((id) => examined[id] !== installed[id])
    .map((id) => ({ id, examined: examined[id] ?? null, installed: installed[id] ?? null }));
}
