/** Steps of Chromium, each 1.2 times the one before: about half to twice the size as designed. */
const limits = { least: -4, most: 4 }
const step = 0.5

/** @param direction 0: the size as designed. */
export function nextZoom(level: number, direction: -1 | 0 | 1): number {
  return direction === 0 ? 0 : Math.min(Math.max(level + direction * step, limits.least), limits.most)
}
