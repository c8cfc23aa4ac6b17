import { contextBridge } from 'electron'

contextBridge.exposeInMainWorld('tiny', { isModule: true })
