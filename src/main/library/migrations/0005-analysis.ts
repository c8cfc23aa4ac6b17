/** Describing pictures by a model: prompts, runs, answers that are never paid twice, and what was paid. */
export const analysis = `
ALTER TABLE analyses ADD COLUMN model TEXT;
ALTER TABLE analyses ADD COLUMN prompt_name TEXT;
ALTER TABLE analyses ADD COLUMN usage TEXT;         -- JSON, see usageSchema
ALTER TABLE analyses ADD COLUMN failure_code TEXT;

CREATE TABLE prompts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0    -- runs name it
) STRICT;

-- Everything ever answered, by the bytes and by all that changes an answer.
CREATE TABLE answers (
  sha256 TEXT NOT NULL,
  recipe_key TEXT NOT NULL,
  answer TEXT NOT NULL,           -- JSON: result, tags
  usage TEXT,                     -- JSON
  created_at TEXT NOT NULL,
  PRIMARY KEY (recipe_key, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE analysis_runs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,             -- automatic, chosen
  lane TEXT NOT NULL,             -- live, batch
  recipe TEXT NOT NULL,           -- JSON: who is asked, and how; no key
  recipe_key TEXT NOT NULL,
  state TEXT NOT NULL,            -- running, waiting, paused, completed, cancelled
  message TEXT,
  generation INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  reused INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  estimate_usd REAL,
  cap_usd REAL,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
CREATE INDEX analysis_runs_active ON analysis_runs(state) WHERE state IN ('running', 'waiting', 'paused');

CREATE TABLE analysis_tasks (
  run_id INTEGER NOT NULL REFERENCES analysis_runs(id),
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  state TEXT NOT NULL,            -- waiting, sent (in a batch), done, failed
  batch_label TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  failure_code TEXT,
  failure TEXT,
  PRIMARY KEY (run_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_tasks_by_state ON analysis_tasks(run_id, state, media_id);
CREATE INDEX analysis_tasks_of_media ON analysis_tasks(media_id);

-- Batches given to OpenAI. The label is written before it is sent, so that one sent just before the end is found again.
CREATE TABLE analysis_batches (
  label TEXT PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES analysis_runs(id),
  batch_id TEXT,                  -- OpenAI's; null until it has answered
  state TEXT NOT NULL,            -- sending, working, read
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was paid. A line is written before a question is sent, with the most it can cost, and settled by the answer: a cap
-- holds whatever happens in between.
CREATE TABLE charges (
  id INTEGER PRIMARY KEY,
  run_id INTEGER REFERENCES analysis_runs(id),
  media_id INTEGER,
  purpose TEXT NOT NULL,          -- picture, batch, trial, embedding
  model TEXT NOT NULL,
  usd REAL NOT NULL,
  is_settled INTEGER NOT NULL DEFAULT 0,
  charged_on TEXT NOT NULL,       -- the local day
  charged_at TEXT NOT NULL
) STRICT;
CREATE INDEX charges_by_day ON charges(charged_on, usd);
CREATE INDEX charges_by_run ON charges(run_id, usd);
`
