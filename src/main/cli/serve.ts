import type { App } from '../app.ts'
import { startServer } from '../server/index.ts'
import { canShowBrowser, createHeadlessApp, type ProgramFiles, showBrowser, stopRequested } from './program.ts'

export interface ServeOptions {
  library: string
  port: number
}

/** `burg-ink serve`: API and page until it is stopped. Prints one line with the address. */
export async function serveCommand(options: ServeOptions, files: ProgramFiles): Promise<number> {
  return serve(options, files, async () => {})
}

export interface OpenOptions extends ServeOptions {
  folder: string | undefined
  samples: boolean
}

/** What `npm start` does: the page in the browser, with the import of a folder or of the samples running. */
export async function openCommand(options: OpenOptions, files: ProgramFiles): Promise<number> {
  return serve(options, files, async (app, address) => {
    if (options.samples) await app.handlers['samples.import']({})
    if (options.folder !== undefined) await app.handlers['folder.import']({ path: options.folder })
    if (canShowBrowser()) await showBrowser(address)
  })
}

async function serve(
  { library, port }: ServeOptions,
  files: ProgramFiles,
  begin: (app: App, address: string) => Promise<void>,
): Promise<number> {
  const stopped = stopRequested()
  const app = await createHeadlessApp(library, files)
  try {
    const server = await startServer(app.serverParts, port)
    try {
      await app.start()
      console.log(`Burg Ink is at ${server.address}`)
      await begin(app, server.address)
      await stopped
      return 0
    } finally {
      await server.stop()
    }
  } finally {
    await app.stop()
  }
}
