import type { MenuItemConstructorOptions as Item } from 'electron'
import { describe, expect, it } from 'vitest'
import { type MenuActions, menuTemplate } from '../../../src/main/desktop/menu-template.ts'

const noActions: MenuActions = {
  run() {},
  show() {},
  chooseLibrary() {},
  revealLibrary() {},
  zoom() {},
  pauseWork() {},
  resumeWork() {},
  openInBrowser() {},
  revealLog() {},
}
const platforms = ['darwin', 'win32', 'linux'] as const

function menuOf(platform: NodeJS.Platform, { isPackaged = true, actions = {} as Partial<MenuActions> } = {}) {
  return menuTemplate({ platform, isPackaged, canChooseLibrary: true, actions: { ...noActions, ...actions } })
}
const itemsOf = (menu: Item[]): Item[] =>
  menu.flatMap(item => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
const nameOf = ({ label, role, type }: Item) => label ?? role ?? type
const namesIn = (menu: Item[], title: string) => {
  const { submenu } = menu.find(item => nameOf(item) === title) as Item
  return (submenu as Item[]).map(nameOf)
}

describe('the menus of each platform', () => {
  it('macOS has one of the program, with About, Settings and Quit, and one of windows', () => {
    const menu = menuOf('darwin')
    expect(menu.map(nameOf)).toEqual(['appMenu', '&File', '&Edit', '&View', '&Go', '&Work', 'windowMenu', '&Help'])
    const program = namesIn(menu, 'appMenu')
    expect(program[0]).toBe('about')
    expect(program).toContain('services')
    expect(program.at(-1)).toBe('quit')
    expect(itemsOf(menu).find(({ label }) => label === 'Settings…')?.accelerator).toBe('CmdOrCtrl+,')
    expect(namesIn(menu, '&File')).not.toContain('quit')
    expect(namesIn(menu, '&Help')).not.toContain('about')
  })

  it.each(['win32', 'linux'] as const)('%s has Settings and the end under File, and About under Help', platform => {
    const menu = menuOf(platform)
    expect(menu.map(nameOf)).toEqual(['&File', '&Edit', '&View', '&Go', '&Work', '&Help'])
    expect(namesIn(menu, '&File').slice(-5)).toEqual(['separator', 'Settings', 'separator', 'Close Window', 'quit'])
    expect(namesIn(menu, '&Help').at(-1)).toBe('about')
  })

  it('calls the files by their name', () => {
    const reveal = platforms.map(platform =>
      namesIn(menuOf(platform), '&File').find(name => name?.startsWith('Show Library')),
    )
    expect(reveal).toEqual(['Show Library in Finder', 'Show Library in Explorer', 'Show Library in Files'])
  })

  it('has nothing for developers in an installed program', () => {
    const roles = (isPackaged: boolean) => itemsOf(menuOf('linux', { isPackaged })).map(({ role }) => role)
    expect(roles(true)).not.toContain('toggleDevTools')
    expect(roles(true)).not.toContain('reload')
    expect(roles(false)).toContain('toggleDevTools')
  })

  it('offers updates where there are any', () => {
    const offers = (actions: Partial<MenuActions>) =>
      platforms.map(platform => itemsOf(menuOf(platform, { actions })).map(nameOf).includes('Check for Updates…'))
    expect(offers({})).toEqual([false, false, false])
    expect(offers({ checkForUpdates() {} })).toEqual([true, true, true])
  })
})

/** Names of the items that run a command of the page, or lead to a place in it. */
function itemsOfPage(platform: NodeJS.Platform): string[] {
  const asked: unknown[] = []
  const tell = (what: string) => void asked.push(what)
  const items = itemsOf(menuOf(platform, { actions: { run: tell, show: tell } }))
  return items.flatMap(item => {
    const before = asked.length
    ;(item.click as (() => void) | undefined)?.()
    return asked.length > before ? (nameOf(item) ?? []) : []
  })
}

describe('no key works twice', () => {
  it('what the page answers itself is named by the menu and not taken', () => {
    for (const platform of ['win32', 'linux'] as const) {
      const ofPage = itemsOfPage(platform)
      const named = itemsOf(menuOf(platform)).filter(item => item.accelerator && ofPage.includes(nameOf(item) ?? ''))
      expect(named.length).toBeGreaterThan(5)
      expect(named.filter(item => item.registerAccelerator !== false).map(nameOf)).toEqual([])
    }
  })

  it('macOS, where each named key is taken, names none that is a letter being typed', () => {
    const keys = itemsOf(menuOf('darwin')).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys).toContain('CmdOrCtrl+O')
    expect(keys.filter(key => !key.startsWith('Cmd'))).toEqual([])
  })

  it('no two items have the same key', () => {
    for (const platform of platforms) {
      const keys = itemsOf(menuOf(platform)).flatMap(({ accelerator }) => accelerator ?? [])
      expect(new Set(keys).size).toBe(keys.length)
    }
  })
})
