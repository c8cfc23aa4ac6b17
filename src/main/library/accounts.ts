import type { ChangeFeed } from './changes.ts'
import type { Db } from './database.ts'

export interface AccountRow {
  id: number
  userId: number
  provider: 'google'
  subject: string
  email: string
  name: string
  state: 'connected' | 'reconnect'
  connectedAt: string
}

/** There is one person per library, the one that migration 1 made. */
export const localUserId = 1

/** The accounts that media may come from. Secrets are never among what is kept here. */
export function createAccounts(db: Db, changes: ChangeFeed) {
  const columns = 'id, user_id AS userId, provider, subject, email, name, state, connected_at AS connectedAt'
  const all = db.prepare<[], AccountRow>(`SELECT ${columns} FROM accounts WHERE state <> 'removed' ORDER BY id`)
  const byId = db.prepare<[number], AccountRow>(`SELECT ${columns} FROM accounts WHERE id = ? AND state <> 'removed'`)
  const upsert = db.prepare<[number, string, string, string, string, string], AccountRow>(
    `INSERT INTO accounts (user_id, provider, subject, email, name, state, connected_at)
     VALUES (?, ?, ?, ?, ?, 'connected', ?)
     ON CONFLICT (provider, subject) DO UPDATE
     SET email = excluded.email, name = excluded.name, state = excluded.state, connected_at = excluded.connected_at
     RETURNING ${columns}`,
  )
  // Who was noted only is taken for the one who signs in with the same address.
  const takeOver = db.prepare<[string, string, string]>(
    'UPDATE OR IGNORE accounts SET subject = ? WHERE provider = ? AND subject = ?',
  )
  const byEmail = db.prepare<[string, string], { id: number }>(
    'SELECT id FROM accounts WHERE provider = ? AND email = ? COLLATE NOCASE ORDER BY id LIMIT 1',
  )
  const insertNoted = db.prepare<[number, string, string, string, string, string], { id: number }>(
    `INSERT INTO accounts (user_id, provider, subject, email, name, state, connected_at)
     VALUES (?, ?, ?, ?, ?, 'reconnect', ?) RETURNING id`,
  )
  const setState = db.prepare<[string, number]>('UPDATE accounts SET state = ? WHERE id = ?')

  const revive = db.prepare<[number]>(`UPDATE accounts SET state = 'reconnect' WHERE id = ? AND state = 'removed'`)

  return {
    list: (): AccountRow[] => all.all(),
    get: (id: number): AccountRow | null => byId.get(id) ?? null,

    /** The same provider and subject again is the same account, connected anew. */
    save({ provider, subject, email, name }: Pick<AccountRow, 'provider' | 'subject' | 'email' | 'name'>): AccountRow {
      takeOver.run(subject, provider, notedSubject(email))
      const account = upsert.get(localUserId, provider, subject, email, name, new Date().toISOString())
      changes.emit('accounts')
      return account as AccountRow
    },

    /**
     * Someone whose files are worked on without a sign-in of theirs: the account of that address, else a new one, which can be
     * connected later.
     */
    note({ provider, email, name }: Pick<AccountRow, 'provider' | 'email' | 'name'>): AccountRow {
      const now = new Date().toISOString()
      const { id } =
        byEmail.get(provider, email) ??
        (insertNoted.get(localUserId, provider, notedSubject(email), email, name, now) as { id: number })
      revive.run(id)
      changes.emit('accounts')
      return byId.get(id) as AccountRow
    },

    setState(id: number, state: AccountRow['state']): void {
      setState.run(state, id)
      changes.emit('accounts')
    },

    /** Its number stays taken: roots of folders name it, and it is the same person's when they come back. */
    remove(id: number): void {
      setState.run('removed', id)
      changes.emit('accounts')
    },
  }
}

/** In place of Google's own id of a person, as long as that is not known. */
const notedSubject = (email: string) => `email:${email.toLowerCase()}`
