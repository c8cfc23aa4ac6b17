/** What was seen of the grid, frame by frame. These functions run inside the page and may use nothing from outside. */
export interface GridSample {
  frames: number
  framesOver50Ms: number
  longestFrameMs: number
  /** Cells in view, summed over all frames. */
  cells: number
  /** Of them: without a placeholder or picture, or not there at all. */
  blankCells: number
  /** Of them, in the square grid: still with a picture from elsewhere, kept for a moment after a jump. */
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
  const isJustified = document.querySelector('[aria-pressed=true][aria-label^=Justified]') !== null
  let last = performance.now()
  // Read from styles and not measured, because measuring would make the very layout it watches.
  const px = (text: string): number => Number.parseFloat(text)
  // As text, a place beyond a million pixels is written with six digits and an exponent.
  const topOf = (cell: HTMLElement): number => {
    const [place] = cell.attributeStyleMap.get('transform') as CSSTransformValue
    return ((place as CSSTranslate).y as CSSUnitValue).value
  }
  const lookAtCells = (): void => {
    const { scrollTop, clientHeight, clientWidth } = scroller
    const rows = new Map<number, { count: number; height: number }>()
    let blank = 0
    let side = 0
    for (const cell of document.querySelectorAll<HTMLElement>('.cell:not([hidden])')) {
      const { style, classList, ariaPosInSet } = cell
      const [height, width] = [px(style.height), px(style.width)]
      const top = topOf(cell)
      if (top + height <= scrollTop || top >= scrollTop + clientHeight) continue
      const row = rows.get(top) ?? { count: 0, height }
      row.count++
      rows.set(top, row)
      if (classList.contains('is-blank')) blank++
      if (isJustified) continue
      side = width
      const columns = Math.round((clientWidth - 16) / (side + 8))
      const expectedRow = Math.floor((Number(ariaPosInSet) - 1) / columns)
      if (Math.abs(12 + expectedRow * (side + 8) - top) > 1) sample.heldCells++
    }
    const there = [...rows.values()].reduce((sum, { count }) => sum + count, 0)
    // What no row lies on is as many cells as there are in the others of that height.
    const covered = [...rows].reduce((sum, [top, { height }]) => {
      const from = Math.max(top - 8, scrollTop)
      return sum + Math.min(top + height + 8, scrollTop + clientHeight) - from
    }, 0)
    const uncoveredRows = Math.max(0, Math.floor((clientHeight - covered) / 100))
    const missing = isJustified
      ? uncoveredRows * Math.max(1, Math.round(there / Math.max(rows.size, 1)))
      : Math.max(0, Math.floor(clientHeight / (side + 8)) * Math.round((clientWidth - 16) / (side + 8)) - there)
    sample.cells += there + missing
    sample.blankCells += blank + missing
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
