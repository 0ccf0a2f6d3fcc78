/** Writes a case of many items as a full pass leaves them: `large-case.ts DATA CASE FOLDER COUNT`. In a process of its own, whose memory is not measured. */
import { fact } from '../../../main/contract/fact.ts';
import { fuse } from '../../../main/fusion/fuse.ts';
import { OUTCOMES, outcome, sha } from '../../fixtures/report-record.ts';
import { examinationOf, writeThousands } from '../../fixtures/thousands.ts';

const [dataRoot, name, folder, count] = process.argv.slice(2) as [string, string, string, string];

const series = Array.from({ length: 40 }, (_, at) =>
  fact('face.observation.swapScore', Math.sin(at), { unit: 'sd', at: { from: at, to: at } }),
);
const measured = OUTCOMES.map((one) => (one.llr === null ? one : { ...one, facts: [...one.facts, ...series] }));

await writeThousands(dataRoot, name, folder, Number(count), (n, bytes) => {
  // Each third shows the scene of the one before.
  const scene = fact('scene.picture', [100, sha(`scene ${n - Number(n % 3 === 2)}`), sha(`mirrored ${n}`)]);
  const outcomes = [...measured, outcome('scene-hash', 'evidence', { facts: [scene] })];
  return {
    ...examinationOf(n, bytes),
    outcomes,
    findings: fuse(outcomes),
    models: { 'face-detector': sha('weights') },
  };
});
