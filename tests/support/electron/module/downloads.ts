import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromWeb } from '../chromium/addresses.ts'
import type { Protocol } from '../chromium/protocol.ts'
import { type HarnessEvent, KnownEvents, makeEvent } from '../events.ts'
import { chromium, say } from '../host.ts'
import { strict } from '../strict.ts'

type Begun = Protocol.Events['Browser.downloadWillBegin']
type Progress = Protocol.Events['Browser.downloadProgress']
type State = 'progressing' | 'completed' | 'cancelled' | 'interrupted'
type Listener = (event: HarnessEvent, item: object, contents: unknown) => void

class DownloadItem extends KnownEvents {
  savePath = ''
  private readonly begun: Begun
  private state: State = 'progressing'
  private receivedBytes = 0
  private totalBytes = 0

  constructor(begun: Begun) {
    super('DownloadItem', ['updated', 'done'])
    this.begun = begun
  }
  getURL = () => fromWeb(this.begun.url)
  getFilename = () => this.begun.suggestedFilename
  getTotalBytes = () => this.totalBytes
  getReceivedBytes = () => this.receivedBytes
  getState = () => this.state
  getSavePath = () => this.savePath
  setSavePath = (path: string) => {
    this.savePath = path
  }
  /** A short one may have come whole already: it is one that was cancelled all the same. */
  cancel = () => {
    const { guid } = this.begun
    chromium()
      .browser.send('Browser.cancelDownload', { guid })
      .catch(() => {})
    this.end('cancelled')
  }

  /** @param path where Chromium put it. */
  progress({ receivedBytes, totalBytes, state }: Progress, path: string): void {
    if (this.state !== 'progressing') return
    this.receivedBytes = receivedBytes
    this.totalBytes = totalBytes
    if (state === 'inProgress') this.emit('updated', makeEvent({}), 'progressing')
    else this.end(state === 'completed' ? 'completed' : 'cancelled', path)
  }

  private end(state: State, path?: string): void {
    if (this.state !== 'progressing') return
    this.state = state
    if (state === 'completed' && path && this.savePath) copyFileSync(path, this.savePath)
    this.emit('done', makeEvent({}), state)
  }
}

let listener: Listener = () => {}
export const watchDownloads = (watcher: Listener): void => {
  listener = watcher
}

const items = new Map<string, DownloadItem>()
let contentsOf: (frameId: string) => unknown = () => undefined
let folder: string | undefined

/** Chromium stores them where nobody looks, and a copy goes to where the program wants it. */
export async function followDownloads(contents: typeof contentsOf): Promise<void> {
  if (folder) return
  contentsOf = contents
  const downloadPath = mkdtempSync(join(tmpdir(), 'electron-harness-downloads-'))
  folder = downloadPath
  process.on('exit', () => rmSync(downloadPath, { recursive: true, force: true }))
  const { browser } = chromium()
  browser.on('Browser.downloadWillBegin', begin)
  browser.on('Browser.downloadProgress', progress => {
    items.get(progress.guid)?.progress(progress, progress.filePath ?? join(folder ?? '', progress.guid))
  })
  const how = { behavior: 'allowAndName', downloadPath, eventsEnabled: true } as const
  await browser.send('Browser.setDownloadBehavior', how)
}

function begin(begun: Begun): void {
  const item = new DownloadItem(begun)
  items.set(begun.guid, item)
  const event = makeEvent({})
  listener(event, strict('DownloadItem', item), contentsOf(begun.frameId))
  if (event.defaultPrevented) item.cancel()
  else if (item.savePath === '') {
    // Electron would ask a person, who closes the dialog here.
    say('a dialog asked where to save a download: cancelled', begun.suggestedFilename)
    item.cancel()
  }
}
