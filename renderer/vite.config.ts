/** Builds the window's pages into dist/renderer: files only, no inline script, which the policy of both hosts would refuse. */
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { CATALOGUES } from '../main/strings/screen.ts';

const strings = path.resolve(import.meta.dirname, '../main/strings');

const shown = CATALOGUES.flatMap((catalogue) => Object.entries(catalogue));

/** What stands in the place of each module, by its name. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'virtual:sentence-ids': shown.map(([id]) => id),
  'virtual:sentences/zh': shown.map(([, { zh }]) => zh),
  'virtual:sentences/en': shown.map(([, { en }]) => en),
};

/** Sentences that only the command line, letters and files print stay out of the page, and each language is a file of its own. */
const shownSentences: Plugin = {
  name: 'shown-sentences',
  enforce: 'pre',
  resolveId: (source, importer) => {
    if (source in SENTENCES) return source;
    return source === './catalogues.ts' && importer && path.dirname(importer) === strings
      ? path.join(import.meta.dirname, 'words/catalogues.ts')
      : null;
  },
  load: (id) => (id in SENTENCES ? `export default ${JSON.stringify(SENTENCES[id])};` : null),
};

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: [shownSentences],
  build: {
    outDir: path.resolve(import.meta.dirname, '../dist/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      onwarn: (warning, warn) => {
        // Mantine marks its components for servers; there is none here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
