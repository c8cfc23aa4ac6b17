import { app, dialog } from 'electron'
import { applicationId } from './application-id.ts'
import { report } from './log.ts'
import { collectOpened } from './opened.ts'
import { type DesktopParts, runProgram } from './program.ts'
import { registerSchemes } from './protocols.ts'

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
  // Not awaited: Electron waits for this module before it is ready, and would wait for ever.
  app
    .whenReady()
    .then(() => runProgram(parts, opened, fail))
    .catch(fail)
}

function fail(error: unknown): void {
  report(error)
  dialog.showErrorBox('Burg Ink could not be started', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
