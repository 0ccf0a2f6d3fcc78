/**
 * Makes dist/verify/verify.html: the page that checks packages, as one file with its code inside and a policy that forbids
 * everything else. Prints the digest that a release publishes.
 */
import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(import.meta.dirname, '..');
const source = path.join(root, 'main/verify/page');
const PAGE = path.join(root, 'dist/verify/verify.html');

/** Writes the page and returns its path. */
async function buildVerifier(): Promise<string> {
  const script = await compiled();
  const style = readFileSync(path.join(source, 'page.css'), 'utf8');
  const parts: readonly (readonly [place: string, content: string])[] = [
    [`content="default-src 'none'"`, `content="${policyFor(script, style)}"`],
    ['<link rel="stylesheet" href="page.css">', `<style>${style}</style>`],
    ['<script src="page.js"></script>', `<script>${script}</script>`],
  ];
  const page = parts.reduce(
    (text, [place, content]) => {
      if (!text.includes(place)) throw new Error(`the page has no ${place}`);
      return text.replace(place, () => content);
    },
    readFileSync(path.join(source, 'page.html'), 'utf8'),
  );
  mkdirSync(path.dirname(PAGE), { recursive: true });
  writeFileSync(PAGE, page);
  return PAGE;
}

async function compiled(): Promise<string> {
  // Loaded where something is to be built: the check before each command costs no bundler.
  const { build } = await import('vite');
  const output = await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: path.join(source, 'page.ts'), formats: ['iife'], name: 'verifier', fileName: () => 'page.js' },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (!bundle || !('output' in bundle)) throw new Error('nothing was built');
  // Inside a page, `</script` and `<!--` would end or confuse the element.
  return bundle.output[0].code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

/** Code and style of this page alone, no connection, no frame; WebAssembly computes the digests. */
function policyFor(script: string, style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Whether the page is younger than all that it is made from. */
function isFresh(): boolean {
  const made = statSync(PAGE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const parts = ['main/verify/**/*', 'main/contract/canonical-json.ts', 'main/strings/{catalogue,verify}.ts'];
  return globSync([...parts, 'package-lock.json', 'packaging/build-verifier.ts'], { cwd: root }).every(
    (file) => statSync(path.join(root, file)).mtimeMs < made,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = isFresh() ? PAGE : await buildVerifier();
  if (!process.argv.includes('--quiet'))
    console.log(`${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${path.relative(root, file)}`);
}
