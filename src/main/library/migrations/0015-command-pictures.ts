/** Which commands of a person were about a picture, for its history. */
export const commandPictures = `
CREATE TABLE command_pictures (
  media_id INTEGER NOT NULL REFERENCES media(id) ON DELETE CASCADE,
  command_id INTEGER NOT NULL REFERENCES commands(id) ON DELETE CASCADE,
  PRIMARY KEY (media_id, command_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX command_pictures_by_command ON command_pictures(command_id);

-- Of what was done until now: the picture stands in the row of each edit, which is [table, before, after].
INSERT OR IGNORE INTO command_pictures (media_id, command_id)
SELECT m.id, c.command_id FROM command_edits c, json_each(c.edits) e
JOIN media m ON m.id = CASE e.value ->> '$[0]'
  WHEN 'artwork_media' THEN coalesce(e.value ->> '$[2][1]', e.value ->> '$[1][1]')
  ELSE coalesce(e.value ->> '$[2][0]', e.value ->> '$[1][0]') END
WHERE e.value ->> '$[0]' IN ('words', 'rejections', 'media_tags', 'marks', 'collection_items', 'artwork_media');
`
