const patienceMs = 2000

/**
 * Brings the keyboard to what a key leads to: at once where it is there, else as soon as it is drawn, since a pane that
 * was just opened still asks for what it shows. Whoever goes elsewhere meanwhile is left there.
 */
export function focusWhenDrawn(find: () => HTMLElement | null, block: 'start' | 'nearest' = 'nearest'): void {
  const from = document.activeElement
  const until = performance.now() + patienceMs
  const attempt = (): void => {
    const element = find()
    if (element) {
      element.scrollIntoView({ block })
      element.focus({ preventScroll: true })
    } else if (document.activeElement === from && performance.now() < until) requestAnimationFrame(attempt)
  }
  attempt()
}
