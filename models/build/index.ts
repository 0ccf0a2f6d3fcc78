// Makes the model files that npm packages carry in another form: `npm run build:models`. Every source file and every
// result must have the digest that models/registry.json pins; what is already there with its digest is left alone.
// `-- --pin ID…` writes the digests of new results, or of a newly trained model's file, into the registry instead.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sha256Of } from '../../main/inference/digest.ts';
import { type ModelEntry, readRegistry } from '../../main/inference/registry.ts';

const MODELS = path.resolve(import.meta.dirname, '..');
const PACKAGES = path.resolve(MODELS, '../node_modules');
const REGISTRY = path.join(MODELS, 'registry.json');

type PackageEntry = Extract<ModelEntry, { kind: 'package' }>;

/** Builds what is missing. @returns ids of the models that were made, empty where nothing was to do. */
export async function buildModels(): Promise<string[]> {
  const made: string[] = [];
  for (const entry of readRegistry(MODELS).models) {
    if (entry.kind !== 'package' || (await isBuilt(entry))) continue;
    const bytes = await convert(entry);
    const digest = sha256Of(bytes);
    if (digest !== entry.sha256)
      throw new Error(`${entry.id}: the result has the digest ${digest}, the registry pins ${entry.sha256}`);
    await writeWhole(path.join(MODELS, entry.file), bytes);
    made.push(entry.id);
  }
  return made;
}

/** Writes length and digest of the named models' files into the registry, building them first where a package holds them. */
async function pin(ids: readonly string[]): Promise<void> {
  const { models } = readRegistry(MODELS);
  let text = await readFile(REGISTRY, 'utf8');
  for (const id of ids) {
    const entry = models.find((model) => model.id === id);
    if (!entry || entry.kind === 'pack') throw new Error(`${id} is no model of this project's own`);
    const file = path.join(MODELS, entry.file);
    const bytes = entry.kind === 'package' ? await convert(entry) : await readFile(file);
    if (entry.kind === 'package') await writeWhole(file, bytes);
    const head = new RegExp(`("id": "${id}",[^]*?"bytes": )\\d+(,\\s*"sha256": ")[0-9a-f]{64}`);
    text = text.replace(
      head,
      (_, before: string, between: string) => before + bytes.length + between + sha256Of(bytes),
    );
  }
  await writeWhole(REGISTRY, Buffer.from(text));
}

async function isBuilt(entry: PackageEntry): Promise<boolean> {
  const bytes = await readFile(path.join(MODELS, entry.file)).catch(() => undefined);
  return bytes !== undefined && sha256Of(bytes) === entry.sha256;
}

/** Reads the pinned source files and applies the recipe; the converter is loaded only when there is work for it. */
async function convert({ id, source }: PackageEntry): Promise<Uint8Array> {
  const folder = path.join(PACKAGES, source.package);
  const description = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (description === undefined)
    throw new Error(`${id}: ${source.package} is not installed; run npm ci with development dependencies`);
  const { version } = JSON.parse(description) as { version: string };
  if (version !== source.version) throw new Error(`${id}: ${source.package} is ${version}, not ${source.version}`);
  const files = await Promise.all(source.files.map((file) => readFile(path.join(folder, file.path))));
  for (const [at, file] of source.files.entries()) {
    if (sha256Of(files[at] ?? new Uint8Array()) !== file.sha256)
      throw new Error(`${id}: ${source.package}/${file.path} is not the file that the registry pins`);
  }
  const { RECIPES } = await import('./recipes.ts');
  const recipe = RECIPES[id];
  if (!recipe) throw new Error(`${id}: no recipe in models/build/recipes.ts`);
  return recipe(files);
}

/** Two builds at once must not see each other's half-written files. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const partial = `${file}.${process.pid}.part`;
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(partial, bytes);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({ options: { pin: { type: 'boolean' } }, allowPositionals: true });
  try {
    if (values.pin) await pin(positionals);
    else for (const id of await buildModels()) console.error(`models/.built: ${id}`);
  } catch (error) {
    console.error(`build:models: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
