/** The law packs of an installation: those that come with the program, and those that the user brought from a file. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError, type ErrorRecord, toErrorRecord } from '../contract/errors.ts';
import { packsFolder } from '../jobs/installation.ts';
import { importPack, type LawPack, packs, type Route } from '../law/index.ts';

export interface InstalledPack {
  readonly pack: LawPack;
  /** SHA-256 of the file that the user brought; null for a pack of the program. */
  readonly imported: string | null;
}

/** A pack that was taken once and that this version does not: what comes with the program goes on without it. */
export interface RefusedPack {
  /** Its name in the folder, without the ending. */
  readonly id: string;
  readonly sha256: string;
  /** Where and what its first fault is. */
  readonly why: ErrorRecord;
}

export interface InstalledLaw {
  /** By id. One that was brought stands in the place of the program's own of the same id. */
  readonly packs: ReadonlyMap<string, InstalledPack>;
  readonly refused: readonly RefusedPack[];
}

const lawFolder = (dataRoot: string) => path.join(packsFolder(dataRoot), 'law');

export function installedLaw(dataRoot: string): InstalledLaw {
  const own = [...packs().values()].map((pack): InstalledPack => ({ pack, imported: null }));
  const brought = packsIn(lawFolder(dataRoot));
  const taken = brought.flatMap((one) => ('pack' in one ? [one] : []));
  return {
    packs: new Map([...own, ...taken].map((one) => [one.pack.id, one])),
    refused: brought.flatMap((one) => ('why' in one ? [one] : [])),
  };
}

/** Checks a pack as those of the program are checked, and keeps it as it came. @throws AppError `LAW_PACK_INVALID` */
export function importLawPack(dataRoot: string, bytes: Uint8Array): InstalledPack {
  const pack = importPack(bytes);
  const folder = lawFolder(dataRoot);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${pack.id}.json`);
  writeFileSync(`${file}.unfinished`, bytes, { mode: 0o600 });
  renameSync(`${file}.unfinished`, file);
  return { pack, imported: digestOf(bytes) };
}

/** The packs of the places stated, in the order stated; China where none was stated or is known. `other`: every pack brought for another place. */
export function packsOfPlaces(
  statements: readonly { readonly kind: string; readonly key: string; readonly value: unknown }[],
  installed: ReadonlyMap<string, InstalledPack>,
): readonly InstalledPack[] {
  const places = statements.filter(({ kind, key }) => kind === 'answer' && key === 'place');
  const stated = places.flatMap(({ value }) => {
    if (value === 'other') return [...installed.values()].filter(({ pack }) => !packs().has(pack.id));
    return installed.get(String(value).toLowerCase()) ?? [];
  });
  return stated.length > 0 ? stated : [installed.get('cn')!];
}

/** Routes of these packs, each once: one that two of them name is the same route, in the words of the first. */
export function routesOf(packs: Iterable<LawPack>): (Pick<Route, 'code' | 'name'> & { readonly packs: string[] })[] {
  const routes = new Map<string, ReturnType<typeof routesOf>[number]>();
  for (const { id, routes: own } of packs)
    for (const { code, name } of own) {
      const known = routes.get(code) ?? { code, name, packs: [] };
      known.packs.push(id);
      routes.set(code, known);
    }
  return [...routes.values()];
}

function packsIn(folder: string): (InstalledPack | RefusedPack)[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  return names.sort().map((name) => {
    const bytes = readFileSync(path.join(folder, name));
    const sha256 = digestOf(bytes);
    try {
      return { pack: importPack(bytes), imported: sha256 };
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      return { id: path.basename(name, '.json'), sha256, why: toErrorRecord(thrown) };
    }
  });
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
