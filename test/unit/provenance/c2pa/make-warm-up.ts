/** Writes `main/provenance/c2pa/warm-up.ts` anew: `node test/unit/provenance/c2pa/make-warm-up.ts`. The key exists only while this runs. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { jpegFile } from '../pieces.ts';
import { signFile, testAuthority } from './signing.ts';

const identity = testAuthority().issue('Jianzhen warm-up', new Date('2025-01-01'), new Date('2089-01-01'));
const file = await signFile('image/jpeg', jpegFile(), identity, [{ action: 'c2pa.created' }]);
const lines = file.toString('base64').match(/.{1,110}/g) ?? [];
const source = `/**
 * A signed picture of our own (grey, 8 x 8 pixels; its key was thrown away), read once to warm the library up.
 * Made by \`test/unit/provenance/c2pa/make-warm-up.ts\`.
 */
export const WARM_UP = [
${lines.map((l) => `  '${l}',`).join('\n')}
].join('');
`;
writeFileSync(path.join(import.meta.dirname, '../../../../main/provenance/c2pa/warm-up.ts'), source);
