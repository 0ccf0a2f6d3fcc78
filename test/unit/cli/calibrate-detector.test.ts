import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { calibrateDetector } from '../../../main/cli/calibrate-detector.ts';
import { importDetector } from '../../../main/inference/index.ts';
import { OnnxGraph } from '../../../models/build/onnx-graph.ts';
import { temporaryFolder } from '../../fixtures/media.ts';

const work = temporaryFolder();

test('a file that lies in both folders is refused before anything is measured', async () => {
  const graph = new OnnxGraph();
  graph.output('y', graph.node('Relu', [graph.input('image', [3, 16, 16])]), [3, 16, 16]);
  const [file, contractFile] = [path.join(work, 'net.onnx'), path.join(work, 'contract.json')];
  writeFileSync(file, graph.encode('own'));
  const size = { width: 16, height: 16, layout: 'nchw', colour: 'rgb', mean: [0, 0, 0], scale: [1, 1, 1], crop: 1 };
  const input = { kind: 'picture', name: 'image', ...size };
  const output = { name: 'y', index: 0, form: 'logit', side: 'synthetic' };
  writeFileSync(contractFile, JSON.stringify({ schema: 1, id: 'own', licence: 'MIT', input, output }));
  await importDetector(work, { file, role: 'synthetic-image', contractFile, taken: [] });
  const [genuine, synthetic] = [path.join(work, 'genuine'), path.join(work, 'synthetic')];
  mkdirSync(path.join(genuine, 'a'), { recursive: true });
  mkdirSync(synthetic);
  for (const [folder, names] of [
    [genuine, ['a/1.png', '2.png', '2 again.png', '3.png']],
    [synthetic, ['1.png', '2.png', '4.png']],
  ] as const)
    for (const name of names) writeFileSync(path.join(folder, name), `picture ${/\d/.exec(name)![0]}`);
  const engineSettings = () => {
    throw new Error('something was measured');
  };
  const calibrated = calibrateDetector({
    ...{ id: 'own', genuine, synthetic, language: null, packsFolder: work, engineSettings },
    signal: new AbortController().signal,
    onProgress: () => {},
    onWithout: () => {},
  });
  await expect(calibrated).rejects.toMatchObject({ code: 'CALIBRATION_SAME_FILES', params: { files: 2 } });
});
