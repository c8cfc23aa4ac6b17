/** Where originals lie that the library keeps, and the work of bringing them from one place to another. */
export const copies = `
-- Of this library: it marks a place in a store as its own.
INSERT INTO settings (name, value) VALUES ('libraryId', json_quote(lower(hex(randomblob(16)))));

CREATE TABLE copies (
  place TEXT NOT NULL,            -- 'disk', or the address of a store in the cloud
  sha256 TEXT NOT NULL,
  key TEXT NOT NULL,
  size INTEGER NOT NULL,
  is_public INTEGER NOT NULL,     -- everyone who knows its address can read it
  stored_at TEXT NOT NULL,
  verified_at TEXT,               -- its bytes were read back from there and compared
  used_at TEXT NOT NULL,          -- someone looked at it: what was used least leaves a full disk first
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_use ON copies(place, used_at, sha256);

-- Sending to a store in the cloud, by its address.
CREATE TABLE sendings (
  place TEXT PRIMARY KEY,
  state TEXT NOT NULL,            -- idle, running, waiting, paused
  message TEXT,                   -- why it waits or is paused, where no person did it
  generation INTEGER NOT NULL DEFAULT 0    -- grows when the work is set going again, over all places
) STRICT, WITHOUT ROWID;

-- What is on the disk and not in each of those stores. It follows from copies: finding it anew would step over all of them.
CREATE TABLE unsent (
  place TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;

-- How much lies where, and how much is unsent.
CREATE TABLE copy_totals (
  place TEXT NOT NULL,
  what TEXT NOT NULL,             -- copies, unsent
  count INTEGER NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (place, what)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER unsent_counted_in AFTER INSERT ON unsent BEGIN
  INSERT INTO copy_totals VALUES (new.place, 'unsent', 1, new.size)
  ON CONFLICT DO UPDATE SET count = count + 1, size = size + excluded.size;
END;
CREATE TRIGGER unsent_counted_out AFTER DELETE ON unsent BEGIN
  UPDATE copy_totals SET count = count - 1, size = size - old.size WHERE place = old.place AND what = 'unsent';
END;
CREATE TRIGGER copies_counted_in AFTER INSERT ON copies BEGIN
  INSERT INTO copy_totals VALUES (new.place, 'copies', 1, new.size)
  ON CONFLICT DO UPDATE SET count = count + 1, size = size + excluded.size;
  DELETE FROM unsent WHERE place = new.place AND sha256 = new.sha256;
  INSERT INTO unsent SELECT s.place, new.sha256, new.size FROM sendings s
    WHERE new.place = 'disk' AND NOT EXISTS (SELECT 1 FROM copies c WHERE c.place = s.place AND c.sha256 = new.sha256);
END;
CREATE TRIGGER copies_counted_out AFTER DELETE ON copies BEGIN
  UPDATE copy_totals SET count = count - 1, size = size - old.size WHERE place = old.place AND what = 'copies';
  INSERT INTO unsent SELECT s.place, old.sha256, d.size FROM sendings s
    JOIN copies d ON d.place = 'disk' AND d.sha256 = old.sha256 WHERE s.place = old.place;
  DELETE FROM unsent WHERE old.place = 'disk' AND sha256 = old.sha256 AND place IN (SELECT place FROM sendings);
END;
CREATE TRIGGER sendings_opened AFTER INSERT ON sendings BEGIN
  INSERT INTO unsent SELECT new.place, d.sha256, d.size FROM copies d WHERE d.place = 'disk'
    AND NOT EXISTS (SELECT 1 FROM copies c WHERE c.place = new.place AND c.sha256 = d.sha256);
END;

-- Originals that could not be brought to a place, by their own fault. Tried again when a person asks for it.
CREATE TABLE copy_faults (
  place TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  message TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  PRIMARY KEY (place, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE moves (
  id INTEGER PRIMARY KEY,
  direction TEXT NOT NULL,        -- to-cloud, to-disk
  place TEXT NOT NULL,            -- the store in the cloud
  state TEXT NOT NULL,            -- running, waiting, paused, completed, cancelled
  message TEXT,
  generation INTEGER NOT NULL DEFAULT 0,
  done_count INTEGER NOT NULL DEFAULT 0,
  done_size INTEGER NOT NULL DEFAULT 0,
  left_count INTEGER NOT NULL DEFAULT 0,   -- when it was over; until then it follows from copies
  left_size INTEGER NOT NULL DEFAULT 0,
  started_at TEXT NOT NULL,
  finished_at TEXT
) STRICT;

-- What was kept until now is on the disk.
INSERT INTO copies (place, sha256, key, size, is_public, stored_at, used_at)
  SELECT 'disk', sha256, spaces_key, coalesce(size, 0), 0, coalesce(processed_at, created_at), coalesce(processed_at, created_at)
  FROM media WHERE spaces_key IS NOT NULL AND sha256 IS NOT NULL;
`
