/** What a source that is far away needs: where its list of changes goes on, its folders, and its own checksums. */
export const remoteFolders = `
-- Where the source's list of changes goes on; null: the next sync lists all of it.
ALTER TABLE folders ADD COLUMN changes_from TEXT;
-- It is looked into by itself, again and again.
ALTER TABLE folders ADD COLUMN is_watched INTEGER NOT NULL DEFAULT 0;

-- 0: only what changed since the last sync is found, and a file that is not found is not gone.
ALTER TABLE syncs ADD COLUMN is_whole INTEGER NOT NULL DEFAULT 1;
-- Becomes the folder's changes_from once the sync is complete: until then its changes are not all worked off.
ALTER TABLE syncs ADD COLUMN changes_from TEXT;

-- The source's own checksum: equal means the same bytes, whatever size and time say.
ALTER TABLE files ADD COLUMN content_tag TEXT;

-- The folders below a root, for a source whose files name their folder by an id.
CREATE TABLE source_folders (
  folder_id INTEGER NOT NULL REFERENCES folders(id),
  source_id TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  name TEXT NOT NULL,
  sync_id INTEGER NOT NULL,       -- that saw it last
  PRIMARY KEY (folder_id, source_id)
) STRICT, WITHOUT ROWID;
`
