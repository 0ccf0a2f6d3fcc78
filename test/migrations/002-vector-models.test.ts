import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CaseDatabase } from '../../main/cases/database.ts';
import { latestExamination, readExamination, recordExamination } from '../../main/cases/examinations.ts';
import * as caseStore from '../../main/cases/migrations/001-case-store.ts';
import { migrate } from '../../main/cases/migrations/index.ts';
import { DEFAULT_SETTINGS } from '../../main/contract/analyzer.ts';
import { Bench, examinationOf, receiveOne } from '../unit/cases/support.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'jianzhen-migrations-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('migration 2 keeps samples and templates of before, without networks', async () => {
  const file = path.join(folder, 'case.db');
  const db = await CaseDatabase.open(file);
  migrate(db, file, [caseStore]);
  db.execute(`
    INSERT INTO people VALUES ('p', 'tag', 'named', 'own', '2030-01-01', x'00', x'00', 1);
    INSERT INTO samples (person, kind, modelId, accepted, qualityJson, sealedVector, createdAtMs)
      VALUES ('p', 'face', 'face-likeness', 1, '{}', x'01', 1);
    INSERT INTO items (sha256, sm3, bytes, mediaType, role, retention, wrappedKey, receivedAtMs)
      VALUES ('i', 's', 1, 'image/png', 'questioned', 'copy', x'00', 1);
    INSERT INTO jobs (id, fingerprint, state, role, retention, sealedSettings, createdAtMs)
      VALUES ('j', 'f', 'done', 'questioned', 'copy', x'00', 1);
    INSERT INTO examinations (id, item, job, app, startedAtMs, atMs, custody, sealedRun) VALUES (1, 'i', 'j', 'a', 1, 1, 1, x'00');
    INSERT INTO templates VALUES (1, 0, 'face', 'face-track:1', 'face-likeness', x'02');
  `);
  expect(migrate(db, file)).toBe(1);
  expect(db.all('SELECT kind, modelId, modelsJson, sealedVector FROM samples')).toEqual([
    { kind: 'face', modelId: 'face-likeness', modelsJson: null, sealedVector: Buffer.of(1) },
  ]);
  expect(db.all('SELECT subject, sealedAbout, sealedVector FROM templates')).toEqual([
    { subject: 'face-track:1', sealedAbout: null, sealedVector: Buffer.of(2) },
  ]);
  db.close();
});

test('a template of before is read with the networks that its run names', async () => {
  using bench = new Bench();
  const c = await bench.newCase();
  const { entry, item } = await receiveOne(c, bench.write('a.png', 'picture'));
  const models = { 'face-features': 'a'.repeat(64), 'face-likeness': 'b'.repeat(64), 'voice-activity': 'c'.repeat(64) };
  const examination = examinationOf(item, { models });
  const { id } = await recordExamination(c, { entry, examination, settings: DEFAULT_SETTINGS, startedAtMs: 1 });
  expect(readExamination(c, id).templates).toEqual(examination.templates);
  c.db.run('UPDATE templates SET sealedAbout = NULL WHERE examination = ?', id);
  const { 'voice-activity': _, ...made } = models;
  expect(latestExamination(c, item.sha256)!.templates).toEqual([
    { ...examination.templates[0], models: made, quality: {}, seenWith: [] },
  ]);
});
