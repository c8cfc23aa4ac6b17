import { useEffect, useRef, useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { addToCollection, createCollection } from '../../lib/collections.ts'
import type { MediaId } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { type Choice, choicesFor } from './choices.ts'
import './collections.css'

/** Which collection these pictures go into: one that there is, or a new one of the name that is typed. */
export function CollectionChooser({ mediaIds, onClose }: { mediaIds: readonly MediaId[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  const [place, setPlace] = useState(0)
  const collections = useCall('collections.list', {})
  const choices = choicesFor(collections.data ?? [], typed)
  const at = Math.min(place, choices.length - 1)
  useEffect(() => dialog.current?.showModal(), [])

  const take = (choice: Choice | undefined): void => {
    if (!choice) return
    onClose()
    void (choice.id === null ? createCollection(choice.name, mediaIds) : addToCollection(choice, mediaIds))
  }
  const onKeyDown = (event: React.KeyboardEvent): void => {
    event.stopPropagation()
    if (event.key === 'Enter') {
      event.preventDefault()
      take(choices[at])
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!step) return
    event.preventDefault()
    setPlace((at + step + choices.length) % Math.max(choices.length, 1))
  }
  return (
    <dialog
      ref={dialog}
      className="chooser"
      aria-label="Add to a collection"
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <input
        type="search"
        className="chooser-field"
        placeholder={`Collection for ${plural(mediaIds.length, 'picture')}`}
        aria-label="Collection, or the name of a new one"
        role="combobox"
        aria-expanded="true"
        aria-controls="chooser-list"
        aria-activedescendant={choices[at] && `chooser-${at}`}
        maxLength={100}
        autoComplete="off"
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          setPlace(0)
        }}
      />
      <div id="chooser-list" className="chooser-list" role="listbox" aria-label="Collections">
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
          <div
            key={choice.id ?? 'new'}
            id={`chooser-${index}`}
            ref={element => {
              if (index === at) element?.scrollIntoView({ block: 'nearest' })
            }}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onPointerMove={() => setPlace(index)}
            onClick={() => take(choice)}
          >
            <Icon name={choice.id === null ? 'add' : 'collection'} />
            <span className="chooser-name">{choice.id === null ? `New collection “${choice.name}”` : choice.name}</span>
            {choice.id !== null && <span className="chooser-count">{formatCount(choice.count)}</span>}
          </div>
        ))}
        {choices.length === 0 && (
          <p className="chooser-none">Type a name: a collection of it is made, with these pictures in it.</p>
        )}
      </div>
    </dialog>
  )
}
