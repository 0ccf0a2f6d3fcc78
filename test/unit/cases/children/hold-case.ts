/** Opens the case named by the arguments, says so, and holds it until it is killed. */
import { openCase } from '../../../../main/cases/case.ts';

const [dataRoot, name] = process.argv.slice(2);
const c = await openCase(dataRoot!, name!);
process.stdout.write(`${c.id}\n`);
setInterval(() => c.now(), 1000);
