/** Pictures that a person gathers, views that they keep, and what is new or still to be reviewed as terms of the search. */
export const collections = `
-- A number is never used again: what was deleted can be brought back.
CREATE TABLE collections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- Without a reference to the collection: those of a deleted one stay, so that deleting and undoing it is one row.
CREATE TABLE collection_items (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  collection_id INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  PRIMARY KEY (media_id, collection_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,           -- JSON, as the page asks with it
  sort TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- All are filed anew: by the day they came, and whether they were reviewed.
INSERT OR IGNORE INTO filings_due (media_id) SELECT id FROM media WHERE facets IS NOT NULL;
`
