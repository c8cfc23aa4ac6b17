import { largePixels } from './limits.ts'

interface Turn {
  /** Called when the picture has to wait, and again when its wait is over. */
  waits(): void
  begins(): void
}

/** Lets one large picture through at a time; the others pass. */
export function createTurns() {
  let last: Promise<unknown> = Promise.resolve()
  let large = 0

  return async function takeTurn<T>(pixels: number, work: () => Promise<T>, { waits, begins }: Turn): Promise<T> {
    if (pixels <= largePixels) return work()
    const before = last
    let free = () => {}
    last = new Promise<void>(resolve => {
      free = resolve
    })
    if (large > 0) waits()
    large += 1
    try {
      await before
      begins()
      return await work()
    } finally {
      large -= 1
      free()
    }
  }
}
