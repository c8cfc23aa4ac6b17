import type { BrowserWindow } from 'electron'
import { createWakefulness } from './awake.ts'
import type { Core } from './core.ts'
import type { ProgramMenu } from './menu.ts'
import { createEndNotices, createTroubleWatch, type Notice } from './notices.ts'
import { createNotifications } from './notifications.ts'
import { isBusy, type Standing } from './standing.ts'
import { type StandingWatch, watchStanding } from './standing-watch.ts'
import { createTaskbar } from './taskbar.ts'
import { createTray } from './tray.ts'
import { type TrayActions, workLines } from './tray-template.ts'
import { troublesOf } from './troubles.ts'

export interface PresenceParts {
  iconsFolder: string
  menu: ProgramMenu
  window(): BrowserWindow | null
  /** A person looks at the window: what it shows is not told again. */
  isWatched(): boolean
  /** Nothing is seen of the program but the tray, or the person wants it there. */
  needsTray(): boolean
  actions: TrayActions
  report(error: unknown): void
}

export interface Presence {
  /** Shows from now on what the core does. */
  follow(core: Pick<Core, 'serverParts' | 'subscribe'>): Promise<void>
  dress(window: BrowserWindow): void
  /** A line for each kind of work that is under way. */
  workUnderWay(): Promise<string[]>
  /** The window came or went, or the person decided where the program shall be seen. */
  rearrange(): void
  end(): void
}

/** By what the program shows itself in the system: tray, taskbar, menu, notifications, and a computer that stays awake. */
export function createPresence(parts: PresenceParts): Presence {
  const { menu, actions, report } = parts
  const tray = createTray(parts.iconsFolder, actions)
  const taskbar = createTaskbar(parts.window)
  const notifications = createNotifications(actions.show)
  const setBusy = createWakefulness()
  const noticeOfEnd = createEndNotices()
  const newsOf = createTroubleWatch()
  let watch: StandingWatch | null = null
  let isOver = false

  function tell(notices: readonly Notice[]): void {
    if (!isOver && !parts.isWatched()) notices.forEach(notifications.show)
  }

  function show(standing: Standing): void {
    if (isOver) return
    const byKind = troublesOf(standing)
    const troubles = byKind.flatMap(known => known ?? [])
    menu.show(standing.work)
    tray.update(standing, troubles)
    taskbar.update(standing, troubles.length)
    setBusy(isBusy(standing))
    const { arisen, settled } = newsOf(byKind)
    settled.forEach(notifications.withdraw)
    tell(arisen)
  }

  return {
    async follow({ serverParts: { handlers }, subscribe }) {
      watch = watchStanding({ handlers, subscribe, changed: show, report })
      subscribe(event => {
        const notice = event.name === 'sync.progress' && noticeOfEnd(event.data)
        if (notice) tell([notice])
      })
      await watch.refresh().catch(report)
    },
    async workUnderWay() {
      try {
        // What was known a moment ago may not have heard of it yet.
        await watch?.refresh()
        return watch?.now().work.isUnderWay ? workLines(watch.now()) : []
      } catch (error) {
        // A library that does not answer keeps no window open.
        report(error)
        return []
      }
    },
    dress: window => taskbar.dress(window),
    rearrange: () => tray.setShown(!isOver && parts.needsTray()),
    end() {
      isOver = true
      watch?.stop()
      setBusy(false)
      tray.setShown(false)
    },
  }
}
