/**
 * Browsers clamp an element's height (Chromium at 2^25 px, Firefox at about 17.9 million), and a million large cells
 * need more. Up to `mostPx` nothing is done. Above it, as SlickGrid does, the scroller is cut into pages that overlap:
 * the content is shifted by an offset that grows by `shift` from page to page. A short scroll moves one to one and only
 * changes the offset at a page's edge; a far one (the scrollbar is dragged) maps the whole scrollbar onto the content.
 */
export interface ScrollSpace {
  /** Of the content. */
  contentHeight: number
  /** Of the element that is scrolled: never above `mostPx`. */
  scrollHeight: number
  pageHeight: number
  pageCount: number
  shift: number
}

export const mostPx = 16_000_000
const pagesInScroller = 100

export function createScrollSpace(contentHeight: number): ScrollSpace {
  if (contentHeight <= mostPx) {
    return {
      contentHeight,
      scrollHeight: contentHeight,
      pageHeight: Math.max(contentHeight, 1),
      pageCount: 1,
      shift: 0,
    }
  }
  const pageHeight = mostPx / pagesInScroller
  const pageCount = Math.floor(contentHeight / pageHeight)
  return {
    contentHeight,
    scrollHeight: mostPx,
    pageHeight,
    pageCount,
    shift: (contentHeight - mostPx) / (pageCount - 1),
  }
}

/** `contentTop = scrollTop + offset`. */
export interface ScrollPosition {
  scrollTop: number
  offset: number
}

/** Where to scroll to for the content at `contentTop` to be at the upper edge. */
export function positionFor(space: ScrollSpace, contentTop: number, viewHeight: number): ScrollPosition {
  const top = Math.min(Math.max(contentTop, 0), Math.max(space.contentHeight - viewHeight, 0))
  const page = Math.min(space.pageCount - 1, Math.floor(top / space.pageHeight))
  const offset = Math.round(page * space.shift)
  return { scrollTop: top - offset, offset }
}

/** What a scroll to `scrollTop` means after `before`. Its `scrollTop` differs from the one given where a page ended. */
export function followScroll(
  space: ScrollSpace,
  before: ScrollPosition,
  scrollTop: number,
  viewHeight: number,
): ScrollPosition {
  if (space.pageCount === 1) return { scrollTop, offset: 0 }
  const isShort = Math.abs(scrollTop - before.scrollTop) < viewHeight
  if (isShort) return positionFor(space, scrollTop + before.offset, viewHeight)
  const share = scrollTop / Math.max(space.scrollHeight - viewHeight, 1)
  const page = Math.min(
    space.pageCount - 1,
    Math.floor((share * (space.contentHeight - viewHeight)) / space.pageHeight),
  )
  return { scrollTop, offset: Math.round(page * space.shift) }
}
