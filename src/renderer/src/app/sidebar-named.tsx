import { useCall } from '../lib/api.ts'
import {
  createCollection,
  deleteCollection,
  deleteView,
  goToView,
  isAtView,
  renameCollection,
  renameView,
  saveView,
} from '../lib/collections.ts'
import { dropOnCollection } from '../lib/dragged-pictures.ts'
import { plural } from '../lib/format.ts'
import { sidebarEdit } from '../lib/sidebar-edit.ts'
import { useStore } from '../lib/store.ts'
import { IconButton } from '../ui/button.tsx'
import { NamedPlace, NameField } from './named-place.tsx'
import { List } from './place.tsx'

export function Collections() {
  const collections = useCall('collections.list', {}).data ?? []
  const edit = useStore(sidebarEdit)
  const isNew = edit?.kind === 'collection' && edit.mode === 'new'
  const add = (
    <IconButton
      icon="add"
      className="list-add"
      label="New collection (Shift+B)"
      onClick={() => sidebarEdit.set({ kind: 'collection', id: null, mode: 'new' })}
    />
  )
  return (
    <List title="Collections" action={add}>
      {collections.map(({ id, name, count }) => (
        <NamedPlace
          key={id}
          kind="collection"
          id={id}
          icon="collection"
          label={name}
          count={count}
          filter={{ collectionId: id }}
          staying={
            count === 0 ? '' : `Its ${plural(count, 'picture')} ${count === 1 ? 'stays' : 'stay'} in the library.`
          }
          onRename={newName => void renameCollection(id, newName)}
          onDelete={() => void deleteCollection({ id, name })}
          onDropPictures={() => void dropOnCollection({ id, name })}
        />
      ))}
      {isNew && <NameField label="Name of the new collection" name="" onName={name => void createCollection(name)} />}
      {collections.length === 0 && !isNew && (
        <li className="sidebar-hint">Gather pictures from anywhere: select some and press B.</li>
      )}
    </List>
  )
}

export function Views() {
  const views = useCall('views.list', {}).data ?? []
  const edit = useStore(sidebarEdit)
  const isNew = edit?.kind === 'view' && edit.mode === 'new'
  if (views.length === 0 && !isNew) return null
  return (
    <List title="Views">
      {views.map(view => (
        <NamedPlace
          key={view.id}
          kind="view"
          id={view.id}
          icon="filter"
          label={view.name}
          filter={view.filter}
          staying="Its pictures stay as they are."
          isHere={route => isAtView(route, view)}
          onGo={() => goToView(view)}
          onRename={newName => void renameView(view.id, newName)}
          onDelete={() => void deleteView(view)}
        />
      ))}
      {isNew && <NameField label="Name of this view" name="" onName={name => void saveView(name)} />}
    </List>
  )
}
