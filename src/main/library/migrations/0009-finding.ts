/** What pictures are found by from now on: style, mood and the like, type, size, near colours, and what is known of them. */
export const finding = `
-- What is said of pictures, in lower case, each value once: what it is filed under is a letter for the field and this id.
CREATE TABLE filed_values (
  id INTEGER PRIMARY KEY,
  field TEXT NOT NULL,            -- style, mood, subject, medium, series
  value TEXT NOT NULL,
  UNIQUE (field, value)
) STRICT;

-- All is filed anew, in small batches beside everything else.
INSERT OR IGNORE INTO filings_due (media_id) SELECT id FROM media WHERE facets IS NOT NULL;
`
