/**
 * A program for Electron as small as it can be, for the tests that compare Electron with its stand-in. Every lock it has can be
 * left out by name in TINY_WITHOUT. What happens to it is kept in `globalThis.tiny.seen`.
 */
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, protocol, session } from 'electron'
import { answerApp, answerMedia } from './schemes.js'

const without = new Set((process.env.TINY_WITHOUT ?? '').split(','))
const seen = []
globalThis.tiny = { seen, permissions: {} }
const see = (name, detail) => void seen.push(detail === undefined ? name : `${name} ${detail}`)

const standard = { standard: true, secure: true, stream: true }
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { ...standard, supportFetchAPI: true } },
  { scheme: 'media', privileges: standard },
])

function guardSession() {
  const { permissions } = globalThis.tiny
  const { defaultSession } = session
  const isGranted = name => permissions[name] === true
  if (!without.has('permission-request')) {
    defaultSession.setPermissionRequestHandler((_contents, name, answer) => answer(isGranted(name)))
  }
  if (!without.has('permission-check')) {
    defaultSession.setPermissionCheckHandler((_contents, name) => isGranted(name))
  }
}

/** Set in a response of the program, or by a hook for what comes with none. */
const policy = "default-src 'self'; img-src 'self' media:; media-src media:; frame-src 'self' http:"
function setPolicy() {
  session.defaultSession.webRequest.onHeadersReceived(({ responseHeaders }, answer) => {
    const own = without.has('policy') ? {} : { 'Content-Security-Policy': [policy] }
    answer({ responseHeaders: { ...responseHeaders, ...own } })
  })
}

function guard(contents) {
  for (const name of ['will-frame-navigate', 'will-navigate', 'will-redirect']) {
    contents.on(name, event => {
      see(name, event.url)
      const isOwn = event.url.startsWith('app://tiny/') || event.url.endsWith('/may-be-shown')
      // The page itself is asked about last.
      const isFirst = name === 'will-frame-navigate' && event.isMainFrame
      if (!isOwn && !isFirst && !without.has('guard')) event.preventDefault()
    })
  }
  contents.on('preload-error', (_event, _path, error) => see('preload-error', error.message))
  contents.on('render-process-gone', (_event, { reason }) => see('render-process-gone', reason))
  if (without.has('window-handler')) return
  contents.setWindowOpenHandler(({ url }) => {
    see('window-open', url)
    return { action: 'deny' }
  })
}

function openWindow() {
  const preload = without.has('classic-preload') ? 'preload-module.js' : 'preload.cjs'
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    minWidth: 400,
    minHeight: 300,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
      additionalArguments: ['--tiny=1'],
    },
  })
  const events = ['show', 'hide', 'focus', 'blur', 'minimize', 'restore', 'maximize', 'unmaximize', 'resize', 'move']
  for (const name of [...events, 'enter-full-screen', 'leave-full-screen', 'closed']) window.on(name, () => see(name))
  window.once('ready-to-show', () => {
    window.show()
    console.error('[tiny] shown')
  })
  window.on('close', event => {
    see('close')
    if (globalThis.tiny.keepsWindow) event.preventDefault()
  })
  void window.loadURL(process.env.TINY_ADDRESS ?? 'app://tiny/index.html')
}

function answerPage() {
  ipcMain.handle('echo', (_event, value) => value)
  ipcMain.handle('fail', () => {
    throw new RangeError('too far')
  })
  ipcMain.handle('function', () => () => {})
  ipcMain.handle('sender', ({ sender, senderFrame }) => ({
    url: senderFrame?.url,
    origin: senderFrame?.origin,
    isTop: senderFrame?.parent === null,
    isOwn: sender === BrowserWindow.getAllWindows()[0]?.webContents,
    frames: senderFrame?.framesInSubtree.map(frame => frame.url),
  }))
  ipcMain.on('tell', (event, ...words) => event.reply('told', words.length, { at: new Date(0) }))
}

function begin() {
  guardSession()
  setPolicy()
  protocol.handle('app', answerApp)
  protocol.handle('media', answerMedia)
  answerPage()
  app.on('web-contents-created', (_event, contents) => guard(contents))
  app.on('second-instance', (_event, argv, workingFolder) =>
    see('second-instance', `${argv.at(-1)} in ${workingFolder}`),
  )
  openWindow()
}

if (!without.has('lock') && !app.requestSingleInstanceLock()) app.exit(0)
else app.whenReady().then(begin)
for (const name of ['window-all-closed', 'before-quit', 'will-quit', 'quit']) {
  app.on(name, () => {
    console.error(`[tiny] ${name}`)
    if (name === 'window-all-closed') app.quit()
  })
}
