import type { KeyboardEvent } from 'react'

/** Arrow keys go from picture to picture: left and right in the order shown, up and down to the group above or below. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1, Home: 0, End: 0 }[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const isAcrossGroups = event.key === 'ArrowUp' || event.key === 'ArrowDown'
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-alike]')]
  const here = all.indexOf(document.activeElement as HTMLElement)
  const next = isAcrossGroups ? inOtherGroup(all, here, step) : all[here + step]
  const target = event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : next
  if (!target) return
  event.preventDefault()
  target.focus()
  target.scrollIntoView({ block: 'nearest' })
}

const groupOf = (element: HTMLElement | undefined) => element?.closest('section') ?? null

function inOtherGroup(all: readonly HTMLElement[], here: number, step: number): HTMLElement | undefined {
  if (here < 0) return all[0]
  const groups = [...new Set(all.map(groupOf))]
  const target = groups[groups.indexOf(groupOf(all[here])) + step]
  return target ? all.find(element => groupOf(element) === target) : undefined
}
