import type { KeyboardEvent } from 'react'

/** Arrow keys go from card to card: left and right in their order, up and down to the nearest in the row above or below. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-artwork]')]
  const here = cards.indexOf(document.activeElement as HTMLElement)
  const target = targetOf(event.key, cards, here)
  if (!target) return
  event.preventDefault()
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
}

function targetOf(key: string, cards: readonly HTMLElement[], here: number): HTMLElement | undefined {
  if (key === 'Home') return cards[0]
  if (key === 'End') return cards.at(-1)
  if (key === 'ArrowLeft') return cards[here - 1]
  if (key === 'ArrowRight') return cards[here + 1]
  const columns = cards.filter(card => card.offsetTop === cards[0]?.offsetTop).length
  if (key === 'ArrowUp') return cards[here - columns]
  return key === 'ArrowDown' ? cards[here + columns] : undefined
}
