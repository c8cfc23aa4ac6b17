const { contextBridge, ipcRenderer, webUtils } = require('electron')

const messageOf = act => {
  try {
    return String(act())
  } catch (error) {
    return error.message
  }
}

contextBridge.exposeInMainWorld('tiny', {
  invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  tell: (...words) => ipcRenderer.send('tell', ...words),
  hear: (channel, listener) => {
    const pass = (_event, ...args) => listener(...args)
    ipcRenderer.on(channel, pass)
    return () => ipcRenderer.off(channel, pass)
  },
  pathOf: file => webUtils.getPathForFile(file),
  ask: question => question('from the preload'),
  throws: () => {
    throw new TypeError('of the preload')
  },
  about: {
    modules: Object.fromEntries(
      ['fs', 'node:path', 'events', 'timers', 'url'].map(id => [id, messageOf(() => require(id) && 'there')]),
    ),
    argument: process.argv.includes('--tiny=1'),
    strange: messageOf(() => require('electron').webFrame.setZoomFactor),
    isSandboxed: process.sandboxed,
    isIsolated: process.contextIsolated,
  },
})
