import { mkdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/** Another number, and what an older program wrote is begun anew: it is a record of what is over, and nothing depends on it. */
const FORMAT = 1

const SCHEMA = `
  CREATE TABLE run (
    seq INTEGER PRIMARY KEY,        -- in the order they began
    id TEXT NOT NULL UNIQUE,
    function TEXT NOT NULL,
    engine TEXT NOT NULL,
    state INTEGER NOT NULL,         -- 0 running, 1 completed, 2 failed, 3 cancelled, 4 lost
    event TEXT NOT NULL,            -- JSON: {"name", "data"}
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    failed_attempts INTEGER NOT NULL,
    error TEXT,                     -- JSON: {"name", "message"}
    result TEXT
  ) STRICT;
  CREATE INDEX run_state ON run (state, seq);
  CREATE INDEX run_function ON run (function, seq);
  CREATE INDEX run_function_state ON run (function, state, seq);
  CREATE INDEX run_ended ON run (ended_at) WHERE ended_at IS NOT NULL;

  CREATE TABLE step (
    id INTEGER PRIMARY KEY,         -- in the order they began
    run INTEGER NOT NULL REFERENCES run (seq) ON DELETE CASCADE,
    hash TEXT NOT NULL,             -- of the step's id; empty for the function around its steps
    attempt INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER,
    error TEXT,
    UNIQUE (run, hash, attempt)
  ) STRICT;
`

/**
 * Opens the record, made new where there is none, or none that can be read. Where nothing can be written it is in memory: that the disk is
 * full or read-only is for others to say.
 */
export function openRecord(path: string): Database.Database {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return open(path)
  } catch {
    return openAnew(path)
  }
}

function openAnew(path: string): Database.Database {
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
    return open(path)
  } catch {
    return open(':memory:')
  }
}

function open(path: string): Database.Database {
  const db = new Database(path, { timeout: 100 })
  try {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma('journal_mode = WAL')
    // What is missing after a power cut is missed by nobody.
    db.pragma('synchronous = OFF')
    db.pragma('foreign_keys = ON')
    db.pragma('cache_size = -2000')
    if (db.pragma('user_version', { simple: true }) !== FORMAT) renew(db)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function renew(db: Database.Database): void {
  db.transaction(() => {
    db.exec('DROP TABLE IF EXISTS step; DROP TABLE IF EXISTS run;')
    db.exec(SCHEMA)
    db.pragma(`user_version = ${FORMAT}`)
  })()
}
