import { app, type BrowserWindow, type Event, powerMonitor } from 'electron'

/** Longer than the longest step that is worth waiting for; what is cut off goes on at the next start. */
const longestMs = 15_000

export interface QuitParts {
  /** Takes windows and tray away at once: whoever quits sees it. */
  hide(): void
  /** Ends the steps under way. */
  stop(): Promise<void>
  report(error: unknown): void
}

/** The program ends when its steps have ended, or soon after: every one of them can be cut off and done again. */
export function endWell({ hide, stop, report }: QuitParts): { isEnding(): boolean } {
  let state: 'running' | 'ending' | 'ended' = 'running'

  app.on('before-quit', event => {
    if (state === 'ended') return
    event.preventDefault()
    if (state === 'ending') return
    state = 'ending'
    hide()
    const late = new Promise<void>(resolve => setTimeout(resolve, longestMs).unref())
    Promise.race([stop(), late])
      .catch(report)
      .finally(() => {
        state = 'ended'
        // `quit` would ask the windows again; they have nothing to say.
        app.exit(0)
      })
  })
  // The system is going down and waits a few seconds for programs that ask for it.
  const quitInTime = (event?: Event) => {
    event?.preventDefault()
    app.quit()
  }
  powerMonitor.on('shutdown', quitInTime)
  // Windows tells its windows, and waits for nobody.
  const listen = (window: BrowserWindow) => window.on('session-end', () => app.quit())
  app.on('browser-window-created', (_event, window) => listen(window))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

  return { isEnding: () => state !== 'running' }
}
