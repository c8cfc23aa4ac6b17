/** Videos, which were left aside until now. */
export const videos = `
-- What was no picture may be a video: it is read at the next sync.
UPDATE files SET is_read = 0 WHERE reason_code = 'not-a-picture'
  OR (reason_code = 'unsupported-format' AND reason_message LIKE 'This is a video file%');
-- A list of changes does not name those, so all is listed once more; what is known is not fetched again.
UPDATE folders SET changes_from = NULL WHERE changes_from IS NOT NULL AND EXISTS (
  SELECT 1 FROM files f WHERE f.folder_id = folders.id AND f.is_read = 0 AND f.reason_code IN
    ('not-a-picture', 'unsupported-format'));

-- Videos that nothing could show yet. Few, among any number of pictures.
CREATE INDEX media_unseen ON media(id) WHERE previewed_sha256 IS NULL AND processing_status = 'completed';
`
