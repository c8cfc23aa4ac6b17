import { app, type BrowserWindow } from 'electron'
import { type Progress, progressOf, type Standing, unknownStanding } from './standing.ts'

export interface Taskbar {
  update(standing: Standing, troubleCount: number): void
  /** A window that was opened later shows how far it is, too. */
  dress(window: BrowserWindow): void
}

/** The bar and the number on the program's place in taskbar or dock. */
export function createTaskbar(current: () => BrowserWindow | null): Taskbar {
  let progress = progressOf(unknownStanding, process.platform)
  let count = 0
  const set = (window: BrowserWindow, { value, mode }: Progress) => window.setProgressBar(value, { mode })

  return {
    dress: window => set(window, progress),
    update(standing, troubleCount) {
      const next = progressOf(standing, process.platform)
      const window = current()
      if (window && (next.value !== progress.value || next.mode !== progress.mode)) set(window, next)
      progress = next
      if (count !== troubleCount) app.setBadgeCount(troubleCount)
      count = troubleCount
    },
  }
}
