/** What can be seen of the program in the system, and pressed there. Tray and notifications: of the stand-in alone. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { CallName, Output } from '../../src/shared/contract.ts'
import { type Desktop, electronFlags, environment } from './electron-app.ts'

const root = join(import.meta.dirname, '../..')

interface Item {
  id: string
  label: string
  enabled: boolean
  click(): void
}

/** What the stand-in has beside Electron's own. */
interface StandIn {
  Tray: { all: { menu: { items: Item[] } | null; emit(event: string): void }[] }
  Notification: { shown: { title: string; body: string; isClosed: boolean; emit(event: string): void }[] }
}

export async function call<N extends CallName>({ app }: Desktop, name: N, input: object = {}): Promise<Output<N>> {
  const reply = await app.evaluate(
    async ({ ipcMain }, asked) => {
      const { _invokeHandlers: handlers } = ipcMain as unknown as {
        _invokeHandlers: Map<string, (...given: unknown[]) => Promise<{ ok: boolean; value: unknown; error: unknown }>>
      }
      const senderFrame = { url: 'app://burg-ink/', parent: null }
      return handlers.get('burg-ink')?.({ senderFrame }, asked.name, asked.input)
    },
    { name, input },
  )
  if (!reply?.ok) throw new Error(JSON.stringify(reply?.error))
  return reply.value as Output<N>
}

export const trayLabels = ({ app }: Desktop): Promise<string[] | null> =>
  app.evaluate(electron => {
    const [tray] = (electron as unknown as StandIn).Tray.all
    return tray?.menu?.items.flatMap(({ label }) => label || []) ?? null
  })

export const pressInTray = ({ app }: Desktop, label: string): Promise<void> =>
  app.evaluate((electron, wanted) => {
    const [tray] = (electron as unknown as StandIn).Tray.all
    const item = tray?.menu?.items.find(each => each.label === wanted)
    if (!item) throw new Error(`The tray has no ${wanted}.`)
    item.click()
  }, label)

export const notifications = ({ app }: Desktop): Promise<{ title: string; body: string }[]> =>
  app.evaluate(electron =>
    (electron as unknown as StandIn).Notification.shown.map(({ title, body }) => ({ title, body })),
  )

export const clickNotification = ({ app }: Desktop, index: number): Promise<void> =>
  app.evaluate((electron, at) => {
    ;(electron as unknown as StandIn).Notification.shown[at]?.emit('click')
  }, index)

/** An item of the menu bar, by its label. */
export const pressInMenu = ({ app }: Desktop, label: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => {
    const all = (menu: Electron.Menu | null | undefined): Electron.MenuItem[] =>
      menu?.items.flatMap(item => [item, ...all(item.submenu)]) ?? []
    const item = all(Menu.getApplicationMenu()).find(each => each.label === wanted && each.enabled)
    if (!item) throw new Error(`The menu has no ${wanted} that can be pressed.`)
    item.click()
  }, label)

export const isWindowVisible = ({ app }: Desktop): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some(window => window.isVisible()))

export const closeWindow = ({ app }: Desktop): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

/** The exit code, once it has ended. */
export const endOf = ({ app }: Desktop): Promise<number | null> =>
  new Promise(resolve => app.process().once('exit', resolve))

/** Starts the same program a second time, as a link or a double click does. @returns its exit code. */
export async function startAgain(
  { dataFolder }: Desktop,
  words: string[],
  workingFolder: string,
): Promise<number | null> {
  const env = await environment()
  const standIn = env.ELECTRON_OVERRIDE_DIST_PATH
  const executable = standIn ? join(standIn, 'electron') : createRequire(import.meta.url)('electron')
  const second = spawn(executable, [root, ...electronFlags(dataFolder), ...words], { cwd: workingFolder, env })
  return new Promise(resolve => second.once('exit', resolve))
}
