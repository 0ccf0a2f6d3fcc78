/**
 * Preloaded by the scripts of package.json: what removes types from the sources, a fifth of a second a start, is not loaded where Node
 * knows from the first file on where its compiled form is kept. The folder is that of main/jobs/installation.ts.
 */
import { enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/jianzhen'));
