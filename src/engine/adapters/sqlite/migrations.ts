/** The project file's schema, one entry a version. Entries are never edited once released; a change is a new entry. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE inputs (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, role TEXT NOT NULL,
    format TEXT NOT NULL, dialect TEXT, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE threads (id TEXT PRIMARY KEY, position INTEGER NOT NULL UNIQUE) STRICT;
  -- Values of channels by content: a checkpoint that changes one channel stores one blob.
  CREATE TABLE blobs (hash TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT;
  CREATE TABLE checkpoints (
    id TEXT PRIMARY KEY, thread_id TEXT NOT NULL REFERENCES threads(id), parent_id TEXT, seq INTEGER NOT NULL,
    node TEXT NOT NULL, next TEXT, status TEXT NOT NULL, writes TEXT NOT NULL, at TEXT NOT NULL, seconds REAL NOT NULL,
    state_hash TEXT NOT NULL, UNIQUE (thread_id, seq)
  ) STRICT;
  CREATE TABLE channels (
    checkpoint_id TEXT NOT NULL REFERENCES checkpoints(id), name TEXT NOT NULL, hash TEXT NOT NULL REFERENCES blobs(hash),
    PRIMARY KEY (checkpoint_id, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE decisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, batch INTEGER NOT NULL, mapping_id TEXT NOT NULL, verdict TEXT NOT NULL,
    target TEXT, transformation TEXT, note TEXT, at TEXT NOT NULL, undoes INTEGER REFERENCES decisions(seq), made_by TEXT NOT NULL
  ) STRICT;
  CREATE INDEX decisions_by_mapping ON decisions(mapping_id);
  CREATE TABLE patterns (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
  CREATE TABLE vectors (key TEXT PRIMARY KEY, vector BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE log (at TEXT NOT NULL, level TEXT NOT NULL, area TEXT NOT NULL, message TEXT NOT NULL) STRICT;
  `,
];
