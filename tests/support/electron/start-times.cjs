// Loaded before the program: says when its window is shown, and when every picture in view is decoded; and for how long at a
// time the main process did nothing else until then.
const { monitorEventLoopDelay } = require('node:perf_hooks')
const { app } = require('electron')

const stalls = monitorEventLoopDelay({ resolution: 5 })
stalls.enable()
const say = (what, figures) => console.error(`[start] ${JSON.stringify({ what, atMs: Date.now(), ...figures })}`)

app.on('browser-window-created', (_event, window) => {
  window.once('show', () => {
    say('shown', { longestStallMs: stalls.max / 1e6 })
    stalls.reset()
  })
  window.webContents.once('did-finish-load', async () => {
    await window.webContents.executeJavaScript(process.env.START_DRAWN)
    say('drawn', { longestStallMs: stalls.max / 1e6 })
  })
})
