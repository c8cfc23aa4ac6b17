/** How a kept view is laid out and grouped; and what a grid needs to lay out and group a million pictures at once. */
export const arrangedViews = `
-- Null in those that were kept before: the layout stays as it is, and nothing is grouped.
ALTER TABLE views ADD COLUMN layout TEXT;
ALTER TABLE views ADD COLUMN grouping TEXT;

-- The import that a picture came with. Of those that are there, the last one of their folder that had begun by then.
ALTER TABLE media ADD COLUMN sync_id INTEGER;
UPDATE media SET sync_id = (SELECT max(s.id) FROM syncs s WHERE s.folder_id = media.folder_id
  AND s.started_at < strftime('%Y-%m-%dT%H:%M:%S', media.created_at, '+1 second'));

-- Imports with their pictures, and the proportions of all, without a look at the wide rows.
CREATE INDEX media_by_sync ON media(sync_id, id, width, height) WHERE facets IS NOT NULL;

-- Where a file lies below the root, with the last '/': 'Sea/' of 'Sea/boat.jpg', '' of 'boat.jpg'.
ALTER TABLE files ADD COLUMN directory TEXT GENERATED ALWAYS AS (rtrim(path, replace(path, '/', ''))) VIRTUAL;
CREATE INDEX files_by_directory ON files(folder_id, directory, media_id) WHERE media_id IS NOT NULL;
`
