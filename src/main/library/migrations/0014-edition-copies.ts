/** Copies of an edition with a state each, open editions, the order of works in a series, and works as what pictures are found by. */
export const editionCopies = `
ALTER TABLE artworks ADD COLUMN is_open_edition INTEGER;  -- 1: copies are made without end, edition_size is null
ALTER TABLE artworks ADD COLUMN series_position INTEGER;  -- null: behind those that have one

CREATE TABLE artwork_copies (
  artwork_id INTEGER NOT NULL REFERENCES artworks(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,             -- copy, proof
  number INTEGER NOT NULL,        -- 3 of 3/10, 1 of AP 1/2
  status TEXT NOT NULL,           -- as of artworks
  status_on TEXT,                 -- the day from which it holds
  price_minor INTEGER,            -- null: that of the work
  currency TEXT,
  location TEXT,
  buyer TEXT,
  note TEXT,
  PRIMARY KEY (artwork_id, kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_status ON artwork_copies(status, artwork_id);

-- Pictures of works are filed anew: by title, number and series of the work.
INSERT OR IGNORE INTO filings_due (media_id)
  SELECT DISTINCT am.media_id FROM artwork_media am JOIN media m ON m.id = am.media_id WHERE m.facets IS NOT NULL;
`
