/** Where originals lie that the library keeps, and the work of bringing them from one place to another. */
export const copies = `
CREATE TABLE copies (
  place TEXT NOT NULL,            -- 'disk', or the address of a store in the cloud
  sha256 TEXT NOT NULL,
  key TEXT NOT NULL,
  size INTEGER NOT NULL,
  stored_at TEXT NOT NULL,
  verified_at TEXT,               -- its bytes were read back from there and compared
  used_at TEXT NOT NULL,          -- someone looked at it: what was used least leaves a full disk first
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_use ON copies(place, used_at, sha256);

-- How much lies where.
CREATE TABLE copy_totals (
  place TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER copies_counted_in AFTER INSERT ON copies BEGIN
  INSERT INTO copy_totals VALUES (new.place, 1, new.size)
  ON CONFLICT (place) DO UPDATE SET count = count + 1, size = size + excluded.size;
END;
CREATE TRIGGER copies_counted_out AFTER DELETE ON copies BEGIN
  UPDATE copy_totals SET count = count - 1, size = size - old.size WHERE place = old.place;
END;

-- Originals that could not be brought to a place, by their own fault. Tried again when a person asks for it.
CREATE TABLE copy_faults (
  place TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  message TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;

-- Sending to the store, by its address: what is left to send follows from copies.
CREATE TABLE sendings (
  place TEXT PRIMARY KEY,
  state TEXT NOT NULL,            -- running, waiting, paused
  message TEXT,                   -- why it waits or is paused, where no person did it
  generation INTEGER NOT NULL DEFAULT 0    -- grows when the work is set going again
) STRICT, WITHOUT ROWID;

CREATE TABLE moves (
  id INTEGER PRIMARY KEY,
  direction TEXT NOT NULL,        -- to-cloud, to-disk
  place TEXT NOT NULL,            -- the store in the cloud
  state TEXT NOT NULL,            -- running, waiting, paused, completed, cancelled
  message TEXT,
  generation INTEGER NOT NULL DEFAULT 0,
  total_count INTEGER NOT NULL,
  total_size INTEGER NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

-- What was kept until now is on the disk.
INSERT INTO copies (place, sha256, key, size, stored_at, used_at)
  SELECT 'disk', sha256, spaces_key, coalesce(size, 0), coalesce(processed_at, created_at), coalesce(processed_at, created_at)
  FROM media WHERE spaces_key IS NOT NULL AND sha256 IS NOT NULL;
`
