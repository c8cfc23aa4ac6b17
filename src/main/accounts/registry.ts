export type AccountState = 'connected' | 'reconnect'

/** An account of a person at a service. Holds no secret. */
export interface AccountRow {
  id: number
  userId: number
  provider: 'google'
  /** The service's own id of the person, which stays when the address changes. */
  subject: string
  email: string
  name: string
  /** 'reconnect': the service has ended the access, and a person has to sign in again. */
  state: AccountState
  /** Of the newest sign-in, ISO 8601 in UTC. */
  connectedAt: string
}

/** Which accounts there are. The library keeps them. */
export interface AccountRegistry {
  list(): AccountRow[]
  get(id: number): AccountRow | null
  /** The same provider and subject again is the same account, connected anew. */
  save(account: Pick<AccountRow, 'provider' | 'subject' | 'email' | 'name'>): AccountRow
  setState(id: number, state: AccountState): void
  remove(id: number): void
}
