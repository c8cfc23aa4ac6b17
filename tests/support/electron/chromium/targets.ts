import { chromium } from '../host.ts'
import type { Session } from './pipe.ts'

/** A page in Chromium, which waits until it is told to go on. */
export interface Target {
  id: string
  session: Session
}

interface Watch {
  /** A page has opened another, by itself. */
  opened(openerId: string, target: Target): void
  gone(targetId: string): void
}

const made = new Map<string, PromiseWithResolvers<Target>>()
let watch: Watch | undefined
let watching: Promise<unknown> | undefined

const awaited = (id: string) => {
  const found = made.get(id) ?? Promise.withResolvers<Target>()
  made.set(id, found)
  return found
}

/** To be called before there is a page. */
export function watchTargets(watcher: Watch): void {
  watch = watcher
}

export interface Size {
  width: number
  height: number
}

export async function createTarget(size: Size): Promise<Target> {
  watching ??= startWatching()
  await watching
  const { targetId } = await chromium().browser.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    ...size,
  })
  return awaited(targetId).promise
}

export const closeTarget = (targetId: string): Promise<unknown> =>
  chromium()
    .browser.send('Target.closeTarget', { targetId })
    .catch(() => {})

/** Each page stops at its beginning until it is equipped, those too that pages open. */
async function startWatching(): Promise<void> {
  const { browser } = chromium()
  const idOf = new Map<string, string>()
  browser.on('Target.attachedToTarget', ({ sessionId, targetInfo: { targetId: id, openerId } }) => {
    idOf.set(sessionId, id)
    const target = { id, session: chromium().session(sessionId) }
    if (openerId && made.has(openerId)) {
      made.set(id, Promise.withResolvers())
      watch?.opened(openerId, target)
    } else awaited(id).resolve(target)
  })
  browser.on('Target.detachedFromTarget', ({ sessionId }) => watch?.gone(idOf.get(sessionId) ?? ''))
  const filter = [{ type: 'page' }, { exclude: true }]
  await browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter })
}
