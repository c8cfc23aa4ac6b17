/** What a row of `analyses` counts as, where its picture is complete. `of` is `new.` or `old.` in a trigger. */
const isDescribed = (of: string) => `${of}result IS NOT NULL`
const hasFailed = (of: string) =>
  `${of}failed_version IS NOT NULL AND (${of}result IS NULL OR ${of}failed_version <> ${of}version)`

const countIn = (of: string, from: string) => `
  INSERT INTO analysis_counts SELECT ${of}analyser, ${of}version, 1, 0 ${from} ${isDescribed(of)}
    ON CONFLICT (analyser, version) DO UPDATE SET described = described + 1;
  INSERT INTO analysis_counts SELECT ${of}analyser, ${of}failed_version, 0, 1 ${from} ${hasFailed(of)}
    ON CONFLICT (analyser, version) DO UPDATE SET failed = failed + 1;`
const countOut = (of: string, from: string) => `
  INSERT INTO analysis_counts SELECT ${of}analyser, ${of}version, 0, 0 ${from} ${isDescribed(of)}
    ON CONFLICT (analyser, version) DO UPDATE SET described = described - 1;
  INSERT INTO analysis_counts SELECT ${of}analyser, ${of}failed_version, 0, 0 ${from} ${hasFailed(of)}
    ON CONFLICT (analyser, version) DO UPDATE SET failed = failed - 1;`

const isComplete = (id: string) => `(SELECT processing_status FROM media WHERE id = ${id}) = 'completed'`
const ofMedia = 'FROM analyses a WHERE a.media_id = new.id AND'

/** Describing pictures by a model: prompts, runs, answers that are never paid twice, and what was paid. */
export const analysis = `
ALTER TABLE analyses ADD COLUMN model TEXT;         -- null: it needs none
ALTER TABLE analyses ADD COLUMN prompt_name TEXT;
ALTER TABLE analyses ADD COLUMN usage TEXT;         -- JSON, see usageSchema
ALTER TABLE analyses ADD COLUMN failure_code TEXT;
-- By which version the last attempt failed; 'result' and 'version' are then those of the last that did not.
ALTER TABLE analyses ADD COLUMN failed_version TEXT;
UPDATE analyses SET failed_version = version WHERE failure IS NOT NULL;

-- How many complete pictures each version of an analyser has described, and failed to.
CREATE TABLE analysis_counts (
  analyser TEXT NOT NULL,
  version TEXT NOT NULL,
  described INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  PRIMARY KEY (analyser, version)
) STRICT, WITHOUT ROWID;
INSERT INTO analysis_counts
  SELECT a.analyser, a.version, sum(a.result IS NOT NULL), sum(a.result IS NULL)
  FROM analyses a JOIN media m ON m.id = a.media_id AND m.processing_status = 'completed' GROUP BY 1, 2;
CREATE TRIGGER analyses_counted_in AFTER INSERT ON analyses WHEN ${isComplete('new.media_id')} BEGIN
  ${countIn('new.', 'WHERE')}
END;
CREATE TRIGGER analyses_counted_over AFTER UPDATE ON analyses WHEN ${isComplete('new.media_id')} BEGIN
  ${countOut('old.', 'WHERE')}
  ${countIn('new.', 'WHERE')}
END;
CREATE TRIGGER analyses_counted_out AFTER DELETE ON analyses WHEN ${isComplete('old.media_id')} BEGIN
  ${countOut('old.', 'WHERE')}
END;
CREATE TRIGGER analyses_of_complete AFTER UPDATE OF processing_status ON media
WHEN new.processing_status = 'completed' AND old.processing_status <> 'completed' BEGIN
  ${countIn('a.', ofMedia)}
END;
CREATE TRIGGER analyses_of_incomplete AFTER UPDATE OF processing_status ON media
WHEN new.processing_status <> 'completed' AND old.processing_status = 'completed' BEGIN
  ${countOut('a.', ofMedia)}
END;
-- While the picture is still there: who counts asks for its status.
CREATE TRIGGER analyses_of_removed BEFORE DELETE ON media BEGIN
  DELETE FROM analyses WHERE media_id = old.id;
END;

CREATE TABLE prompts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  is_removed INTEGER NOT NULL DEFAULT 0
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
  id INTEGER PRIMARY KEY AUTOINCREMENT,    -- the engine takes an event of an id it knows for one it has seen
  kind TEXT NOT NULL,             -- automatic, chosen
  lane TEXT NOT NULL,             -- live, batch
  recipe TEXT NOT NULL,           -- JSON: who is asked, and how; no key
  recipe_key TEXT NOT NULL,
  state TEXT NOT NULL,            -- running, waiting, paused, completed, cancelled
  message TEXT,
  generation INTEGER NOT NULL DEFAULT 0,   -- grows when the work is set going again
  total INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  reused INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  estimate_usd REAL,
  cap_usd REAL,
  spent_usd REAL NOT NULL DEFAULT 0,
  reserved_usd REAL NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;
CREATE INDEX analysis_runs_active ON analysis_runs(id) WHERE state IN ('running', 'waiting', 'paused');

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
CREATE INDEX analysis_tasks_of_batch ON analysis_tasks(batch_label) WHERE batch_label IS NOT NULL;
CREATE TRIGGER analysis_tasks_counted_in AFTER INSERT ON analysis_tasks BEGIN
  UPDATE analysis_runs SET total = total + 1 WHERE id = new.run_id;
END;
CREATE TRIGGER analysis_tasks_counted_over AFTER UPDATE OF state ON analysis_tasks WHEN old.state <> new.state BEGIN
  UPDATE analysis_runs SET done = done + (new.state = 'done') - (old.state = 'done'),
    failed = failed + (new.state = 'failed') - (old.state = 'failed') WHERE id = new.run_id;
END;
CREATE TRIGGER analysis_tasks_counted_out AFTER DELETE ON analysis_tasks BEGIN
  UPDATE analysis_runs SET total = total - 1, done = done - (old.state = 'done'),
    failed = failed - (old.state = 'failed') WHERE id = old.run_id;
END;

-- Batches given to OpenAI. The label is written before it is sent, so that one sent just before the end is found again.
CREATE TABLE analysis_batches (
  label TEXT PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES analysis_runs(id),
  batch_id TEXT,                  -- OpenAI's; null until it has answered
  state TEXT NOT NULL,            -- sending, working, read
  charge_id INTEGER NOT NULL,     -- what is kept back for all of it
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX analysis_batches_of_run ON analysis_batches(run_id, state);

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
CREATE INDEX charges_open ON charges(purpose) WHERE is_settled = 0;
CREATE INDEX charges_of_run ON charges(run_id);

-- Sums of charges.
CREATE TABLE spending (
  day TEXT PRIMARY KEY,
  spent_usd REAL NOT NULL,
  reserved_usd REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER charges_counted_in AFTER INSERT ON charges BEGIN
  INSERT INTO spending VALUES (new.charged_on, iif(new.is_settled, new.usd, 0), iif(new.is_settled, 0, new.usd))
    ON CONFLICT (day) DO UPDATE SET spent_usd = spent_usd + excluded.spent_usd,
      reserved_usd = reserved_usd + excluded.reserved_usd;
  UPDATE analysis_runs SET spent_usd = spent_usd + iif(new.is_settled, new.usd, 0),
    reserved_usd = reserved_usd + iif(new.is_settled, 0, new.usd) WHERE id = new.run_id;
END;
CREATE TRIGGER charges_counted_over AFTER UPDATE OF usd, is_settled ON charges BEGIN
  UPDATE spending SET
    spent_usd = spent_usd + iif(new.is_settled, new.usd, 0) - iif(old.is_settled, old.usd, 0),
    reserved_usd = reserved_usd + iif(new.is_settled, 0, new.usd) - iif(old.is_settled, 0, old.usd)
    WHERE day = new.charged_on;
  UPDATE analysis_runs SET
    spent_usd = spent_usd + iif(new.is_settled, new.usd, 0) - iif(old.is_settled, old.usd, 0),
    reserved_usd = reserved_usd + iif(new.is_settled, 0, new.usd) - iif(old.is_settled, 0, old.usd)
    WHERE id = new.run_id;
END;
`
