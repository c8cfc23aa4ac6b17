/** Who is connected. Their tokens are in the keychain and nowhere else. */
export const accounts = `
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY,         -- roots of folders name it
  user_id INTEGER NOT NULL REFERENCES users(id),
  provider TEXT NOT NULL,         -- 'google'
  subject TEXT NOT NULL,          -- the provider's own id of the person
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,            -- 'connected', 'reconnect', 'removed'
  connected_at TEXT NOT NULL,     -- of the newest sign-in
  UNIQUE (provider, subject)
) STRICT;
`
