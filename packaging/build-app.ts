/**
 * Makes dist/app from main/: the same files as JavaScript, since Electron's own Node need not strip types, the preload as one
 * CommonJS file (a sandboxed preload is no module), and links to models and renderer so that it starts from the checkout.
 */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/** Relative paths of our own files: in imports, and where a process or a thread is started from one. */
const OWN_FILE = /(['"])((?:\.{1,2}\/)[^'"\n]*?|[a-z-]+)\.ts\1/g;

/** `from` with types removed and `.ts` of our own files turned into `.js`. Lines and columns stay where they were. */
export function compile(from: string): string {
  return stripTypeScriptTypes(from, { mode: 'strip' }).replace(OWN_FILE, '$1$2.js$1');
}

/** Writes the whole folder anew. `app` is where; the renderer must have been built into dist/renderer. */
export async function buildApp(app = path.join(root, 'dist/app')): Promise<void> {
  rmSync(app, { recursive: true, force: true });
  for (const file of globSync('main/**/*.{ts,json,typ}', { cwd: root, exclude: ['main/preload/**'] })) {
    const target = path.join(app, file.replace(/\.ts$/, '.js'));
    mkdirSync(path.dirname(target), { recursive: true });
    if (file.endsWith('.ts')) writeFileSync(target, compile(readFileSync(path.join(root, file), 'utf8')));
    else cpSync(path.join(root, file), target);
  }
  await buildPreload(path.join(app, 'main/preload'));
  const { name, productName, version, type } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(
    path.join(app, 'package.json'),
    `${JSON.stringify({ name, productName, version, type, main: 'main/app/index.js' })}\n`,
  );
  mkdirSync(path.join(app, 'dist'), { recursive: true });
  symlinkSync(path.join(root, 'models'), path.join(app, 'models'), 'junction');
  symlinkSync(path.join(root, 'dist/verify'), path.join(app, 'dist/verify'), 'junction');
  symlinkSync(path.join(root, 'dist/renderer'), path.join(app, 'dist/renderer'), 'junction');
}

async function buildPreload(folder: string): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'es2024',
      lib: { entry: path.join(root, 'main/preload/index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { external: ['electron'] },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildApp();
