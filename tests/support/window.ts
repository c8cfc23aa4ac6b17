import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import type { Bridge } from '../../src/shared/bridge.ts'
import { events } from '../../src/shared/contract.ts'
import type { Host, HostFacts } from '../../src/shared/host.ts'
import { newVisitor, openPage } from './page.ts'
import { type ServedApp, serveAppForTest, token } from './served-app.ts'

const builtPage = join(import.meta.dirname, '../../out/renderer')

/** What a program with a window can do, as a test sets it. */
export interface TestHost extends Host {
  facts(): HostFacts
  change(changes: Partial<HostFacts>): void
  /** What the dialog answers next. An error is thrown. */
  choice: string | null | Error
  themes: string[]
  /** Paths that were shown in their folders. */
  shownInFolder: string[]
  installs: number
}

const desktopFacts: HostFacts = {
  version: '1.2.3',
  canChooseFolder: true,
  canShowInFolder: true,
  preferences: { goesOnInBackground: null, startsAtLogin: false, updateChannel: 'latest' },
  update: { kind: 'idle', checkedAt: null },
}

/** A host without a window: real handlers ask it, and it remembers what it was asked. */
function createTestHost(): TestHost {
  let facts = desktopFacts
  const host: TestHost = {
    choice: null,
    themes: [],
    shownInFolder: [],
    installs: 0,
    facts: () => facts,
    change: changes => {
      facts = { ...facts, ...changes }
    },
    chooseFolder: async () => {
      if (host.choice instanceof Error) throw host.choice
      return host.choice
    },
    showInFolder: path => void host.shownInFolder.push(path),
    setPreferences: changes => {
      const given = Object.entries(changes).filter(([, value]) => value !== undefined)
      if (facts.preferences) facts = { ...facts, preferences: { ...facts.preferences, ...Object.fromEntries(given) } }
    },
    setTheme: theme => void host.themes.push(theme),
    installUpdate: async () => {
      host.installs += 1
    },
  }
  return host
}

interface BridgeParts {
  token: string
  eventNames: string[]
  /** By the names of files. */
  paths: Record<string, string>
}

/** In the page: the bridge of the preload, over HTTP. All but the wire is as in a window. */
function bringBridge({ token, eventNames, paths }: BridgeParts): void {
  // A page that is none yet.
  if (location.protocol !== 'http:') return
  const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const session = fetch('/api/session', { ...json, body: JSON.stringify({ token }) })
  const bridge: Bridge = {
    call: async (name, input) => {
      await session
      return (await fetch(`/api/call/${name}`, { ...json, body: JSON.stringify(input) })).json()
    },
    hear: listener => {
      let source: EventSource | undefined
      void session.then(() => {
        source = new EventSource('/api/events')
        source.addEventListener('ready', () => document.documentElement.setAttribute('data-hears', ''))
        for (const name of eventNames) {
          source.addEventListener(name, event => listener({ name, data: JSON.parse(event.data) }))
        }
      })
      return () => source?.close()
    },
    pathOf: file => paths[file.name] ?? '',
  }
  Object.assign(window, { burgInk: bridge })
}

export interface TestWindow extends ServedApp {
  page: Page
  host: TestHost
}

/**
 * The page in a browser, with what a window of our own brings it.
 * @param paths where dropped files are, by their names.
 */
export async function openWindow({
  host = createTestHost(),
  paths = {},
  route = '',
}: {
  host?: TestHost
  paths?: Record<string, string>
  route?: string
} = {}): Promise<TestWindow> {
  const served = await serveAppForTest({ host, pageFolder: builtPage })
  const visitor = await newVisitor()
  const parts: BridgeParts = { token, eventNames: Object.keys(events), paths }
  await visitor.addInitScript(bringBridge, parts)
  // The scheme of pictures is only there in a window.
  const page = await openPage(`http://127.0.0.1:${served.server.port}/${route}`, { visitor, expected: /media:/ })
  await page.locator('[data-hears]').waitFor({ state: 'attached' })
  return { ...served, page, host }
}

/** Past the first steps, in a library without pictures. */
export async function openEmptyLibrary(options: Parameters<typeof openWindow>[0] = {}): Promise<TestWindow> {
  const opened = await openWindow(options)
  await opened.page.getByRole('heading', { name: 'Your pictures, in one quiet place' }).waitFor()
  for (const _ of ['folder', 'copies', 'keys']) await opened.page.keyboard.press('Escape')
  await opened.page.getByRole('heading', { name: 'No pictures yet' }).waitFor()
  return opened
}

/** A drag of the system's own kind, with files and folders of the disk, over the middle of the page. */
export async function createDrag(page: Page, files: string[]) {
  const session: CDPSession = await page.context().newCDPSession(page)
  const [x, y] = [640, 400]
  const data = { items: [], files, dragOperationsMask: 1 }
  const dispatch = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', { type, x, y, data })
  return {
    enter: async () => {
      await dispatch('dragEnter')
      await dispatch('dragOver')
    },
    drop: () => dispatch('drop'),
    /** The protocol has no way to go: this is the event that a browser sends. */
    leave: () =>
      page.evaluate(
        place => document.elementFromPoint(...place)?.dispatchEvent(new DragEvent('dragleave', { bubbles: true })),
        [x, y] as [number, number],
      ),
  }
}
