import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { app, dialog } from 'electron'
import { applicationId } from './application-id.ts'
import { report } from './log.ts'
import { collectOpened } from './opened.ts'
import type { DesktopParts } from './program.ts'
import { registerSchemes } from './schemes.ts'

/** Electron's whole life: one window, and the core behind it. */
export function startDesktop(parts: DesktopParts): void {
  registerSchemes()
  // Asked for as well, it would take `--no-sandbox` back, without which none of Electron's processes starts as root.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  if (process.platform === 'win32') app.setAppUserModelId(applicationId)
  // The first one hears what the second was started with, and the second is gone at once.
  if (!app.requestSingleInstanceLock()) {
    app.exit(0)
    return
  }
  process.on('uncaughtException', report)
  process.on('unhandledRejection', report)
  const opened = collectOpened()
  // As in cli.ts: what follows is compiled once for all starts. It is kept with what is this person's own.
  enableCompileCache(join(app.getPath('userData'), 'compiled'))
  // Not awaited: Electron waits for this module before it is ready, and would wait for ever.
  Promise.all([import('./program.ts'), app.whenReady()])
    .then(([{ runProgram }]) => runProgram(parts, opened, fail))
    .catch(fail)
}

function fail(error: unknown): void {
  report(error)
  dialog.showErrorBox('Burg Ink could not be started', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
