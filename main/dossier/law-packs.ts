/** The law packs of an installation: those that come with the program, and those that the user brought from a file. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packsFolder } from '../jobs/installation.ts';
import { importPack, type LawPack, packs } from '../law/index.ts';

export interface InstalledPack {
  readonly pack: LawPack;
  /** SHA-256 of the file that the user brought; null for a pack of the program. */
  readonly imported: string | null;
}

const lawFolder = (dataRoot: string) => path.join(packsFolder(dataRoot), 'law');

/** By id. One that was brought stands in the place of the program's own of the same id. @throws AppError `LAW_PACK_INVALID` */
export function installedPacks(dataRoot: string): ReadonlyMap<string, InstalledPack> {
  const own = [...packs().values()].map((pack): InstalledPack => ({ pack, imported: null }));
  return new Map([...own, ...importedPacks(lawFolder(dataRoot))].map((one) => [one.pack.id, one]));
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

function importedPacks(folder: string): InstalledPack[] {
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown;
  }
  return names.sort().map((name) => {
    const bytes = readFileSync(path.join(folder, name));
    return { pack: importPack(bytes), imported: digestOf(bytes) };
  });
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
