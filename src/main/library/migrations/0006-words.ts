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

CREATE TABLE embeddings (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  model TEXT NOT NULL,
  text_hash TEXT NOT NULL,        -- of the words it was made from
  vector BLOB NOT NULL,           -- a signed byte for each dimension, of the unit vector times 127
  PRIMARY KEY (model, media_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX embeddings_of_media ON embeddings(media_id);
`
