import { plural } from '../../../lib/format.ts'
import { type GridLayout, headingHeight } from './layout.ts'

export interface HeadingWords {
  title: string
  count: number
  /** All of its pictures. */
  isSelected: boolean
}

export const selectWord = ({ isSelected }: Pick<HeadingWords, 'isSelected'>): string =>
  isSelected ? 'Deselect' : 'Select all'

/**
 * What is written over the sections in view, among the pictures. A list of options holds nothing else, so these are for the
 * eye and the pointer; who uses keys or hears the page has the bar of the section, and commands.
 */
export class Headings {
  #canvas: HTMLElement
  #shown = new Map<number, HTMLElement>()

  constructor(canvas: HTMLElement) {
    this.#canvas = canvas
  }

  draw(
    layout: GridLayout,
    view: { top: number; bottom: number; offset: number },
    wordsOf: (section: number) => HeadingWords,
  ): void {
    const { headings } = layout
    const wanted = new Set<number>()
    for (let i = firstBelow(headings, view.top - headingHeight); i < headings.length - 1; i++) {
      if ((headings[i] as number) > view.bottom) break
      wanted.add(i)
    }
    for (const [section, element] of this.#shown) {
      if (wanted.has(section)) continue
      element.remove()
      this.#shown.delete(section)
    }
    for (const section of wanted) {
      const element = this.#shown.get(section) ?? this.#add(section)
      element.style.transform = `translateY(${(headings[section] as number) - view.offset}px)`
      write(element, wordsOf(section))
    }
  }

  #add(section: number): HTMLElement {
    const element = document.createElement('div')
    element.className = 'grid-heading'
    element.ariaHidden = 'true'
    const select = document.createElement('span')
    select.className = 'grid-heading-select'
    select.dataset.action = 'select-section'
    select.dataset.section = String(section)
    element.append(document.createElement('strong'), document.createElement('span'), select)
    this.#canvas.append(element)
    this.#shown.set(section, element)
    return element
  }
}

function write(element: HTMLElement, words: HeadingWords): void {
  const texts = [words.title, plural(words.count, 'picture'), selectWord(words)]
  for (const [i, text] of texts.entries()) {
    const child = element.children[i]
    if (child && child.textContent !== text) child.textContent = text
  }
}

/** The first heading whose upper edge is below. */
function firstBelow(headings: Float64Array, y: number): number {
  let low = 0
  let high = headings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((headings[middle] as number) < y) low = middle + 1
    else high = middle
  }
  return low
}
