import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import {
  type ClientRequest,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { configureRequestOptions, configureRequestUrl, type DownloadOptions, HttpExecutor } from 'builder-util-runtime'
import electronUpdater from 'electron-updater'
import { onTestFinished } from 'vitest'
import { createUpdates } from '../../src/main/desktop/updates.ts'
import type { UpdateChannel, UpdateState } from '../../src/shared/host.ts'
import { makeTempFolder } from './temp-folder.ts'

/** What electron-updater does by Electron's network, by Node's. */
class NodeHttp extends HttpExecutor<ClientRequest> {
  createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void) {
    return request(options, callback)
  }

  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const requestOptions = { headers: options.headers ?? undefined }
      configureRequestUrl(url, requestOptions)
      configureRequestOptions(requestOptions)
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination))
      this.doDownload(requestOptions, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  }
}

/** A program that writes how it was started, as an AppImage would show a window. */
export const programOf = (version: string) =>
  `#!/bin/sh\nprintf '%s' "${version}$APPIMAGE_EXIT_AFTER_INSTALL" > "$BURG_INK_STARTED"\n`

/** A server of versions on loopback: what is published, and what was asked of it. */
async function serveVersions() {
  const files = new Map<string, string>()
  const asked: { path: string; headers: IncomingHttpHeaders }[] = []
  const holds = new Map<string, Promise<void>>()
  const server = createServer(async ({ url = '', headers }, response) => {
    const path = new URL(url, 'http://x').pathname.slice(1)
    asked.push({ path, headers })
    await holds.get(extname(path))
    const body = files.get(path)
    response.writeHead(body === undefined ? 404 : 200).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close,
    /** Files of this kind are not answered until the function that it returns is called. */
    hold(extension: '.yml' | '.AppImage') {
      const held = Promise.withResolvers<void>()
      holds.set(extension, held.promise)
      return held.resolve
    },
    /** @param served is something else than what was hashed, where somebody has changed it. */
    publish(channel: string, version: string, served = programOf(version)) {
      const path = `Burg-Ink-${version}.AppImage`
      const whole = programOf(version)
      const sha512 = createHash('sha512').update(whole).digest('base64')
      const entry = `- url: ${path}\n    sha512: ${sha512}\n    size: ${whole.length}`
      const suffix = process.arch === 'x64' ? '' : `-${process.arch}`
      const releaseDate = new Date().toISOString()
      files.set(
        `${channel}-linux${suffix}.yml`,
        `version: ${version}\nfiles:\n  ${entry}\npath: ${path}\nsha512: ${sha512}\nreleaseDate: '${releaseDate}'\n`,
      )
      files.set(path, served)
    },
  }
}

/** An installed AppImage of version 1.0.0, and electron-updater as it is, on a server here. Linux only. */
export async function updateWorld({ channel = 'latest' as UpdateChannel, isPackaged = true } = {}) {
  const folder = await makeTempFolder('updates')
  const server = await serveVersions()
  const resourcesFolder = join(folder, 'resources')
  const appImage = join(folder, 'apps', 'burg-ink.AppImage')
  const startedPath = join(folder, 'started')
  await mkdir(resourcesFolder)
  await mkdir(join(folder, 'apps'))
  await writeFile(appImage, programOf('1.0.0'), { mode: 0o755 })
  const config = join(resourcesFolder, 'app-update.yml')
  await writeFile(config, `provider: generic\nurl: ${server.url}\nupdaterCacheDirName: burg-ink-updater\n`)
  const { APPIMAGE } = process.env
  Object.assign(process.env, { APPIMAGE: appImage, BURG_INK_STARTED: startedPath })
  onTestFinished(() => {
    delete process.env.BURG_INK_STARTED
    if (APPIMAGE === undefined) delete process.env.APPIMAGE
    else process.env.APPIMAGE = APPIMAGE
  })

  const states: UpdateState[] = []
  const reported: unknown[] = []
  const quitHandlers: ((exitCode: number) => void)[] = []
  let loads = 0
  let quits = 0
  const updates = createUpdates({
    channel,
    isPackaged,
    resourcesFolder,
    say: state => states.push(state),
    report: error => reported.push(error),
    quit: () => quits++,
    onQuit: handler => quitHandlers.push(handler),
    loadUpdater: async () => {
      loads++
      const updater = new electronUpdater.AppImageUpdater(null, {
        version: '1.0.0',
        name: 'burg-ink',
        isPackaged: true,
        appUpdateConfigPath: config,
        userDataPath: folder,
        baseCachePath: join(folder, 'cache'),
        whenReady: async () => {},
        relaunch() {},
        quit() {},
        onQuit: (handler: (exitCode: number) => void) => void quitHandlers.push(handler),
      })
      return Object.assign(updater, { httpExecutor: new NodeHttp() })
    },
  })
  onTestFinished(updates.close)

  const pending = join(folder, 'cache/burg-ink-updater/pending')
  return {
    updates,
    server,
    states,
    reported,
    resourcesFolder,
    appImage,
    kinds: () => [...new Set(states.map(({ kind }) => kind))],
    loads: () => loads,
    quits: () => quits,
    /** The last moment of the process. */
    end: (exitCode = 0) => {
      for (const handler of quitHandlers) handler(exitCode)
    },
    installed: () => readFile(appImage, 'utf8'),
    /** How the newer program was started; empty while it was not. */
    started: () => readFile(startedPath, 'utf8').catch(() => ''),
    kept: () => readdirSync(pending),
  }
}
