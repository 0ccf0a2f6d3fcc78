/** Builds the window's pages into dist/renderer: files only, no inline script, which the policy of both hosts would refuse. */
import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const strings = path.resolve(import.meta.dirname, '../main/strings');

/** Sentences that only the command line, letters and files print stay out of the page. */
const shownSentences: Plugin = {
  name: 'shown-sentences',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './catalogues.ts' && importer && path.dirname(importer) === strings
      ? path.join(strings, 'screen.ts')
      : null,
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
