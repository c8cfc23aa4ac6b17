import type { Rectangle } from 'electron'
import type { WindowState } from './program-state.ts'

const usual = { width: 1280, height: 840 }
/** So much of a window has to be on a screen, or nobody can take hold of it. */
const leastSeen = { width: 120, height: 40 }

/**
 * Where the window was, unless its screen is gone or smaller now. Without `x` and `y` the system puts it in the middle.
 * @param workAreas of all screens.
 */
export function boundsToOpenWith(saved: WindowState | null, workAreas: readonly Rectangle[]): Partial<Rectangle> {
  if (!saved) return usual
  const home = workAreas.find(area => isSeenOn(saved, area))
  const size = { width: saved.width, height: saved.height }
  if (!home) return within(size, workAreas[0])
  return { x: saved.x, y: saved.y, ...within(size, home) }
}

function within(size: { width: number; height: number }, area: Rectangle | undefined) {
  if (!area) return size
  return { width: Math.min(size.width, area.width), height: Math.min(size.height, area.height) }
}

/** Its upper edge, by which it is moved, is what counts. */
function isSeenOn(window: WindowState, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  const isTopThere = window.y >= area.y - 1 && window.y + leastSeen.height <= area.y + area.height
  return width >= leastSeen.width && isTopThere
}
