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
const localUserId = 1

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
  const setState = db.prepare<[string, number]>('UPDATE accounts SET state = ? WHERE id = ?')

  return {
    list: (): AccountRow[] => all.all(),
    get: (id: number): AccountRow | null => byId.get(id) ?? null,

    /** The same provider and subject again is the same account, connected anew. */
    save({ provider, subject, email, name }: Pick<AccountRow, 'provider' | 'subject' | 'email' | 'name'>): AccountRow {
      const account = upsert.get(localUserId, provider, subject, email, name, new Date().toISOString())
      changes.emit('accounts')
      return account as AccountRow
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
