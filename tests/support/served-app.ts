import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type App, type AppConfig, createApp } from '../../src/main/app.ts'
import { type RunningServer, startServer } from '../../src/main/server/index.ts'
import type { Input, Output } from '../../src/shared/contract.ts'
import { type CallName, calls, replySchema } from '../../src/shared/contract.ts'
import type { Sync } from '../../src/shared/syncs.ts'
import { makeTemporaryFolder } from './drawn-folder.ts'
import { noGoogle } from './google.ts'

export const token = 'the-token-of-this-test'

export interface ServedApp {
  app: App
  server: RunningServer
  /** Holds `library`, `page`, and what a test puts there. */
  folder: string
  /** What ended in `report`. */
  reported: unknown[]
  /** Asks with the token. */
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Any JSON as the input of a call: the reply as it came. */
  post(name: string, body: unknown): Promise<Response>
  /** A call that must succeed; its value is held against the schema. */
  call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>>
  close(): Promise<void>
}

/**
 * The whole program on a library of its own, on a free port.
 * @param given what is around it, and its page, where a test needs more than something with a title.
 */
export async function serveApp(given: Partial<Pick<AppConfig, 'host' | 'pageFolder'>> = {}): Promise<ServedApp> {
  const { path: folder, remove } = await makeTemporaryFolder()
  const pageFolder = join(folder, 'page')
  await mkdir(join(pageFolder, 'assets'), { recursive: true })
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>Burg Ink</title>')
  await writeFile(join(pageFolder, 'assets', 'index-abc.js'), 'export {}')
  await writeFile(join(folder, 'secret.txt'), 'nobody may read this')
  const reported: unknown[] = []
  const app = await createApp({
    libraryFolder: join(folder, 'library'),
    pageFolder,
    samplesFolder: null,
    google: noGoogle,
    token,
    report: error => reported.push(error),
    ...given,
  })
  const server = await startServer(app.serverParts, 0)
  await app.start()
  const base = `http://127.0.0.1:${server.port}`
  const authorization = `Bearer ${token}`

  const post = (name: string, body: unknown) =>
    fetch(`${base}/api/call/${name}`, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) })

  return {
    app,
    server,
    folder,
    reported,
    get: (path, headers = {}) => fetch(base + path, { headers: { authorization, ...headers } }),
    post,
    async call(name, input) {
      const reply = replySchema.parse(await (await post(name, input)).json())
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`)
      return calls[name].output.parse(reply.value) as never
    },
    async close() {
      await server.stop()
      await app.stop()
      await remove()
    },
  }
}

/** The same for one test. */
export async function serveAppForTest(given?: Parameters<typeof serveApp>[0]): Promise<ServedApp> {
  const served = await serveApp(given)
  onTestFinished(() => served.close())
  return served
}

/** Imports a folder and waits for its end. */
export async function importFolder(
  { app }: Pick<ServedApp, 'app'>,
  path: string,
  copyOriginals = false,
): Promise<Sync> {
  const { syncId } = await app.handlers['folder.import']({ path, copyOriginals })
  return syncEnd(app, syncId)
}

/** Resolves when the sync no longer runs. */
function syncEnd(app: App, syncId: number): Promise<Sync> {
  return new Promise(resolve => {
    const look = async () => {
      const sync = (await app.handlers['sync.list']({ limit: 100 })).find(({ id }) => id === syncId)
      if (!sync || sync.state === 'running') return
      unsubscribe()
      resolve(sync)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'sync.progress') void look()
    })
    void look()
  })
}
