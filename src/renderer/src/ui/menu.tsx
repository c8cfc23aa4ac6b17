import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import './menu.css'

export interface MenuItem {
  icon: IconName
  label: string
  run: () => void
}

/** A button that opens a list of what can be done. Arrow keys move in it, Esc leads back to the button. */
export function MenuButton({ label, items }: { label: string; items: readonly MenuItem[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLSpanElement>(null)
  const close = (): void => {
    setIsOpen(false)
    button.current?.querySelector('button')?.focus()
  }
  return (
    <span ref={button}>
      <IconButton
        icon="more"
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      />
      {isOpen && button.current && (
        <Menu label={label} items={items} anchor={button.current} onClose={close} onLeave={() => setIsOpen(false)} />
      )}
    </span>
  )
}

interface MenuProps {
  label: string
  items: readonly MenuItem[]
  anchor: HTMLElement
  /** The keyboard goes back to the button. */
  onClose: () => void
  /** It is wherever somebody went. */
  onLeave: () => void
}

const gapPx = 4

function Menu({ label, items, anchor, onClose, onLeave }: MenuProps) {
  const list = useRef<HTMLDivElement>(null)
  const choices = (): HTMLElement[] => Array.from(list.current?.querySelectorAll('button') ?? [])
  // Above everything, so that no edge of what scrolls cuts it off.
  useLayoutEffect(() => {
    const menu = list.current
    if (!menu) return
    menu.showPopover()
    const { left, top, bottom } = anchor.getBoundingClientRect()
    const fitsBelow = bottom + gapPx + menu.offsetHeight <= window.innerHeight
    menu.style.left = `${Math.max(gapPx, Math.min(left, window.innerWidth - menu.offsetWidth - gapPx))}px`
    menu.style.top = `${fitsBelow ? bottom + gapPx : Math.max(gapPx, top - gapPx - menu.offsetHeight)}px`
    menu.querySelector('button')?.focus()
  }, [anchor])
  useEffect(() => {
    const leave = (event: Event): void => {
      if (event.target instanceof Node && !anchor.contains(event.target)) onLeave()
    }
    window.addEventListener('pointerdown', leave)
    window.addEventListener('scroll', leave, true)
    window.addEventListener('blur', onLeave)
    return () => {
      window.removeEventListener('pointerdown', leave)
      window.removeEventListener('scroll', leave, true)
      window.removeEventListener('blur', onLeave)
    }
  }, [anchor, onLeave])
  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of what lies behind it are not meant.
    event.stopPropagation()
    const all = choices()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
    const next = to[event.key]
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Tab') onLeave()
    else if (next !== undefined) all.at(next % all.length)?.focus()
    if (event.key !== 'Tab' && event.key !== 'Enter' && event.key !== ' ') event.preventDefault()
  }
  return (
    <div
      ref={list}
      className="menu"
      role="menu"
      aria-label={label}
      popover="manual"
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {items.map(item => (
        <button
          key={item.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onClose()
            item.run()
          }}
        >
          <Icon name={item.icon} />
          {item.label}
        </button>
      ))}
    </div>
  )
}
