// Loaded before the program: says when its window is shown, and when every picture in view is decoded; for how long at a time the
// main process did nothing else until then; and whether its library was open.
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { monitorEventLoopDelay } = require('node:perf_hooks')
const { app } = require('electron')

const stalls = monitorEventLoopDelay({ resolution: 5 })
stalls.enable()

function say(what) {
  const isLibraryOpen = existsSync(join(process.env.BURG_INK_LIBRARY, 'library.lock.json'))
  const figures = { what, atMs: Date.now(), longestStallMs: stalls.max / 1e6, isLibraryOpen }
  console.error(`[start] ${JSON.stringify(figures)}`)
  stalls.reset()
}

app.on('browser-window-created', (_event, window) => {
  window.once('show', () => say('shown'))
  window.webContents.once('did-finish-load', async () => {
    await window.webContents.executeJavaScript(process.env.START_DRAWN)
    say('drawn')
  })
})
