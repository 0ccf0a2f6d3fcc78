import { VOICE_EMBEDDING_MODEL } from '../../../main/contract/analyzer.ts';
import { calibrationOf, falseMatchAt } from '../../../main/identity/calibration.ts';
import { readRegistry } from '../../../main/inference/index.ts';
import { sentences } from '../../../main/strings/index.ts';
import { models } from '../../models.ts';

test.each(['face-likeness', VOICE_EMBEDDING_MODEL])(
  '%s has a table of false matches of its committed weights, each population with a name',
  (id) => {
    const table = calibrationOf(id)!;
    const entry = readRegistry(models.modelsFolder).models.find((m) => m.id === id)!;
    expect(table.modelSha256).toBe(entry.sha256);
    for (const { id: population, similarity, reached, pairs } of table.populations) {
      expect(sentences.has(`population.${population}`)).toBe(true);
      expect(similarity).toEqual([...similarity].sort((a, b) => a - b));
      expect(reached).toEqual([...reached].sort((a, b) => b - a));
      expect(Math.max(...reached)).toBeLessThanOrEqual(pairs);
    }
  },
);

test('a higher similarity is never matched by more strangers', () => {
  const table = calibrationOf(VOICE_EMBEDDING_MODEL)!;
  const uppers = [0.1, 0.3, 0.5, 0.7, 0.9].map((s) => falseMatchAt(table, s).upper);
  expect(uppers).toEqual([...uppers].sort((a, b) => b - a));
  expect(falseMatchAt(table, 0.5)).toMatchObject({ population: 'voices-ko' });
});
