/** `jianzhen`, the program's entry: the rest is imported once Node knows where its compiled form is kept. */
import { enableCompileCache } from 'node:module';
import { COMPILED_FOLDER } from '../jobs/installation.ts';

enableCompileCache(COMPILED_FOLDER);
await import('./run.ts');
