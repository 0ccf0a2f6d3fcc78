import { fact } from '../../../main/contract/fact.ts';
import { sceneFacts, sceneHash } from '../../../main/forensics/index.ts';
import { outcome } from '../../fixtures/report-record.ts';

test('scenes that another version hashed are on no record: they are not compared with those of now', () => {
  const scene = fact('scene.picture', [100, 'a'.repeat(64), 'b'.repeat(64)]);
  const hashed = (version: string) => [{ ...outcome('scene-hash', 'evidence', { facts: [scene] }), version }];
  expect(sceneFacts(hashed(sceneHash.version))).toEqual([scene]);
  expect(sceneFacts(hashed('0'))).toBeNull();
});
