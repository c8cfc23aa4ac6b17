import { EventEmitter } from 'node:events'

type Handler = (event: object, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  /** Named as in Electron, where a test looks for it too. */
  _invokeHandlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this._invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this._invokeHandlers.set(channel, handler)
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (...given) => {
      this.removeHandler(channel)
      return handler(...given)
    })
  }
  removeHandler(channel: string): void {
    this._invokeHandlers.delete(channel)
  }

  /** @param encode is called where it may throw: an answer that cannot be cloned rejects the caller's promise. */
  async answer(channel: string, event: object, args: unknown[], encode: (result: object) => string): Promise<string> {
    try {
      const handler = this._invokeHandlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      return encode({ ok: true, value: await handler(event, ...args) })
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error)
      return encode({ ok: false, error: `Error invoking remote method '${channel}': ${error}` })
    }
  }
}

export const ipcMain = new IpcMain()
