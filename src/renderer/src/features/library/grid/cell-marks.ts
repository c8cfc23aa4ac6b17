import { starsInWords } from '../../../../../shared/marks.ts'
import type { Flag, MediaTile } from '../../../lib/contract.ts'
import '../../../ui/marks.css'

const flagPaths: Record<Flag, string> = { picked: 'M4 14V2h9l-2.5 3.25L13 8.5H4', rejected: 'M4 4l8 8M12 4l-8 8' }
const svg = 'http://www.w3.org/2000/svg'

/**
 * What a person made of the picture, small at the lower edge: flag, stars, label. Stars can be clicked while the pointer is
 * on the cell; by keyboard that is a command. All of it is said by the name of the cell.
 */
export class CellMarks {
  readonly element = document.createElement('div')
  #flag = document.createElementNS(svg, 'svg')
  #path = document.createElementNS(svg, 'path')
  #stars: HTMLElement[] = []
  #label = document.createElement('span')

  constructor() {
    this.element.className = 'cell-judged'
    this.element.ariaHidden = 'true'
    this.#flag.setAttribute('viewBox', '0 0 16 16')
    this.#flag.classList.add('cell-flag')
    this.#flag.append(this.#path)
    const stars = document.createElement('span')
    stars.className = 'cell-stars'
    for (const rating of [1, 2, 3, 4, 5]) {
      const star = document.createElement('span')
      star.dataset.action = 'rate'
      star.dataset.rating = String(rating)
      star.title = starsInWords(rating)
      this.#stars.push(star)
    }
    stars.append(...this.#stars)
    this.#label.className = 'label-chip'
    this.element.append(this.#flag, stars, this.#label)
  }

  show({ flag, rating, label }: MediaTile): void {
    this.#flag.classList.toggle('is-none', flag === null)
    if (flag) {
      this.#flag.dataset.flag = flag
      this.#path.setAttribute('d', flagPaths[flag])
    }
    const given = rating ?? 0
    for (const [i, star] of this.#stars.entries()) {
      star.textContent = i < given ? '★' : '☆'
      star.classList.toggle('is-given', i < given)
    }
    this.element.classList.toggle('is-unrated', given === 0)
    this.element.classList.toggle('is-unmarked', given === 0 && flag === null && label === null)
    this.#label.hidden = label === null
    this.#label.dataset.label = label ?? ''
    this.#label.textContent = label?.slice(0, 1).toUpperCase() ?? ''
  }
}

/** The marks in words, each a part of the cell's name. */
export function marksInWords({ flag, rating, label }: MediaTile): string[] {
  return [flag ?? '', rating ? starsInWords(rating) : '', label ? `${label} label` : ''].filter(word => word !== '')
}
