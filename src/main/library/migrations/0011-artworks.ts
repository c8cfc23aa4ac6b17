/** Works that pictures show. Money is in whole cents, lengths in millimetres, so that neither is ever rounded. */
export const artworks = `
CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;

CREATE TABLE artworks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  inventory_number TEXT NOT NULL COLLATE NOCASE UNIQUE,
  title TEXT NOT NULL,
  year TEXT,                      -- as in a catalogue: 2019, c. 2019, 2019–21
  first_year INTEGER,             -- what it is sorted by
  medium TEXT,
  support TEXT,
  height_mm REAL,
  width_mm REAL,
  depth_mm REAL,
  unit TEXT,                      -- in which the person measures: mm, cm, in
  edition_copy INTEGER,           -- 3 of 10 + 2 AP; all null: there is one
  edition_size INTEGER,
  edition_proofs INTEGER,
  series_id INTEGER REFERENCES series(id),
  status TEXT NOT NULL,           -- available, reserved, sold, on-loan, not-for-sale
  price_minor INTEGER,
  currency TEXT,                  -- ISO 4217
  location TEXT,
  provenance TEXT,
  statement TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX artworks_by_title ON artworks(title COLLATE NOCASE, id);
CREATE INDEX artworks_by_year ON artworks(coalesce(first_year, 0), id);
CREATE INDEX artworks_of_series ON artworks(series_id, id);
CREATE INDEX artworks_by_status ON artworks(status, id);

CREATE TABLE artwork_media (
  artwork_id INTEGER NOT NULL REFERENCES artworks(id) ON DELETE CASCADE,
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  role TEXT NOT NULL,             -- main, detail, in-progress, installation, scan, print
  position INTEGER NOT NULL,
  PRIMARY KEY (artwork_id, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX artworks_of_media ON artwork_media(media_id);

-- Who said a field that nobody has confirmed yet; all others are the person's.
CREATE TABLE artwork_sources (
  artwork_id INTEGER NOT NULL REFERENCES artworks(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  source TEXT NOT NULL,           -- file, folder, analysis
  confidence REAL,
  PRIMARY KEY (artwork_id, field)
) STRICT, WITHOUT ROWID;

-- Every number that was ever given, also to works that are gone: none is given twice.
CREATE TABLE inventory_numbers (
  number TEXT PRIMARY KEY COLLATE NOCASE,
  artwork_id INTEGER NOT NULL     -- not a reference: it outlives the work
) STRICT, WITHOUT ROWID;
`
