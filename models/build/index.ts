// Makes the model files that npm packages carry in another form: `npm run build:models`. Every source file and every
// result must have the digest that models/registry.json pins; what is already there with its digest is left alone.
// `-- --unless-touched` does not hash anew what has the size and the time of writing that it had when its digest was found
// right: the commands do so, since the engine hashes each model that it loads.
// `-- --pin ID…` writes the digests of new results, or of a newly trained model's file, into the registry instead.
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { sha256Of } from '../../main/inference/digest.ts';
import { type ModelEntry, readRegistry } from '../../main/inference/registry.ts';

const MODELS = path.resolve(import.meta.dirname, '..');
const PACKAGES = path.resolve(MODELS, '../node_modules');
const REGISTRY = path.join(MODELS, 'registry.json');
const STAMPS = path.join(PACKAGES, '.cache/jianzhen-models.json');

type PackageEntry = Extract<ModelEntry, { kind: 'package' }>;

/** Model -> what its file looked like when its digest was right. */
type Stamps = Readonly<Record<string, string>>;

export interface BuildOptions {
  readonly unlessTouched?: boolean;
  readonly modelsFolder?: string;
  readonly stampsFile?: string;
}

/** Builds what is missing. @returns ids of the models that were made, empty where nothing was to do. */
export async function buildModels(options: BuildOptions = {}): Promise<string[]> {
  const { unlessTouched = false, modelsFolder = MODELS, stampsFile = STAMPS } = options;
  const kept = await readFile(stampsFile, 'utf8')
    .then((text) => JSON.parse(text) as Stamps)
    .catch((): Stamps => ({}));
  const stamps: Record<string, string> = { ...kept };
  const made: string[] = [];
  for (const entry of readRegistry(modelsFolder).models) {
    if (entry.kind !== 'package') continue;
    const file = path.join(modelsFolder, entry.file);
    const stamp = await stampOf(file, entry.sha256);
    if (unlessTouched && stamp !== null && stamps[entry.id] === stamp) continue;
    if (stamp !== null && sha256Of(await readFile(file)) === entry.sha256) {
      stamps[entry.id] = stamp;
      continue;
    }
    const bytes = await convert(entry);
    const digest = sha256Of(bytes);
    if (digest !== entry.sha256)
      throw new Error(`${entry.id}: the result has the digest ${digest}, the registry pins ${entry.sha256}`);
    await writeWhole(file, bytes);
    made.push(entry.id);
  }
  // Where nobody may write, nothing is kept.
  if (Object.entries(stamps).some(([id, stamp]) => kept[id] !== stamp))
    await writeWhole(stampsFile, Buffer.from(JSON.stringify(stamps))).catch(() => {});
  return made;
}

/** What a file of this digest looks like from outside; null where there is none. */
async function stampOf(file: string, sha256: string): Promise<string | null> {
  const found = await stat(file, { bigint: true }).catch(() => null);
  return found && `${sha256} ${found.size} ${found.mtimeNs}`;
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
  const { values, positionals } = parseArgs({
    options: { pin: { type: 'boolean' }, 'unless-touched': { type: 'boolean' } },
    allowPositionals: true,
  });
  try {
    if (values.pin) await pin(positionals);
    else
      for (const id of await buildModels({ unlessTouched: values['unless-touched'] ?? false }))
        console.error(`models/.built: ${id}`);
  } catch (error) {
    console.error(`build:models: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
