import type { Database } from 'better-sqlite3'

interface Write {
  run: () => unknown
  resolve: (value: never) => void
  reject: (cause: unknown) => void
}

/**
 * Gathers what is to be written in one turn of the event loop into one transaction, because a commit costs more than
 * what is in it. Whoever waits for a write goes on after the commit.
 */
export class Writer {
  #db: Database
  #writes: Write[] = []
  #afterCommit: (() => void)[] = []
  #onWrite: () => void

  constructor(db: Database, onWrite: () => void) {
    this.#db = db
    this.#onWrite = onWrite
  }

  get isEmpty(): boolean {
    return this.#writes.length === 0
  }

  /** @returns what `run` returned, once it is on disk. */
  write<Value>(run: () => Value): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      this.#writes.push({ run, resolve: resolve as Write['resolve'], reject })
      this.#onWrite()
    })
  }

  /** To be called inside a transaction: `act` happens when that is committed, and not if it fails. */
  afterCommit(act: () => void): void {
    this.#afterCommit.push(act)
  }

  /**
   * Commits what was gathered, and `then` with it. When that fails, all are tried again one by one, so that what cannot
   * be written stands in the way of nothing else.
   * @param onRollback sets right what `then` changed in memory.
   * @throws what made `then` fail alone.
   */
  commit<Value>(then: () => Value, onRollback: () => void): Value {
    const writes = this.#writes
    this.#writes = []
    try {
      const values: unknown[] = []
      const result = this.#transact(() => {
        for (const write of writes) values.push(write.run())
        return then()
      })
      for (const [index, write] of writes.entries()) write.resolve(values[index] as never)
      return result
    } catch {
      onRollback()
      for (const write of writes) this.#commitAlone(write)
      return this.#transact(then)
    }
  }

  #commitAlone(write: Write): void {
    try {
      write.resolve(this.#transact(write.run) as never)
    } catch (cause) {
      write.reject(cause)
    }
  }

  #transact<Value>(run: () => Value): Value {
    this.#afterCommit = []
    const value = this.#db.transaction(run).immediate()
    const acts = this.#afterCommit
    this.#afterCommit = []
    for (const act of acts) act()
    return value
  }
}
