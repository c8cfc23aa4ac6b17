/** What a person said of a picture, apart from what analysers said; and what descriptions mean, for comparing. */
export const words = `
CREATE TABLE words (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  field TEXT NOT NULL,            -- description, content, style, mood, medium, series
  value TEXT NOT NULL,
  said_at TEXT NOT NULL,
  PRIMARY KEY (media_id, field)
) STRICT, WITHOUT ROWID;

-- Never suggested again. For a tag 'value' is its name; for other fields it is what was said, as another may be right.
CREATE TABLE rejections (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (media_id, field, value)
) STRICT, WITHOUT ROWID;

-- Numbers grow, so that whoever holds the vectors in memory reads only those that came since.
CREATE TABLE embeddings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  text_hash TEXT NOT NULL,        -- of the words it was made from
  vector BLOB NOT NULL,           -- a signed byte for each dimension; the largest of them is 127 or -127
  UNIQUE (media_id, model)
) STRICT;

-- Pictures whose words may have changed since they were embedded.
CREATE TABLE embeddings_due (
  media_id INTEGER PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE
) STRICT;

-- Pictures that a person's command changed and that lists and search do not follow yet.
CREATE TABLE filings_due (
  media_id INTEGER PRIMARY KEY REFERENCES media(id) ON DELETE CASCADE
) STRICT;

-- All fingerprints are read at once, without the wide rows they are in.
CREATE INDEX media_fingerprints ON media(fingerprint) WHERE facets IS NOT NULL AND fingerprint IS NOT NULL;
`
