import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type Bridge, channel } from '../shared/bridge.ts'

// All that a page of ours can reach of this computer. Nothing of Electron itself is handed over.
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(channel, name, input),
  hear: listener => {
    const pass = (_event: unknown, said: unknown) => listener(said)
    ipcRenderer.on(channel, pass)
    return () => ipcRenderer.off(channel, pass)
  },
  pathOf: file => webUtils.getPathForFile(file),
}
contextBridge.exposeInMainWorld('burgInk', bridge)
