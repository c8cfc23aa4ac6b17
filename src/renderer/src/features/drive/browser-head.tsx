import { useEffect, useRef, useState } from 'react'
import { type DriveSpot, formatSpot, stepsTo } from '../../lib/drive-spot.ts'
import { goToLibrary } from '../../lib/route.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'

const searchAfterMs = 300

interface HeadProps {
  spot: DriveSpot
  onGo: (spot: DriveSpot) => void
  onSearch: (text: string) => void
  onRefresh: () => void
}

/** Where one is in Drive, and the field that finds a folder by its name. */
export function BrowserHead({ spot, onGo, onSearch, onRefresh }: HeadProps) {
  const steps = stepsTo(spot)
  const way = useRef<HTMLOListElement>(null)
  const depth = steps.length
  // biome-ignore lint/correctness/useExhaustiveDependencies: a longer way is the reason to show its end.
  useEffect(() => {
    way.current?.scrollTo({ left: way.current.scrollWidth })
  }, [depth])
  return (
    <header className="drive-head">
      <IconButton icon="previous" label="Back to the pictures (Esc)" onClick={goToLibrary} />
      <nav className="drive-way" aria-label="Where you are in Drive">
        <ol ref={way}>
          {steps.map((step, place) => (
            <li key={formatSpot(step.spot)}>
              {place > 0 && <Icon name="chevron" size={12} />}
              <button
                type="button"
                aria-current={place === depth - 1 ? 'location' : undefined}
                onClick={() => onGo(step.spot)}
              >
                {step.name}
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <SearchField text={spot.view === 'search' ? spot.text : ''} onSearch={onSearch} />
      <IconButton icon="retry" label="Read this folder again (R)" onClick={onRefresh} />
    </header>
  )
}

/** Searches when somebody stops typing. */
function SearchField({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text)
  const latest = useRef(onSearch)
  latest.current = onSearch
  // The space after a word is typed and not looked for.
  useEffect(() => setTyped(now => (now.trim() === text.trim() ? now : text)), [text])
  useEffect(() => {
    if (typed.trim() === text.trim()) return
    const timer = setTimeout(() => latest.current(typed.trim()), searchAfterMs)
    return () => clearTimeout(timer)
  }, [typed, text])
  return (
    <div className="drive-search">
      <Icon name="search" />
      <input
        id="drive-search"
        type="search"
        maxLength={200}
        placeholder="Find a folder"
        aria-label="Find a folder in this Drive by its name"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
    </div>
  )
}
