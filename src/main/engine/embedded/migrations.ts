import type { Database } from 'better-sqlite3'

/**
 * Number n of this list takes a database from version n to n + 1. What is here has run on users' disks: add, never edit.
 *
 * A run is a row of `run` for as long as it is unfinished; everything else of it goes with that row. The `job` rows of
 * a run are what it can still do or waits for, and an unfinished run always has at least one.
 */
const MIGRATIONS: string[] = [
  `
  CREATE TABLE function (ref INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE run (
    seq INTEGER PRIMARY KEY,        -- in the order of arrival
    id TEXT NOT NULL,
    function INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    events TEXT NOT NULL,           -- JSON array; one event unless it is a batch
    gates TEXT,                     -- JSON array: the keys of the function's keyed limits
    created_at INTEGER NOT NULL,
    has_begun INTEGER NOT NULL DEFAULT 0, -- kept up for functions with a throttle only
    parent_run INTEGER,             -- who invoked it
    parent_step TEXT
  ) STRICT;

  CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (seq) ON DELETE CASCADE,
    function INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    state INTEGER NOT NULL,         -- 0 ready, 1 executing, 2 parked at a closed gate, 3 pending
    kind INTEGER NOT NULL,          -- 0 call, 1 sleep, 2 wait for an event, 3 invoke
    step TEXT,                      -- hash of the step; null calls the function to find out what is next
    attempt INTEGER NOT NULL DEFAULT 0,
    crashes INTEGER NOT NULL DEFAULT 0,
    is_race INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    gate TEXT,
    wait_event TEXT, wait_path TEXT, wait_key TEXT, wait_condition TEXT
  ) STRICT;
  CREATE INDEX job_ready ON job (function, priority DESC, run) WHERE state = 0;
  CREATE INDEX job_executing ON job (id) WHERE state = 1;
  CREATE INDEX job_parked ON job (gate, priority DESC, run) WHERE state = 2;
  CREATE INDEX job_due ON job (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX job_waiting ON job (wait_event, wait_path, wait_key) WHERE wait_event IS NOT NULL;
  CREATE INDEX job_run ON job (run, step);

  CREATE TABLE step (
    id INTEGER PRIMARY KEY,         -- in the order of completion
    run INTEGER NOT NULL REFERENCES run (seq) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,            -- {"data": …} or {"error": …}
    UNIQUE (run, hash)
  ) STRICT;

  -- By which keys an arriving event can find a run: those of cancelOn and of singleton.
  CREATE TABLE run_key (
    function INTEGER NOT NULL,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES run (seq) ON DELETE CASCADE,
    PRIMARY KEY (function, path, key, run)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX run_key_run ON run_key (run);

  -- Cancellations that are still going through the runs they hit.
  CREATE TABLE sweep (
    id INTEGER PRIMARY KEY,
    function INTEGER NOT NULL,
    path TEXT NOT NULL,
    key TEXT NOT NULL,
    condition TEXT,
    event TEXT NOT NULL,
    since INTEGER NOT NULL,         -- runs created earlier are out of reach
    upto INTEGER NOT NULL,          -- the youngest run that existed when the event came
    cursor INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  -- Events on their way into one run: a debounce (the last of them) or a batch (all).
  CREATE TABLE gathering (
    function INTEGER NOT NULL,
    key TEXT NOT NULL,
    events TEXT NOT NULL,
    size INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    deadline INTEGER,
    PRIMARY KEY (function, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX gathering_due ON gathering (due_at);

  -- Ids of events and idempotency keys that are not to start anything again.
  CREATE TABLE seen (key TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX seen_until ON seen (until);

  -- Rate limits (start of the period and runs in it) and throttles (when the next run would start).
  CREATE TABLE pace (key TEXT PRIMARY KEY, at INTEGER NOT NULL, count INTEGER NOT NULL, until INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE INDEX pace_until ON pace (until);

  CREATE TABLE schedule (function INTEGER NOT NULL, cron TEXT NOT NULL, last_at INTEGER NOT NULL,
    PRIMARY KEY (function, cron)) STRICT, WITHOUT ROWID;

  -- The latest time the engine has seen, to notice at the next start that the clock was set back.
  CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 0), at INTEGER NOT NULL) STRICT;
  `,
  `
  -- For functions with timeouts only: when it was first called, and when it is cancelled if it has got no further.
  ALTER TABLE run ADD COLUMN begun_at INTEGER;
  ALTER TABLE run ADD COLUMN expires_at INTEGER;
  CREATE INDEX run_expiring ON run (expires_at) WHERE expires_at IS NOT NULL;

  ALTER TABLE job ADD COLUMN request TEXT; -- JSON: what the step has the engine fetch, instead of a call
  `,
]

/** @returns whether the database had been in use before. @throws {Error} when it is from a newer version of the program. */
export function migrate(db: Database): boolean {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The job database is from a newer version of Burg Ink (format ${version}, this version knows ${MIGRATIONS.length}).`,
    )
  }
  db.transaction(() => {
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  })()
  return version > 0
}
