/**
 * The columns of `media` down to `processed_at` are given and keep their names and meanings; the ones below are ours.
 * On this disk store `spaces_key` is the key of the kept copy and `spaces_url` stays empty.
 */
export const foundation = `
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT,
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
INSERT INTO users (id, name) VALUES (1, 'Me');

CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  source TEXT NOT NULL,
  root TEXT NOT NULL,
  name TEXT NOT NULL,
  keeps_copies INTEGER NOT NULL DEFAULT 0,
  identity TEXT,                  -- of the root when files were last found in it, see ResolvedRoot
  created_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
  UNIQUE (source, root)
) STRICT;

CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL,
  source TEXT NOT NULL,           -- 'google_drive', 'upload', 'folder'
  source_id TEXT,                 -- Original file ID from source
  filename TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size INTEGER,
  width INTEGER,
  height INTEGER,
  spaces_key TEXT,                -- DigitalOcean Spaces object key
  spaces_url TEXT,                -- DigitalOcean Spaces public URL
  thumbnail_url TEXT,
  processing_status TEXT DEFAULT 'pending',
  ai_analysis TEXT,               -- JSON string of AI analysis results
  metadata TEXT,                  -- JSON string of additional metadata
  tags TEXT,                      -- JSON string of extracted tags
  description TEXT,               -- AI-generated description
  created_at TEXT DEFAULT CURRENT_TIMESTAMP,
  updated_at TEXT DEFAULT CURRENT_TIMESTAMP,
  processed_at TEXT,

  folder_id INTEGER REFERENCES folders(id),
  sha256 TEXT UNIQUE,             -- identity: null until the bytes were read
  previewed_sha256 TEXT,          -- the bytes its previews and facts were made from
  fingerprint TEXT,               -- 64-bit perceptual hash, 16 hex digits
  placeholder TEXT,               -- ThumbHash, base64
  mean_colour TEXT,               -- #rrggbb
  rating INTEGER,                 -- 0..5
  taken_on TEXT,                  -- local date and time of the camera, or of the file's last change
  missing_since TEXT,             -- no known file holds these bytes any more
  failure_code TEXT,
  failure_message TEXT,
  facets TEXT                     -- the terms it is filed under in media_search; null until it is shown
);

-- The grid shows what has ended. Partial, so that half a million waiting rows are not stepped over.
CREATE INDEX media_shown ON media(id) WHERE facets IS NOT NULL;
CREATE INDEX media_by_taken ON media(taken_on, id) WHERE facets IS NOT NULL;
CREATE INDEX media_by_name ON media(filename COLLATE NOCASE, id) WHERE facets IS NOT NULL;
CREATE INDEX media_by_size ON media(size, id) WHERE facets IS NOT NULL;
CREATE INDEX media_by_status ON media(processing_status, id);
CREATE INDEX media_recent ON media(processed_at) WHERE processing_status = 'completed';

-- Who said what of a picture, by which version. media.ai_analysis holds the result that is shown.
CREATE TABLE analyses (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  analyser TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,           -- the bytes it was said of
  result TEXT,                    -- JSON
  failure TEXT,
  created_at TEXT NOT NULL,
  PRIMARY KEY (media_id, analyser)
) STRICT, WITHOUT ROWID;

-- Which preview files there are. Where each one is follows from its hash and kind, see layout.ts.
CREATE TABLE previews (
  sha256 TEXT NOT NULL,           -- of the original
  kind TEXT NOT NULL,             -- 'preview' (2048 px), 'thumbnail' (512 px)
  size INTEGER NOT NULL,
  PRIMARY KEY (sha256, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE media_tags (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags(id),
  source TEXT NOT NULL,           -- 'person', or the analyser's name
  origin TEXT NOT NULL,           -- what it was read from
  confidence REAL,
  PRIMARY KEY (media_id, tag_id, source)
) STRICT, WITHOUT ROWID;

-- One full-text table answers words and filters alike. 'facets' holds a term for each tag (t12), colour (cblue), year,
-- month and day (y2023 m202305 d20230514), status (xfailed), source, folder (f3): any combination of them and words is
-- one intersection in rowid order, which is newest first. Contentless: the texts are in media.
CREATE VIRTUAL TABLE media_search USING fts5(
  filename, title, description, tags, path, facets,
  content = '', contentless_delete = 1, prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);

-- How many shown media carry each term of 'facets'.
CREATE TABLE facet_counts (
  term TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE status_counts (
  status TEXT PRIMARY KEY,
  count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO status_counts VALUES ('pending', 0), ('processing', 0), ('completed', 0), ('failed', 0);
CREATE TRIGGER media_counted_in AFTER INSERT ON media BEGIN
  UPDATE status_counts SET count = count + 1 WHERE status = new.processing_status;
END;
CREATE TRIGGER media_counted_over AFTER UPDATE OF processing_status ON media
WHEN old.processing_status IS NOT new.processing_status BEGIN
  UPDATE status_counts SET count = count - 1 WHERE status = old.processing_status;
  UPDATE status_counts SET count = count + 1 WHERE status = new.processing_status;
END;
CREATE TRIGGER media_counted_out AFTER DELETE ON media BEGIN
  UPDATE status_counts SET count = count - 1 WHERE status = old.processing_status;
END;

CREATE TABLE syncs (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users(id),
  folder_id INTEGER NOT NULL REFERENCES folders(id),
  state TEXT NOT NULL,            -- running, paused, completed, cancelled, failed
  root_identity TEXT,             -- of the folder's root when it began
  is_listed INTEGER NOT NULL DEFAULT 0,
  page INTEGER NOT NULL DEFAULT 0,         -- pages listed so far
  page_cursor TEXT,                        -- where the next page begins
  page_files TEXT NOT NULL DEFAULT '[]',   -- ids of the last page's files that have to be read
  generation INTEGER NOT NULL DEFAULT 0,   -- grows when unfinished work is sent again
  found INTEGER NOT NULL DEFAULT 0,
  imported INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0,
  skipped INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

-- Every file ever found, where it is, and how the last sync that saw it ended with it: inventory and ledger in one.
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folders(id),
  source_id TEXT NOT NULL,
  path TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified_ms REAL NOT NULL,
  is_read INTEGER NOT NULL DEFAULT 0,      -- size and time are those of the bytes in media_id (or of the failure)
  media_id INTEGER REFERENCES media(id) ON DELETE SET NULL,
  sync_id INTEGER NOT NULL REFERENCES syncs(id),
  outcome TEXT NOT NULL,
  reason_code TEXT,
  reason_message TEXT,
  missing_since TEXT,
  UNIQUE (folder_id, source_id)
) STRICT;
CREATE INDEX files_of_sync ON files(folder_id, sync_id, id);
CREATE INDEX files_of_sync_by_outcome ON files(sync_id, outcome, id);
CREATE INDEX files_of_media ON files(media_id);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL             -- JSON
) STRICT, WITHOUT ROWID;
`
