import { type BrowserWindow, dialog } from 'electron'

/** A page that ends this often in this time would end again. */
const mostCrashes = 3
const withinMs = 60_000

/** A page that crashed is loaded again where it was: all that matters is in the main process and in the library. */
export function recoverPage(window: BrowserWindow, report: (error: unknown) => void): void {
  const crashedAtMs: number[] = []

  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    report(new Error(`The page ended (${reason}, exit code ${exitCode}).`))
    const nowMs = Date.now()
    crashedAtMs.push(nowMs)
    const lately = crashedAtMs.filter(atMs => nowMs - atMs < withinMs)
    if (lately.length < mostCrashes) window.webContents.reload()
    else void askAbout(window, 'The window of Burg Ink stopped several times.', ['Load it again', 'Close the window'])
  })

  let isAsking = false
  window.on('unresponsive', async () => {
    if (isAsking) return
    isAsking = true
    await askAbout(window, 'The window of Burg Ink does not answer.', ['Wait', 'Load it again'], 0)
    isAsking = false
  })
}

/** @param waits the index of the button that does nothing, if there is one. */
async function askAbout(window: BrowserWindow, message: string, buttons: string[], waits?: number): Promise<void> {
  const detail = 'Nothing is lost: imports and descriptions go on behind it.'
  const { response } = await dialog.showMessageBox({ type: 'warning', message, detail, buttons, noLink: true })
  if (response === waits || window.isDestroyed()) return
  if (buttons[response] === 'Load it again') window.webContents.reload()
  else window.destroy()
}
