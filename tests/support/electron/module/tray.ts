import { KnownEvents } from '../events.ts'
import { strict } from '../strict.ts'
import { nativeImage } from './native-image.ts'

const emitted = ['click', 'right-click', 'double-click', 'middle-click']

class TrayItem extends KnownEvents {
  /** The harness's own: those that are in the bar now. A test emits `click` on one. */
  static readonly all: TrayItem[] = []
  image: unknown
  toolTip = ''
  menu: unknown = null
  private isGone = false

  constructor(image: unknown) {
    super('Tray', emitted)
    this.image = this.read(image)
    const shown = strict('Tray', this)
    TrayItem.all.push(shown)
    // biome-ignore lint/correctness/noConstructorReturn: what is made with `new` is strict too.
    return shown
  }
  setImage(image: unknown): void {
    this.image = this.read(image)
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setContextMenu(menu: unknown): void {
    this.menu = menu
  }
  popUpContextMenu(): void {}
  setIgnoreDoubleClickEvents(): void {}
  isDestroyed(): boolean {
    return this.isGone
  }
  destroy(): void {
    this.isGone = true
    TrayItem.all.splice(0, Infinity, ...TrayItem.all.filter(tray => !tray.isDestroyed()))
  }

  /** Electron throws for a path that leads to no image. */
  private read(image: unknown): unknown {
    if (typeof image !== 'string') return image
    const read = nativeImage.createFromPath(image)
    if (read.isEmpty()) throw new Error(`Failed to load image from path '${image}'`)
    return read
  }
}

export const Tray = TrayItem
