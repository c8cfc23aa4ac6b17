import type { Session } from '../chromium/pipe.ts'
import type { Size } from '../chromium/targets.ts'

const step = 1.2

/** As zoomed by a person: fewer and larger CSS pixels in the same window. */
export class Zoom {
  readonly #session: Session
  #size: Size
  #level: number

  constructor(session: Session, size: Size, factor: number) {
    this.#session = session
    this.#size = size
    this.#level = levelOf(factor)
    if (this.#level !== 0) this.#apply()
  }

  get level(): number {
    return this.#level
  }
  set level(level: number) {
    this.#level = level
    this.#apply()
  }

  resize(size: Size): void {
    this.#size = size
    if (this.#level !== 0) this.#apply()
  }

  #apply(): void {
    const factor = factorOf(this.#level)
    const [width, height] = [Math.round(this.#size.width / factor), Math.round(this.#size.height / factor)]
    const metrics = { width, height, deviceScaleFactor: factor, mobile: false }
    const applied =
      this.#level === 0
        ? this.#session.send('Emulation.clearDeviceMetricsOverride')
        : this.#session.send('Emulation.setDeviceMetricsOverride', metrics)
    applied.catch(() => {})
  }
}

export const factorOf = (level: number): number => step ** level
export const levelOf = (factor: number): number => Math.log(factor) / Math.log(step)
