import { dialog, shell } from 'electron'
import { type RunningServer, type ServerParts, startServer } from '../server/index.ts'
import { isOwnServer } from './addresses.ts'

export interface BrowserDoor {
  /** Shows the page in the system's browser; the server for it is started the first time. */
  open(): Promise<void>
  close(): Promise<void>
}

export function createBrowserDoor(serverParts: Promise<ServerParts>): BrowserDoor {
  let server: Promise<RunningServer> | null = null

  async function start(): Promise<RunningServer> {
    server = serverParts.then(parts => startServer(parts, 0))
    // The next attempt begins anew.
    server.catch(() => {
      server = null
    })
    return server
  }

  return {
    async open() {
      const isFirst = server === null
      const { address } = await (server ?? start())
      // Its token lets the browser in, so it must be nobody's but ours.
      if (!isOwnServer(address)) throw new Error('An address that is not of this computer was not opened.')
      await shell.openExternal(address)
      if (isFirst) await tell(new URL(address).host)
    },
    async close() {
      await (await server)?.stop()
    },
  }
}

async function tell(host: string): Promise<void> {
  await dialog.showMessageBox({
    type: 'info',
    title: 'Burg Ink',
    message: 'Burg Ink is open in your browser as well',
    detail: `It is at ${host} until you quit Burg Ink. Only this computer reaches it, and only a browser that was let in from here.`,
  })
}
