import type { MenuItemConstructorOptions as Item } from 'electron'
import { statusOf } from '../../shared/describing-words.ts'
import { plural } from '../../shared/format.ts'
import { storageStatus } from '../../shared/storage-words.ts'
import { countsLine } from '../../shared/sync-words.ts'
import type { Notice } from './notices.ts'
import { runningSyncs, type Standing } from './standing.ts'

/** Without speed and time left, which would have the menu made anew every second. */
function importsLine(standing: Standing): string | null {
  const running = runningSyncs(standing)
  if (running.length > 0) return countsLine(running)
  return standing.syncs.length > 0 ? `${plural(standing.syncs.length, 'import')} paused` : null
}

/** Why they stand still is among the troubles, or nothing to be done about. */
function originalsLine({ storage }: Standing): string | null {
  const status = storage && storageStatus(storage)
  return status && status.icon !== 'failed' ? (status.text.split(' · ', 1)[0] ?? null) : null
}

/** What is under way: a line for each kind of work. */
export function workLines(standing: Standing): string[] {
  const { analysis } = standing
  const lines = [importsLine(standing), analysis && statusOf(analysis), originalsLine(standing)]
  const known = lines.filter(line => line !== null)
  return known.length > 0 ? known : ['Nothing is under way']
}

export interface TrayActions {
  open(): void
  show(route: string): void
  pauseWork(): void
  resumeWork(): void
  quit(): void
}

const mostTroublesShown = 3

/** A menu takes `&` for the mark of a key. */
const asLabel = (text: string): string => text.replaceAll('&', '&&')

export function trayTemplate(standing: Standing, troubles: readonly Notice[], actions: TrayActions): Item[] {
  const { isUnderWay, isPaused } = standing.work
  const separator: Item = { type: 'separator' }
  const needing = troubles
    .slice(0, mostTroublesShown)
    .map<Item>(({ key, title, route }) => ({ id: key, label: asLabel(title), click: () => actions.show(route) }))
  return [
    ...workLines(standing).map<Item>(line => ({ label: asLabel(line), enabled: false })),
    ...needing,
    separator,
    { id: 'open', label: 'Open Burg Ink', click: () => actions.open() },
    ...(isUnderWay ? [{ id: 'pause', label: 'Pause All Work', click: () => actions.pauseWork() }] : []),
    ...(isPaused ? [{ id: 'resume', label: 'Resume', click: () => actions.resumeWork() }] : []),
    separator,
    { id: 'quit', label: 'Quit Burg Ink', click: () => actions.quit() },
  ]
}
