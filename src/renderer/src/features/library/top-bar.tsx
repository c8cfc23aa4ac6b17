import { useEffect, useState } from 'react'
import { runCommand } from '../../lib/commands.ts'
import { type MediaSort, mediaSorts } from '../../lib/contract.ts'
import { cellSize, cellSizes, isInspectorOpen } from '../../lib/preferences.ts'
import { changeFilter, go, useRoute } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { FilterButton } from './filter-button.tsx'
import { sortTitles } from './use-library-commands.ts'

export function TopBar() {
  const { sort, filter } = useRoute()
  const isOpen = useStore(isInspectorOpen)
  const sorts = mediaSorts.filter(each => each !== 'relevance' || filter.text)
  return (
    <header className="top-bar">
      <FindBox />
      <FilterButton />
      <label className="select">
        <span className="visually-hidden">Sort</span>
        <select value={sort} onChange={event => go({ sort: event.target.value as MediaSort })}>
          {sorts.map(each => (
            <option key={each} value={each}>
              {sortTitles[each]}
            </option>
          ))}
        </select>
        <Icon name="down" size={12} />
      </label>
      <span className="top-bar-gap" />
      <SizeSlider />
      <IconButton
        icon="inspector"
        label={isOpen ? 'Hide the inspector (I)' : 'Show the inspector (I)'}
        aria-pressed={isOpen}
        onClick={() => isInspectorOpen.set(!isOpen)}
      />
    </header>
  )
}

const typingPauseMs = 120

function FindBox() {
  const text = useRoute().filter.text ?? ''
  const [typed, setTyped] = useState(text)
  useEffect(() => setTyped(text), [text])
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(
      () => changeFilter({ text: typed.trim() || undefined }, { replaces: text !== '' }),
      typingPauseMs,
    )
    return () => clearTimeout(timer)
  }, [typed, text])
  return (
    <div className="find-box">
      <Icon name="search" />
      <input
        id="find"
        type="search"
        placeholder="Find"
        aria-label="Find pictures"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={event => setTyped(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
          event.preventDefault()
          runCommand('library.back')
          runCommand('grid.first')
        }}
      />
      {typed ? <IconButton icon="close" label="Clear" onClick={() => setTyped('')} /> : <kbd>/</kbd>}
    </div>
  )
}

function SizeSlider() {
  const size = useStore(cellSize)
  return (
    <label className="size-slider">
      <Icon name="small" />
      <input
        type="range"
        aria-label="Size of the pictures"
        min={cellSizes.least}
        max={cellSizes.most}
        step={4}
        value={size}
        onChange={event => cellSize.set(Number(event.target.value))}
      />
      <Icon name="large" />
    </label>
  )
}
