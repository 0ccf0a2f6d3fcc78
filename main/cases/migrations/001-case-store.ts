import type { CaseDatabase } from '../database.ts';

/**
 * The first form of a case. Plain columns hold digests, codes, counts and times; columns named `sealed…` hold AES-256-GCM under
 * the key of the item or person they belong to, `wrappedKey` a key under the one above it.
 */
export const version = 1;

export function update(db: CaseDatabase): void {
  db.execute(`
    CREATE TABLE caseInfo (
      id TEXT PRIMARY KEY,
      createdAtMs INTEGER NOT NULL,
      app TEXT NOT NULL
    ) STRICT;

    CREATE TABLE settings (
      key TEXT PRIMARY KEY,
      valueJson TEXT NOT NULL
    ) STRICT;

    CREATE TABLE keySlots (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('key-file', 'passphrase', 'recovery-code')),
      paramsJson TEXT NOT NULL,
      wrappedKey BLOB NOT NULL,
      createdAtMs INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE items (
      ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
      sha256 TEXT NOT NULL UNIQUE,
      sm3 TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      mediaType TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('questioned', 'reference', 'suspected-source', 'context')),
      retention TEXT NOT NULL CHECK (retention IN ('copy', 'reference', 'none')),
      parent TEXT REFERENCES items (sha256) ON DELETE SET NULL,
      wrappedKey BLOB NOT NULL,
      receivedAtMs INTEGER NOT NULL,
      examinedAtMs INTEGER
    ) STRICT;
    CREATE INDEX itemsByParent ON items (parent) WHERE parent IS NOT NULL;
    CREATE INDEX itemsByRole ON items (role, ordinal);

    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      fingerprint TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled')),
      role TEXT NOT NULL,
      retention TEXT NOT NULL,
      sealedSettings BLOB NOT NULL,
      createdAtMs INTEGER NOT NULL,
      endedAtMs INTEGER
    ) STRICT;
    CREATE INDEX jobsByFingerprint ON jobs (fingerprint, state);

    CREATE TABLE jobEntries (
      id INTEGER PRIMARY KEY,
      job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('pending', 'sealed', 'examined', 'failed')),
      role TEXT NOT NULL,
      item TEXT REFERENCES items (sha256) ON DELETE SET NULL,
      sealedPath BLOB,
      parent TEXT,
      partJson TEXT,
      errorJson TEXT,
      UNIQUE (job, position)
    ) STRICT;
    CREATE INDEX jobEntriesByState ON jobEntries (job, state, position);
    CREATE INDEX jobEntriesByItem ON jobEntries (item) WHERE item IS NOT NULL;

    CREATE TABLE sightings (
      id INTEGER PRIMARY KEY,
      item TEXT NOT NULL REFERENCES items (sha256) ON DELETE CASCADE,
      atMs INTEGER NOT NULL,
      entry INTEGER UNIQUE REFERENCES jobEntries (id) ON DELETE SET NULL,
      parent TEXT,
      partJson TEXT,
      sealedOrigin BLOB
    ) STRICT;
    CREATE INDEX sightingsByItem ON sightings (item);

    CREATE TABLE vaultFiles (
      id TEXT PRIMARY KEY,
      item TEXT NOT NULL REFERENCES items (sha256) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('copy', 'crops')),
      bytes INTEGER NOT NULL,
      sealedBytes INTEGER NOT NULL,
      wrappedKey BLOB NOT NULL,
      createdAtMs INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX vaultFilesByItem ON vaultFiles (item, kind);

    CREATE TABLE examinations (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      item TEXT NOT NULL REFERENCES items (sha256) ON DELETE CASCADE,
      job TEXT NOT NULL REFERENCES jobs (id),
      app TEXT NOT NULL,
      startedAtMs INTEGER NOT NULL,
      atMs INTEGER NOT NULL,
      custody INTEGER NOT NULL,
      sealedRun BLOB NOT NULL,
      UNIQUE (job, item)
    ) STRICT;
    CREATE INDEX examinationsByItem ON examinations (item, id);

    CREATE TABLE outcomes (
      examination INTEGER NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      analyzer TEXT NOT NULL,
      version TEXT NOT NULL,
      subject TEXT NOT NULL,
      status TEXT NOT NULL,
      sealedOutcome BLOB NOT NULL,
      PRIMARY KEY (examination, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX outcomesByAnalyzer ON outcomes (analyzer, status);

    CREATE TABLE findings (
      examination INTEGER NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      question TEXT NOT NULL,
      subject TEXT NOT NULL,
      sealedFinding BLOB NOT NULL,
      PRIMARY KEY (examination, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE crops (
      id INTEGER PRIMARY KEY,
      examination INTEGER NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      vaultFile TEXT NOT NULL REFERENCES vaultFiles (id) ON DELETE CASCADE,
      offset INTEGER NOT NULL,
      length INTEGER NOT NULL,
      sealedCrop BLOB NOT NULL,
      UNIQUE (examination, position)
    ) STRICT;

    CREATE TABLE templates (
      examination INTEGER NOT NULL REFERENCES examinations (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('face', 'voice')),
      subject TEXT NOT NULL,
      modelId TEXT NOT NULL,
      sealedVector BLOB NOT NULL,
      PRIMARY KEY (examination, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE people (
      id TEXT PRIMARY KEY,
      nameTag TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL,
      basis TEXT NOT NULL,
      retainUntil TEXT NOT NULL,
      wrappedKey BLOB NOT NULL,
      sealedPerson BLOB NOT NULL,
      createdAtMs INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE samples (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      person TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('face', 'voice')),
      modelId TEXT NOT NULL,
      source TEXT REFERENCES items (sha256) ON DELETE SET NULL,
      accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
      reasonJson TEXT,
      qualityJson TEXT NOT NULL,
      sealedVector BLOB,
      createdAtMs INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX samplesByPerson ON samples (person, kind);
    CREATE INDEX samplesBySource ON samples (source) WHERE source IS NOT NULL;

    CREATE TABLE notes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      item TEXT REFERENCES items (sha256) ON DELETE CASCADE,
      atMs INTEGER NOT NULL,
      sealedText BLOB NOT NULL
    ) STRICT;

    CREATE TABLE custody (
      seq INTEGER PRIMARY KEY,
      atMs INTEGER NOT NULL,
      act TEXT NOT NULL,
      item TEXT,
      detailsJson TEXT NOT NULL,
      sealed TEXT,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
    CREATE INDEX custodyByItem ON custody (item, seq) WHERE item IS NOT NULL;

    CREATE TRIGGER custodyNoUpdate BEFORE UPDATE ON custody
      BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
    CREATE TRIGGER custodyNoDelete BEFORE DELETE ON custody
      BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;
    CREATE TRIGGER custodyInOrder BEFORE INSERT ON custody
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM custody)
      BEGIN SELECT RAISE(ABORT, 'custody is append-only'); END;

    CREATE TABLE custodyTexts (
      seq INTEGER PRIMARY KEY REFERENCES custody (seq),
      owner TEXT NOT NULL,
      salt BLOB NOT NULL,
      sealedText BLOB NOT NULL
    ) STRICT;
    CREATE INDEX custodyTextsByOwner ON custodyTexts (owner);
  `);
}
