/** How a person judges pictures, and a journal of their commands that outlives the program. */
export const marks = `
-- Null: no word of the person's on it. A rating from the file itself is in media.rating; the person's goes before it.
CREATE TABLE marks (
  media_id INTEGER PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE,
  flag TEXT,                      -- picked, rejected
  rating INTEGER,                 -- 0..5
  label TEXT                      -- red, yellow, green, blue, purple
) STRICT;

-- What a person did, in order. Undo goes from the last one that is done backwards; a new command forgets those undone.
CREATE TABLE commands (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,            -- for a person: 'Rate 12 pictures'
  made_at TEXT NOT NULL,
  is_undone INTEGER NOT NULL DEFAULT 0,
  is_filed INTEGER NOT NULL       -- it changed under what the pictures are filed
) STRICT;

CREATE TABLE command_edits (
  command_id INTEGER NOT NULL REFERENCES commands(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  media_id INTEGER,               -- whose row it is; not a reference: a command outlives what it was about
  said_of TEXT,                   -- SHA-256 of the bytes, where an analyser's word of them was lost
  before TEXT,                    -- JSON array of the row's columns; null: there was none
  after TEXT,
  PRIMARY KEY (command_id, position)
) STRICT, WITHOUT ROWID;

-- Ratings are found by from now on, those in files as well.
INSERT OR IGNORE INTO filings_due (media_id) SELECT id FROM media WHERE rating IS NOT NULL AND facets IS NOT NULL;
`
