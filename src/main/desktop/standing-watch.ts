import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { Sync } from '../../shared/syncs.ts'
import type { AppEvent, ServerParts } from '../server/index.ts'
import { type Standing, unknownStanding } from './standing.ts'

/** Changes are shown this often at most: nobody reads a menu bar four times a second. */
const gatherMs = 1000

export interface StandingWatch {
  now(): Standing
  /** Asks for all of it. What the library knows is told first: the rest may have to wait for a keychain. */
  refresh(): Promise<void>
  stop(): void
}

type Part = 'library.overview' | 'analysis.overview' | 'storage.overview'

/** What has to be asked for again after an event; an import tells all of itself. */
const partOf: Partial<Record<AppEvent['name'], Part>> = {
  'library.changed': 'library.overview',
  'analysis.changed': 'analysis.overview',
  'storage.changed': 'storage.overview',
  'accounts.changed': 'library.overview',
}

const read: Record<Part, (handlers: Handlers) => Promise<Partial<Standing>>> = {
  'library.overview': async handlers => {
    const { activeSyncs, accounts, problem } = await handlers['library.overview']({})
    return { syncs: activeSyncs, accounts, problem }
  },
  'analysis.overview': async handlers => ({ analysis: await handlers['analysis.overview']({}) }),
  'storage.overview': async handlers => ({ storage: await handlers['storage.overview']({}) }),
}

export interface WatchParts {
  handlers: Handlers
  subscribe: ServerParts['subscribe']
  /** Hears what has become of it, at most once a second. */
  changed(standing: Standing): void
  report(error: unknown): void
}

/** Follows how things stand in the library, asking only for what an event says has changed. */
export function watchStanding({ handlers, subscribe, changed, report }: WatchParts): StandingWatch {
  const stale = new Set<Part>()
  let standing = unknownStanding
  let timer: NodeJS.Timeout | undefined

  /** What cannot be known at the moment stays as it was known. */
  async function renew(part: Part): Promise<void> {
    try {
      const known = await read[part](handlers)
      standing = { ...standing, ...known }
    } catch (error) {
      if (!(error instanceof CallFailed)) report(error)
    }
  }

  async function renewWork(): Promise<void> {
    const work = await handlers['work.state']({})
    standing = { ...standing, work }
  }

  async function catchUp(): Promise<void> {
    const asked = [...stale]
    stale.clear()
    await Promise.all(asked.map(renew))
    await renewWork()
  }

  function gather(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      catchUp().then(() => changed(standing), report)
    }, gatherMs)
  }

  const end = subscribe(event => {
    const part = partOf[event.name]
    if (event.name === 'sync.progress') standing = { ...standing, syncs: withSync(standing.syncs, event.data) }
    else if (part) stale.add(part)
    else return
    gather()
  })

  return {
    now: () => standing,
    async refresh() {
      await Promise.all([renew('library.overview'), renewWork()])
      changed(standing)
      await Promise.all([renew('analysis.overview'), renew('storage.overview')])
      changed(standing)
    },
    stop() {
      clearTimeout(timer)
      end()
    },
  }
}

/** Those that have ended are left out. */
function withSync(syncs: readonly Sync[], sync: Sync): Sync[] {
  const others = syncs.filter(({ id }) => id !== sync.id)
  return sync.state === 'running' || sync.state === 'paused' ? [sync, ...others] : others
}
