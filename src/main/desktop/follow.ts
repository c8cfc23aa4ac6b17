import { CallFailed, type Handlers } from '../../shared/contract.ts'
import type { AppEvent } from '../server/index.ts'
import type { Intent } from './intents.ts'
import { routeOfLink } from './links.ts'

export interface FollowParts {
  showWindow(): void
  tellPage(event: AppEvent): void
  /** There when the library is open. */
  handlers: Promise<Pick<Handlers, 'files.import' | 'samples.import'>>
  /** Says what could not be done, and what to do. */
  explain(message: string): void
  report(error: unknown): void
}

/** Does what the program was opened for. A link leads to a place and starts nothing; folders are imported. */
export function createFollower(parts: FollowParts): (intent: Intent) => void {
  const { showWindow, tellPage, handlers, explain, report } = parts
  const showPlace = (route: string) => tellPage({ name: 'page.show', data: { route } })

  /** The pictures appear there, while they are imported. */
  async function begin(start: (handlers: Awaited<FollowParts['handlers']>) => unknown): Promise<void> {
    try {
      await start(await handlers)
      showPlace('/library')
    } catch (error) {
      if (error instanceof CallFailed) explain(error.message)
      else report(error)
    }
  }

  async function importAll(paths: string[], given: Awaited<FollowParts['handlers']>): Promise<void> {
    const { refused } = await given['files.import']({ paths })
    if (refused.length > 0) explain(refused.map(({ path, reason }) => `${path}: ${reason}`).join('\n'))
  }

  return intent => {
    showWindow()
    if (intent.kind === 'samples') void begin(given => given['samples.import']({}))
    if (intent.kind === 'paths') void begin(given => importAll(intent.paths, given))
    if (intent.kind !== 'link') return
    const route = routeOfLink(intent.url)
    if (route !== null) showPlace(route)
  }
}
