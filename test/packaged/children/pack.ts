/** Packs in a process of its own: the bundler does not take objects of jest's sandbox. Arguments: distribution, output. */
import { buildApp } from '../../../packaging/build-app.ts';
import { pack } from '../../../packaging/pack.ts';

const [electronDist, output] = process.argv.slice(2);
await buildApp();
await pack({
  platform: 'linux',
  arch: 'x64',
  folderOnly: true,
  config: { electronDist: electronDist!, directories: { output: output! } },
});
