import { display } from './system.ts'

export type Mode = 'normal' | 'maximized' | 'full-screen'

interface Limits {
  minWidth?: number | undefined
  minHeight?: number | undefined
}

/** Where a window is, as the system would have it: nothing shows it. */
export class WindowState {
  isVisible: boolean
  isFocused = false
  isMinimized = false
  isDestroyed = false
  mode: Mode = 'normal'
  #normal: Electron.Rectangle
  readonly #limits: Limits

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    const { width = 800, height = 600, minWidth, minHeight, show = true } = options
    const { workArea } = display
    const { x = workArea.x + Math.round((workArea.width - width) / 2) } = options
    const { y = workArea.y + Math.round((workArea.height - height) / 2) } = options
    this.#limits = { minWidth, minHeight }
    this.#normal = this.#limited({ x, y, width, height })
    this.isVisible = show
  }

  /** As it is when it is neither maximized nor full. */
  get normal(): Electron.Rectangle {
    return { ...this.#normal }
  }
  get bounds(): Electron.Rectangle {
    const { workArea, bounds } = display
    return { ...(this.mode === 'normal' ? this.#normal : this.mode === 'maximized' ? workArea : bounds) }
  }
  set bounds(bounds: Partial<Electron.Rectangle>) {
    this.mode = 'normal'
    this.#normal = this.#limited({ ...this.#normal, ...bounds })
  }

  #limited({ width, height, ...place }: Electron.Rectangle): Electron.Rectangle {
    const { minWidth = 0, minHeight = 0 } = this.#limits
    return { ...place, width: Math.max(width, minWidth), height: Math.max(height, minHeight) }
  }
}
