import { lazy, Suspense, useCallback, useState } from 'react'
import { useCommands } from '../../lib/commands.ts'
import { routeNow, useRoute } from '../../lib/route.ts'
import { Icon } from '../../ui/icon.tsx'
import { Popover } from '../../ui/popover.tsx'
import { chipsOf } from './filters.ts'

const FilterPanel = lazy(() => import('./filter-panel.tsx').then(module => ({ default: module.FilterPanel })))

export function FilterButton() {
  const [isOpen, setIsOpen] = useState(false)
  const { filter } = useRoute()
  const close = useCallback(() => setIsOpen(false), [])
  const count = chipsOf(filter).filter(chip => !chip.isWords && !chip.isFault).length
  useCommands([
    {
      id: 'library.filter',
      title: 'Filter',
      group: 'View',
      keys: ['L'],
      isAvailable: () => routeNow().openId === null,
      run: () => setIsOpen(open => !open),
    },
  ])
  return (
    <div className="popover-anchor">
      <button
        type="button"
        className="button is-plain"
        aria-expanded={isOpen}
        title="Filter (L)"
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon name="filter" />
        <span className="button-text">Filter</span>
        {count > 0 && <span className="count-badge">{count}</span>}
      </button>
      {isOpen && (
        <Popover label="Filter" onClose={close}>
          <Suspense fallback={<div className="filter-panel" />}>
            <FilterPanel />
          </Suspense>
        </Popover>
      )}
    </div>
  )
}
