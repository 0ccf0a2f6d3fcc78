/** `npm run start:browser`, the program's entry: as that of `jianzhen` (main/cli/index.ts). */
import { enableCompileCache } from 'node:module';
import { COMPILED_FOLDER } from '../jobs/installation.ts';

enableCompileCache(COMPILED_FOLDER);
await import('./serve.ts');
