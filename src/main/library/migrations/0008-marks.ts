/** How a person judges pictures, and a journal of their commands that outlives the program. */
export const marks = `
-- Null: no word of the person's on it. A rating from the file itself is in media.rating; the person's goes before it.
CREATE TABLE marks (
  media_id INTEGER PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE,
  flag TEXT,                      -- picked, rejected
  rating INTEGER,                 -- 0..5; 0 only where the file has stars
  label TEXT                      -- red, yellow, green, blue, purple
) STRICT;

-- What a person did, in order. Undo goes from the last one that is done backwards; a new command forgets those undone.
CREATE TABLE commands (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,            -- for a person: 'Rate 12 pictures 3 stars'
  made_at TEXT NOT NULL,
  is_undone INTEGER NOT NULL DEFAULT 0,
  is_filed INTEGER NOT NULL,      -- it changed under what the pictures are filed
  size_bytes INTEGER NOT NULL     -- about what it takes here
) STRICT;
CREATE INDEX commands_undone ON commands(id) WHERE is_undone = 1;

-- In pieces of some hundred edits, so that a command on thousands of pictures is a few rows.
CREATE TABLE command_edits (
  command_id INTEGER NOT NULL REFERENCES commands(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  edits TEXT NOT NULL,            -- JSON: [[table, row before, row after, SHA-256 it is about], ...], see edits.ts
  PRIMARY KEY (command_id, position)
) STRICT;

-- Ratings are found by from now on, those in files as well.
INSERT OR IGNORE INTO filings_due (media_id) SELECT id FROM media WHERE rating IS NOT NULL AND facets IS NOT NULL;
`
