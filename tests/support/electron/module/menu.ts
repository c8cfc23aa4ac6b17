import { notSupported, refuseUnknown, strict } from '../strict.ts'
import { pressRole } from './menu-roles.ts'

type Template = Electron.MenuItemConstructorOptions

const knownOptions = new Set([
  'id',
  'label',
  'sublabel',
  'toolTip',
  'role',
  'type',
  'icon',
  'enabled',
  'visible',
  'checked',
  'accelerator',
  'acceleratorWorksWhenHidden',
  'registerAccelerator',
  'submenu',
  'click',
])

/** Kept as it was described: nobody sees it, and its keys are not heard. A test presses an item by `click()`. */
export class MenuItem {
  readonly id: string
  readonly role: string | undefined
  readonly type: string
  readonly accelerator: string | undefined
  readonly registerAccelerator: boolean
  readonly submenu: Menu | undefined
  label: string
  sublabel: string
  toolTip: string
  icon: unknown
  enabled: boolean
  visible: boolean
  checked: boolean
  private readonly given: Template

  constructor(options: Template) {
    refuseUnknown('MenuItem', options, knownOptions)
    this.given = options
    this.id = options.id ?? ''
    this.role = options.role
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal')
    this.accelerator = options.accelerator
    this.registerAccelerator = options.registerAccelerator ?? true
    this.submenu = Array.isArray(options.submenu) ? Menu.buildFromTemplate(options.submenu) : undefined
    this.label = options.label ?? options.role ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.icon = options.icon
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
  }

  /** A hidden one can be pressed by its key. */
  click = (): void => {
    if (!this.enabled) return
    if (this.type === 'radio') throw notSupported('a click on a radio item')
    if (this.type === 'checkbox') this.checked = !this.checked
    const { click, role } = this.given
    if (role) pressRole(role)
    else click?.(this as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent)
  }
}

export class Menu {
  static application: Menu | null = null
  items: MenuItem[] = []

  static buildFromTemplate(template: readonly (Template | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return strict('Menu', menu)
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu
  }
  static getApplicationMenu(): Menu | null {
    return Menu.application
  }

  append(item: MenuItem): void {
    this.items.push(strict('MenuItem', item))
  }
  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
  popup(): void {}
  closePopup(): void {}
}
