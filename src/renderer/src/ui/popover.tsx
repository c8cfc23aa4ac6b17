import { type ReactNode, useEffect, useRef } from 'react'
import { useCommands } from '../lib/commands.ts'

/** A panel below what opened it. A click elsewhere or Esc closes it. Its place is the nearest positioned ancestor's. */
export function Popover({ label, onClose, children }: { label: string; onClose: () => void; children: ReactNode }) {
  const panel = useRef<HTMLDivElement>(null)
  useCommands([
    {
      id: 'popover.close',
      title: `Close ${label}`,
      group: 'View',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: onClose,
    },
  ])
  useEffect(() => {
    const closeOutside = (event: PointerEvent): void => {
      const anchor = panel.current?.parentElement
      if (event.target instanceof Node && !anchor?.contains(event.target)) onClose()
    }
    window.addEventListener('pointerdown', closeOutside)
    return () => window.removeEventListener('pointerdown', closeOutside)
  }, [onClose])
  return (
    <div ref={panel} className="popover" role="dialog" aria-label={label}>
      {children}
    </div>
  )
}
