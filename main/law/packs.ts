/** The packs that come with the program. Read once, from this room's own folder; each passes the same checks as an imported one. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importPack, type LawPack } from './pack.ts';

const FOLDER = path.join(import.meta.dirname, 'packs');

let cached: ReadonlyMap<string, LawPack> | null = null;

/** Own packs by id (`cn`, `eu`, `kr`, `uk`, `us`), China first. @throws AppError `LAW_PACK_INVALID` in a broken installation */
export function packs(): ReadonlyMap<string, LawPack> {
  cached ??= new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => importPack(readFileSync(path.join(FOLDER, name))))
      .map((pack) => [pack.id, pack]),
  );
  return cached;
}
