/** Imports of single files: a person chose them, and nothing else of their folder is listed. */
export const chosenFiles = `
-- How many were chosen; null: the sync is of its whole folder, or of all that changed in it.
ALTER TABLE syncs ADD COLUMN chosen_count INTEGER;

-- Which they are, until the sync is over.
CREATE TABLE chosen_files (
  sync_id INTEGER NOT NULL REFERENCES syncs(id) ON DELETE CASCADE,
  source_id TEXT NOT NULL,        -- as in files
  PRIMARY KEY (sync_id, source_id)
) STRICT, WITHOUT ROWID;
`
