import type { PageSize } from '../../../shared/printing.ts'

/** PDF counts in points, 72 to an inch. */
export const mm = (length: number): number => (length * 72) / 25.4

export interface Size {
  width: number
  height: number
}

/** Upright, in points. */
export const pageSizes = {
  a4: { width: mm(210), height: mm(297) },
  letter: { width: 8.5 * 72, height: 11 * 72 },
} as const satisfies Record<PageSize, Size>

/** As large as it goes into a box with its proportions. */
export function fitInto(box: Size, { width, height }: Size): Size {
  const scale = Math.min(box.width / width, box.height / height)
  return { width: width * scale, height: height * scale }
}
