/** The loopback host as `start:browser` runs it, with a renderer of the test's own. Arguments: data root, folder, renderer. */
import { startLoopbackHost } from '../../../main/loopback/host.ts';

const [dataRoot, cwd, rendererFolder] = process.argv.slice(2);
const host = await startLoopbackHost({
  dataRoot: dataRoot!,
  cwd: cwd!,
  secret: {},
  rendererFolder: rendererFolder!,
  onEnd: () => process.exit(0),
});
process.stdout.write(`${host.url}\n`);
process.on('SIGTERM', () => void host[Symbol.asyncDispose]().then(() => process.exit(0)));
