// Detectors that the user brought: a folder each below the packs, with the weights, what was declared of them, and what was measured.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  type DetectorContract,
  type DetectorRole,
  detectorContractSchema,
  detectorRoleSchema,
} from '../contract/detector.ts';
import { AppError } from '../contract/errors.ts';
import { sha256Schema } from '../contract/item.ts';
import { sha256Of } from './digest.ts';
import { createSession } from './session.ts';

const importedSchema = z.strictObject({
  schema: z.literal(1),
  role: detectorRoleSchema,
  sha256: sha256Schema,
  bytes: z.int().positive(),
  contract: detectorContractSchema,
});
export type ImportedModel = z.infer<typeof importedSchema>;

/** Longest file taken. Bytes. */
const MOST_BYTES = 2 ** 30;

export function importedFolder(packsFolder: string, id: string): string {
  return path.join(packsFolder, 'imported', id);
}

/** Every imported detector; a folder whose description cannot be read is left aside. */
export function readImported(packsFolder: string): ImportedModel[] {
  const folder = path.join(packsFolder, 'imported');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .flatMap((id) => {
      try {
        return [importedSchema.parse(JSON.parse(readFileSync(path.join(folder, id, 'import.json'), 'utf8')))];
      } catch {
        return [];
      }
    });
}

/**
 * Takes weights with their declared contract: loads them, looks for the declared tensors, and keeps a copy. It speaks in no finding before it was calibrated.
 * @throws AppError MODEL_INVALID (not a network, or not as declared), MODEL_ID_TAKEN, FILE_NOT_FOUND, …
 */
export async function importDetector(
  packsFolder: string,
  {
    file,
    role,
    contractFile,
    taken,
  }: { file: string; role: DetectorRole; contractFile: string; taken: readonly string[] },
): Promise<ImportedModel> {
  const contract = await readContract(contractFile, role);
  if (taken.includes(contract.id)) throw new AppError('MODEL_INVALID', { model: contract.id });
  const bytes = new Uint8Array(await readFile(file));
  if (bytes.length > MOST_BYTES) throw new AppError('MODEL_INVALID', { model: contract.id });
  const session = await createSession(contract.id, bytes, 1);
  const fits = session.inputs.includes(contract.input.name) && session.outputs.includes(contract.output.name);
  await session.dispose();
  if (!fits) throw new AppError('MODEL_INVALID', { model: contract.id });
  const imported: ImportedModel = { schema: 1, role, sha256: sha256Of(bytes), bytes: bytes.length, contract };
  const folder = importedFolder(packsFolder, contract.id);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path.join(folder, 'model.onnx'), bytes, { mode: 0o600 });
  await writeFile(path.join(folder, 'import.json'), `${JSON.stringify(imported, null, 2)}\n`, { mode: 0o600 });
  return imported;
}

async function readContract(file: string, role: DetectorRole): Promise<DetectorContract> {
  try {
    const contract = detectorContractSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const fits = (contract.input.kind === 'sound') === (role === 'synthetic-voice');
    if (fits) return contract;
  } catch (cause) {
    throw new AppError('MODEL_INVALID', { model: path.basename(file) }, { cause });
  }
  throw new AppError('MODEL_INVALID', { model: path.basename(file) });
}
