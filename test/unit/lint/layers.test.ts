import path from 'node:path';
import { checkFile, checkTree } from '../../lint/layers.ts';

test('the tree has no import across a wall', () => {
  expect(checkTree(path.resolve(import.meta.dirname, '../../..'))).toEqual([]);
});

test.each([
  ['main/fusion/x.ts', `import { open } from '../media/open.ts';`],
  ['main/provenance/x.ts', `import { score } from '../detectors/face.ts';`],
  ['main/detectors/x.ts', `import sharp from 'sharp';`],
  ['main/pipeline/x.ts', `import { InferenceSession } from 'onnxruntime-node';`],
  ['main/cases/x.ts', `import https from 'node:https';`],
  ['main/media/x.ts', `import net from 'node:net';`],
  ['main/media/frame-reader.ts', `import net from 'node:net';\nnet.connect({ port: 80 });`],
  ['main/media/frame-reader.ts', `import https from 'node:https';`],
  ['main/contract/x.ts', `import path from 'node:path';`],
  ['renderer/App.tsx', `export { run } from '../main/engine/index.ts';`],
  ['main/media/x.ts', `const later = await import('../pipeline/runner.ts');`],
])('a planted import is found: %s %s', (file, text) => {
  expect(checkFile(file, text)).toHaveLength(1);
});

test.each([
  [
    'main/perception/x.ts',
    `import { open } from '../media/open.ts';\nimport type { Fact } from '../contract/fact.ts';`,
  ],
  ['main/media/x.ts', `import sharp from 'sharp';\nimport { y } from './y.ts';`],
  ['main/media/frame-reader.ts', `import net from 'node:net';\nnet.connect({ path: place });`],
  ['renderer/App.tsx', `import { say } from '../main/strings/index.ts';`],
])('an allowed import passes: %s', (file, text) => {
  expect(checkFile(file, text)).toEqual([]);
});
