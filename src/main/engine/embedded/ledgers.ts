import type { Database } from 'better-sqlite3'

export interface Sweep {
  id: number
  function: number
  path: string
  key: string
  condition: string | null
  event: string
  since: number
  upto: number
  cursor: number
}

export interface Gathering {
  function: number
  key: string
  events: string
  size: number
  dueAt: number
  deadline: number | null
}

export const DAY_MS = 86_400_000

/** What the engine remembers besides runs: sweeps, gatherings, ids seen, paces, schedules, the clock. */
export function createLedgers(db: Database) {
  const insertSweep = db.prepare(`INSERT INTO sweep (function, path, key, condition, event, since, upto)
    VALUES (@function, @path, @key, @condition, @event, @since, @upto)`)
  const firstSweep = db.prepare('SELECT * FROM sweep ORDER BY id LIMIT 1')
  const moveSweep = db.prepare('UPDATE sweep SET cursor = ? WHERE id = ?')
  const deleteSweep = db.prepare('DELETE FROM sweep WHERE id = ?')
  const selectGathering = db.prepare(
    'SELECT function, key, events, size, due_at AS dueAt, deadline FROM gathering WHERE function = ? AND key = ?',
  )
  const putGathering = db.prepare(`INSERT OR REPLACE INTO gathering (function, key, events, size, due_at, deadline)
    VALUES (@function, @key, @events, @size, @dueAt, @deadline)`)
  const appendGathering = db
    .prepare(`UPDATE gathering SET events = json_insert(events, '$[#]', json(?)), size = size + 1
    WHERE function = ? AND key = ? RETURNING size`)
    .pluck()
  const deleteGathering = db.prepare('DELETE FROM gathering WHERE function = ? AND key = ?')
  const dueGatherings = db.prepare(`SELECT function, key, events, size, due_at AS dueAt, deadline FROM gathering
    WHERE due_at <= ? ORDER BY due_at LIMIT ?`)
  const nextGathering = db.prepare('SELECT min(due_at) FROM gathering').pluck()
  const insertSeen = db.prepare(`INSERT INTO seen (key, until) VALUES (?, ?)
    ON CONFLICT (key) DO UPDATE SET until = excluded.until WHERE until <= ?`)
  const pruneSeen = db.prepare('DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE until <= ? LIMIT ?)')
  const selectPace = db.prepare('SELECT at, count FROM pace WHERE key = ?')
  const putPace = db.prepare('INSERT OR REPLACE INTO pace (key, at, count, until) VALUES (?, ?, ?, ?)')
  const prunePace = db.prepare('DELETE FROM pace WHERE key IN (SELECT key FROM pace WHERE until <= ? LIMIT ?)')
  const selectSchedule = db.prepare('SELECT last_at FROM schedule WHERE function = ? AND cron = ?').pluck()
  const putSchedule = db.prepare('INSERT OR REPLACE INTO schedule (function, cron, last_at) VALUES (?, ?, ?)')
  const selectClock = db.prepare('SELECT at FROM clock').pluck()
  const putClock = db.prepare('INSERT OR REPLACE INTO clock (id, at) VALUES (0, ?)')
  const shifts = [
    'UPDATE gathering SET due_at = due_at - @by, deadline = deadline - @by',
    'UPDATE seen SET until = until - @by',
    'UPDATE pace SET at = at - @by, until = until - @by',
    'UPDATE run SET created_at = created_at - @by, begun_at = begun_at - @by, expires_at = expires_at - @by',
    'UPDATE sweep SET since = since - @by',
  ].map(sql => db.prepare(sql))

  return {
    addSweep: (sweep: Omit<Sweep, 'id' | 'cursor'>) => insertSweep.run(sweep),
    nextSweep: () => firstSweep.get() as Sweep | undefined,
    moveSweep: (id: number, cursor: number) => moveSweep.run(cursor, id),
    endSweep: (id: number) => deleteSweep.run(id),
    gathering: (fn: number, key: string) => selectGathering.get(fn, key) as Gathering | undefined,
    putGathering: (gathering: Gathering) => putGathering.run(gathering),
    /** @returns the size with the event added, or undefined when nothing is being gathered under that key. */
    appendToGathering: (fn: number, key: string, event: string) =>
      appendGathering.get(event, fn, key) as number | undefined,
    endGathering: (fn: number, key: string) => deleteGathering.run(fn, key),
    dueGatherings: (now: number, limit: number) => dueGatherings.all(now, limit) as Gathering[],
    nextGatheringAt: () => nextGathering.get() as number | null,
    /** @returns whether the key was new, or had been forgotten by now. It is remembered for a day. */
    isNew: (key: string, now: number) => insertSeen.run(key, now + DAY_MS, now).changes > 0,
    pace: (key: string) => selectPace.get(key) as { at: number; count: number } | undefined,
    setPace: (key: string, at: number, count: number, until: number) => putPace.run(key, at, count, until),
    /** Forgets what is over, a little at a time. @returns whether there may be more. */
    prune: (now: number, limit: number) =>
      pruneSeen.run(now, limit).changes + prunePace.run(now, limit).changes >= limit,
    scheduledAt: (fn: number, cron: string) => selectSchedule.get(fn, cron) as number | undefined,
    setScheduledAt: (fn: number, cron: string, at: number) => putSchedule.run(fn, cron, at),
    clockAt: () => selectClock.get() as number | undefined,
    setClockAt: (at: number) => putClock.run(at),
    shift: (byMs: number) => {
      for (const statement of shifts) statement.run({ by: byMs })
    },
  }
}

export type Ledgers = ReturnType<typeof createLedgers>
