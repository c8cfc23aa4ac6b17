import { createEndWatch, endLine } from '../../shared/sync-words.ts'
import type { Sync } from '../../shared/syncs.ts'

/** Something to tell a person who looks elsewhere. */
export interface Notice {
  /** The same for the same thing. */
  key: string
  title: string
  body: string
  /** Where it leads, as in the page's address after `#`. */
  route: string
}

/** What is over so soon was waited for. */
const shortestToldMs = 5000

const titles: Partial<Record<Sync['state'], string>> = { completed: 'Import done', failed: 'Import ended early' }

/** What was cancelled was cancelled by whoever would hear of it. */
export function createEndNotices(): (sync: Sync) => Notice | null {
  const isWorthASentence = createEndWatch(new Set())
  return sync => {
    const isToBeTold = isWorthASentence(sync)
    const title = titles[sync.state]
    if (!isToBeTold || title === undefined || sync.finishedAt === null) return null
    if (Date.parse(sync.finishedAt) - Date.parse(sync.startedAt) < shortestToldMs) return null
    const hasFaults = sync.failed > 0 || sync.state === 'failed'
    const route = hasFaults ? `/activity/${sync.id}` : `/library?folder=${sync.folderId}`
    return { key: `end of sync ${sync.id}`, title, body: endLine(sync), route }
  }
}

export interface TroubleNews {
  arisen: Notice[]
  /** Keys of those that are no more: told again when they come back. */
  settled: string[]
}

/** Tells each trouble once, for as long as it lasts. Those a kind is known with at first were told when they arose. */
export function createTroubleWatch(): (troubles: readonly (readonly Notice[] | null)[]) => TroubleNews {
  const known = new Map<number, ReadonlySet<string>>()
  return troubles => {
    const news: TroubleNews = { arisen: [], settled: [] }
    troubles.forEach((ofKind, kind) => {
      if (!ofKind) return
      const now = new Set(ofKind.map(({ key }) => key))
      const before = known.get(kind) ?? now
      known.set(kind, now)
      news.arisen.push(...ofKind.filter(({ key }) => !before.has(key)))
      news.settled.push(...[...before].filter(key => !now.has(key)))
    })
    return news
  }
}
