import { useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { changeArtwork, goToArtwork } from '../../lib/artworks.ts'
import type { MediaId } from '../../lib/contract.ts'
import { plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Popover } from '../../ui/popover.tsx'

const offeredMost = 8

/** Pictures of a work that is there already. */
export function AddToArtwork({ mediaIds }: { mediaIds: MediaId[] }) {
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState('')
  const counts = useCall('artworks.counts', {})
  const found = useCall(
    'artworks.list',
    { filter: { text }, sort: 'newest', after: null, limit: offeredMost },
    { isEnabled: isOpen, keepsPrevious: true },
  )
  if (!counts.data?.total) return null
  const add = async (id: number, title: string): Promise<void> => {
    const told = `Added ${plural(mediaIds.length, 'picture')} to “${title}”.`
    if (await changeArtwork('artworks.addMedia', { id, mediaIds }, told)) goToArtwork(id, { replaces: true })
  }
  return (
    <div className="popover-anchor artwork-add">
      <Button icon="add" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        Add to an artwork
      </Button>
      {isOpen && (
        <Popover label="artworks to add to" onClose={() => setIsOpen(false)}>
          <input
            type="text"
            className="text-field"
            aria-label="Find an artwork"
            placeholder="Title or inventory number"
            autoComplete="off"
            // biome-ignore lint/a11y/noAutofocus: it was opened to type in it.
            autoFocus
            value={text}
            onChange={event => setText(event.target.value)}
          />
          <ul>
            {found.data?.items.map(({ id, title, inventoryNumber }) => (
              <li key={id}>
                <button type="button" className="place" onClick={() => void add(id, title)}>
                  <span>{title}</span>
                  <span className="place-count">{inventoryNumber}</span>
                </button>
              </li>
            ))}
            {found.data?.items.length === 0 && <li className="hint">No artwork is called so.</li>}
          </ul>
        </Popover>
      )}
    </div>
  )
}
