import type { MediaTile } from '../../../lib/contract.ts'
import { paintPlaceholder } from '../../../lib/placeholder.ts'
import { isTransparent } from '../../../lib/transparency.ts'
import { formatClock, whyUnseen } from '../../../lib/video-words.ts'
import { CellMarks, marksInWords } from './cell-marks.ts'
import { fitInside } from './layout.ts'

function add<K extends keyof HTMLElementTagNameMap>(
  parent: Element,
  tag: K,
  className: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = className
  parent.append(element)
  return element
}

/** `idle`: not asked for. `none`: asked for, and there is none to be had. */
type PictureState = 'idle' | 'loading' | 'shown' | 'none'

/**
 * One place in the grid, used again for another picture as soon as it leaves the view. Plain DOM and not React: at
 * 2,000 px a second some sixty cells change a second, each by a handful of writes.
 */
export class Cell {
  readonly element = document.createElement('div')
  index = -1
  tile: MediaTile | undefined
  picture: PictureState = 'idle'
  #frame = add(this.element, 'div', 'cell-frame')
  #canvas = add(this.#frame, 'canvas', 'cell-placeholder')
  #image = add(this.#frame, 'img', 'cell-image')
  #check = add(this.element, 'span', 'cell-check')
  #failure: HTMLElement | undefined
  #marks: HTMLElement | undefined
  #unseen: HTMLElement | undefined
  #judged: CellMarks | undefined
  #box = { width: 0, height: 0 }
  #shownAt = ''
  #endLoad: (() => void) | undefined

  constructor() {
    this.element.className = 'cell is-blank'
    this.element.setAttribute('role', 'option')
    this.#image.alt = ''
    this.#image.hidden = true
    this.#image.decoding = 'async'
    this.#image.draggable = false
    this.element.draggable = true
    this.#check.dataset.action = 'toggle'
    // Most cells are never pointed at, nor marked.
    this.element.addEventListener('pointerenter', () => this.tile && this.#showJudged(this.tile))
  }

  place(x: number, y: number): void {
    const transform = `translate(${x}px, ${y}px)`
    if (transform === this.#shownAt) return
    this.#shownAt = transform
    this.element.style.transform = transform
  }

  setNumber(index: number, total: number): void {
    this.index = index
    this.element.ariaPosInSet = String(index + 1)
    this.element.ariaSetSize = String(total)
  }

  /** Shows another picture, or another state of the same one. Undefined while it is not known which. */
  show(tile: MediaTile | undefined, box: { width: number; height: number }): void {
    const before = this.tile
    const isSameSize = box.width === this.#box.width && box.height === this.#box.height
    if (before === tile && isSameSize) return
    this.tile = tile
    if (!isSameSize) this.#resize(box)
    this.#fit(tile)
    if (before === tile) return
    if (!tile || before?.id !== tile.id || before.version !== tile.version || before.status !== tile.status) {
      this.#startAnew(tile)
    }
    if (tile) this.#describe(tile)
  }

  setState(isSelected: boolean, isFocused: boolean): void {
    this.element.ariaSelected = String(isSelected)
    this.element.classList.toggle('is-focused', isFocused)
  }

  /** Resolves when it is shown, could not be had, or is not wanted any more. */
  load(url: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    // A cell that is used again ends its load itself: a browser may leave the promise of a dropped source open for ever.
    this.#endLoad = resolve
    this.picture = 'loading'
    this.#image.src = url
    const finish = (isDecoded: boolean): void => {
      if (this.#endLoad !== resolve) return
      this.picture = isDecoded ? 'shown' : 'none'
      if (isDecoded) this.#showPicture()
      resolve()
    }
    this.#image.decode().then(
      () => finish(true),
      () => finish(false),
    )
    return promise
  }

  /** Ends a load nobody waits for any more. */
  release(): void {
    this.#dropPicture()
    this.tile = undefined
    this.index = -1
    this.element.removeAttribute('id')
  }

  #resize({ width, height }: { width: number; height: number }): void {
    this.#box = { width, height }
    this.element.style.width = `${width}px`
    this.element.style.height = `${height}px`
  }

  #fit(tile: MediaTile | undefined): void {
    const { width, height } = this.#box
    const { style } = this.#frame
    const size = fitInside(this.#box, tile?.width ?? null, tile?.height ?? null)
    style.width = `${size.width}px`
    style.height = `${size.height}px`
    style.left = `${Math.floor((width - size.width) / 2)}px`
    style.top = `${Math.floor((height - size.height) / 2)}px`
    this.element.style.setProperty('--aside', style.left)
    this.element.style.setProperty('--under', `${Math.ceil((height - size.height) / 2)}px`)
  }

  #startAnew(tile: MediaTile | undefined): void {
    this.#dropPicture()
    this.element.classList.toggle('is-blank', !tile)
    this.#frame.classList.toggle('is-on-paper', isTransparent(tile?.placeholder ?? null))
    this.#canvas.hidden = !tile || !paintPlaceholder(this.#canvas, tile.placeholder)
    this.#frame.style.backgroundColor = tile && this.#canvas.hidden ? (tile.meanColour ?? '') : ''
  }

  #showPicture(): void {
    this.#image.hidden = false
    // Hidden, because it would shine through where the picture is transparent.
    this.#canvas.hidden = true
  }

  #dropPicture(): void {
    this.#endLoad?.()
    this.#endLoad = undefined
    // An empty source ends the request; the attribute goes, so that no broken picture is drawn.
    if (this.picture !== 'idle') this.#image.removeAttribute('src')
    this.picture = 'idle'
    this.#image.hidden = true
  }

  #describe(tile: MediaTile): void {
    const isFailed = tile.status === 'failed'
    this.element.id = `media-${tile.id}`
    const reason = isFailed ? (tile.failure?.message ?? 'It could not be read.') : undefined
    // Who speaks to the computer says what can be read: of a failed one its reason, and Retry.
    this.element.ariaLabel = [
      reason ? `${tile.filename}, ${reason} ${retryWord}, failed` : tile.filename,
      videoLabel(tile),
      tile.isMissing && 'missing',
      ...marksInWords(tile),
    ]
      .filter(Boolean)
      .join(', ')
    this.element.title = reason ? `${tile.filename}\n${reason}` : tile.filename
    this.element.classList.toggle('is-failed', isFailed)
    this.element.classList.toggle('is-missing', tile.isMissing)
    this.#showFailure(reason)
    this.#showUnseen(tile.video && !isFailed ? whyUnseen(tile.video) : undefined)
    this.element.classList.toggle('is-rejected', tile.flag === 'rejected')
    this.#showMarks(marksOf(tile))
    if (this.#judged || marksInWords(tile).length > 0) this.#showJudged(tile)
  }

  #showFailure(reason: string | undefined): void {
    if (!reason) {
      this.#failure?.remove()
      this.#failure = undefined
      return
    }
    this.#failure ??= createFailure(this.element)
    const [name, text] = this.#failure.children as unknown as [HTMLElement, HTMLElement]
    name.textContent = this.tile?.filename ?? ''
    text.textContent = reason
  }

  /** Of a video that has no poster: why, in its place. */
  #showUnseen(reason: string | undefined): void {
    if (!reason) {
      this.#unseen?.remove()
      this.#unseen = undefined
      return
    }
    this.#unseen ??= add(this.#frame, 'p', 'cell-unseen')
    this.#unseen.textContent = reason
  }

  #showJudged(tile: MediaTile): void {
    if (!this.#judged) {
      this.#judged = new CellMarks()
      this.element.append(this.#judged.element)
    }
    this.#judged.show(tile)
  }

  #showMarks(marks: readonly string[]): void {
    if (marks.length === 0) {
      this.#marks?.remove()
      this.#marks = undefined
      return
    }
    this.#marks ??= add(this.#frame, 'div', 'cell-marks')
    this.#marks.replaceChildren(
      ...marks.map(mark => {
        const element = document.createElement('span')
        element.textContent = mark
        return element
      }),
    )
  }
}

function marksOf(tile: MediaTile): string[] {
  const marks = [clock(tile), tile.isMissing ? 'Missing' : '', tile.status === 'processing' ? 'Working' : '']
  return marks.filter(mark => mark !== '')
}

const retryWord = 'Retry'

function clock({ video }: MediaTile): string {
  if (!video) return ''
  // As text and not as a coloured sign.
  const play = '\u25b6\ufe0e'
  return video.durationMs === null ? play : `${play} ${formatClock(video.durationMs)}`
}

function videoLabel({ video }: MediaTile): string | false {
  return video !== null && (video.durationMs === null ? 'video' : `video, ${formatClock(video.durationMs)}`)
}

function createFailure(parent: HTMLElement): HTMLElement {
  const failure = add(parent, 'div', 'cell-failure')
  // With spaces that nobody sees, so that it reads as words, as the name of the cell has them.
  add(failure, 'strong', 'cell-failure-name')
  failure.append(' ')
  add(failure, 'span', 'cell-failure-reason')
  failure.append(' ')
  const retry = add(failure, 'span', 'cell-retry')
  retry.textContent = retryWord
  retry.dataset.action = 'retry'
  return failure
}
