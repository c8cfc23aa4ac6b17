import { useEffect, useRef } from 'react'
import type { Artwork } from '../../../../shared/artworks.ts'
import { messageOf, useCall } from '../../lib/api.ts'
import { goBackToArtworks } from '../../lib/artworks.ts'
import { useCommands } from '../../lib/commands.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useBeside } from './use-beside.ts'
import { deleteWork, useWorkCommands } from './use-work-commands.ts'
import { Work } from './work.tsx'

/** One work: its pictures, and all that is said of it, to be changed in its place. */
export function ArtworkPage({ id }: { id: number }) {
  const artwork = useCall('artworks.get', { id }, { keepsPrevious: true })
  const settings = useCall('settings.get', {})
  const heading = useRef<HTMLHeadingElement>(null)
  const { data, error } = artwork
  const { previous, next } = useBeside(id)
  useCommands([
    { id: 'artwork.back', title: 'All artworks', group: 'Artwork', keys: ['Escape'], run: goBackToArtworks },
    {
      id: 'artwork.next',
      title: 'The next artwork',
      group: 'Artwork',
      keys: ['ArrowRight', 'PageDown'],
      isAvailable: () => next !== null,
      run: () => next?.(),
    },
    {
      id: 'artwork.previous',
      title: 'The artwork before',
      group: 'Artwork',
      keys: ['ArrowLeft', 'PageUp'],
      isAvailable: () => previous !== null,
      run: () => previous?.(),
    },
  ])
  const shown = error ? undefined : data
  useWorkCommands(
    () => (shown ? { id: shown.id, title: shown.title, hasCopies: shown.copies.length > 0 } : null),
    goBackToArtworks,
  )
  const shownId = shown?.id
  useEffect(() => {
    // What was opened is read from its title on, where the keyboard was left with nothing.
    if (shownId !== undefined && document.activeElement === document.body) heading.current?.focus()
  }, [shownId])
  return (
    <main className="artworks">
      <header className="top-bar">
        <IconButton icon="previous" label="All artworks (Esc)" onClick={goBackToArtworks} />
        <h1 ref={heading} tabIndex={-1} title={shown?.title}>
          {error ? 'Artwork' : shown?.title}
        </h1>
        <span className="quiet">{shown?.inventoryNumber}</span>
        <span className="top-bar-gap" />
        {shown && <Bar artwork={shown} previous={previous} next={next} />}
      </header>
      <div className="artworks-content">
        {error && (
          <EmptyState
            icon="failed"
            title="This artwork could not be shown"
            action={<Button onClick={goBackToArtworks}>All artworks</Button>}
          >
            {messageOf(error)}
          </EmptyState>
        )}
        {shown && settings.data && <Work key={shown.id} artwork={shown} usual={settings.data} />}
      </div>
    </main>
  )
}

interface BarProps {
  artwork: Artwork
  previous: (() => void) | null
  next: (() => void) | null
}

function Bar({ artwork, previous, next }: BarProps) {
  return (
    <>
      <IconButton
        icon="previous"
        label="The artwork before (←)"
        disabled={previous === null}
        onClick={() => previous?.()}
      />
      <IconButton icon="chevron" label="The next artwork (→)" disabled={next === null} onClick={() => next?.()} />
      <Button
        kind="quiet"
        title="Delete this artwork; its pictures stay (Delete)"
        onClick={() => void deleteWork(artwork, goBackToArtworks)}
      >
        Delete
      </Button>
    </>
  )
}
