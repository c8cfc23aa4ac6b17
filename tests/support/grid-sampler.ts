/** What was seen of the grid, frame by frame. These functions run inside the page and may use nothing from outside. */
export interface GridSample {
  frames: number
  framesOver50Ms: number
  longestFrameMs: number
  /** Cells in view, summed over all frames. */
  cells: number
  /** Of them: without a placeholder or picture, or not there at all. */
  blankCells: number
  /** Of them: still with a picture from elsewhere, kept for a moment after a jump. */
  heldCells: number
}

interface Sampled {
  gridSample?: GridSample
  gridSampling?: number
}

/** Starts counting. A place in view is blank where no cell lies, or one that has nothing to show yet. */
export function startSampling(): void {
  const store = window as unknown as Sampled
  const sample: GridSample = { frames: 0, framesOver50Ms: 0, longestFrameMs: 0, cells: 0, blankCells: 0, heldCells: 0 }
  store.gridSample = sample
  const scroller = document.querySelector('.grid-scroller') as HTMLElement
  let last = performance.now()
  // Read from styles and not measured, because measuring would make the very layout it watches.
  const lookAtCells = (): void => {
    const side = Number.parseFloat((scroller.firstElementChild as HTMLElement).style.getPropertyValue('--cell'))
    const { scrollTop, clientHeight, clientWidth } = scroller
    const columns = Math.round((clientWidth - 16) / (side + 8))
    const tops = new Map<number, number>()
    let blank = 0
    for (const cell of document.querySelectorAll<HTMLElement>('.cell:not([hidden])')) {
      const top = Number(/, (-?[\d.]+)px/.exec(cell.style.transform)?.[1])
      if (top + side <= scrollTop || top >= scrollTop + clientHeight) continue
      tops.set(top, (tops.get(top) ?? 0) + 1)
      if (cell.classList.contains('is-blank')) blank++
      const row = Math.floor((Number(cell.ariaPosInSet) - 1) / columns)
      if (Math.abs(12 + row * (side + 8) - top) > 1) sample.heldCells++
    }
    const rowsInView = Math.floor(clientHeight / (side + 8))
    const there = [...tops.values()].reduce((sum, count) => sum + count, 0)
    const expected = Math.max(there, rowsInView * columns)
    sample.cells += expected
    sample.blankCells += blank + expected - there
  }
  const onFrame = (now: number): void => {
    const passed = now - last
    last = now
    sample.frames++
    if (passed > 50) sample.framesOver50Ms++
    sample.longestFrameMs = Math.max(sample.longestFrameMs, passed)
    lookAtCells()
    store.gridSampling = requestAnimationFrame(onFrame)
  }
  store.gridSampling = requestAnimationFrame(now => {
    last = now
    store.gridSampling = requestAnimationFrame(onFrame)
  })
}

export function stopSampling(): GridSample {
  const store = window as unknown as Sampled
  cancelAnimationFrame(store.gridSampling ?? 0)
  return store.gridSample as GridSample
}
