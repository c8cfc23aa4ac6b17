import { useState } from 'react'
import { useCall } from '../../lib/api.ts'
import { addToCollection, createCollection } from '../../lib/collections.ts'
import type { MediaId } from '../../lib/contract.ts'
import { formatCount, plural } from '../../lib/format.ts'
import { ChoiceDialog } from '../../ui/choice-dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { type Choice, choicesFor } from './choices.ts'
import './collections.css'

/** Which collection these pictures go into: one that there is, or a new one of the name that is typed. */
export function CollectionChooser({ mediaIds, onClose }: { mediaIds: readonly MediaId[]; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const collections = useCall('collections.list', {})

  const take = (choice: Choice): void => {
    onClose()
    void (choice.id === null ? createCollection(choice.name, mediaIds) : addToCollection(choice, mediaIds))
  }
  return (
    <ChoiceDialog
      className="chooser"
      label="Add to a collection"
      field={{
        label: 'Collection, or the name of a new one',
        placeholder: `Collection for ${plural(mediaIds.length, 'picture')}`,
        value: typed,
        onChange: setTyped,
        maxLength: 100,
      }}
      list={{
        label: 'Collections',
        none: 'Type a name: a collection of it is made, with these pictures in it.',
      }}
      choices={choicesFor(collections.data ?? [], typed)}
      keyOf={({ id }) => id ?? 'new'}
      draw={choice => (
        <>
          <Icon name={choice.id === null ? 'add' : 'collection'} />
          <span className="choice-text">{choice.id === null ? `New collection “${choice.name}”` : choice.name}</span>
          {choice.id !== null && <span className="chooser-count">{formatCount(choice.count)}</span>}
        </>
      )}
      take={take}
      onClose={onClose}
    />
  )
}
