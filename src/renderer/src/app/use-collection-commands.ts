import { useCall } from '../lib/api.ts'
import {
  chooseCollection,
  goToView,
  hasPictures,
  isAtView,
  picturesForCommand,
  takeFromCollection,
} from '../lib/collections.ts'
import { type Command, useCommands } from '../lib/commands.ts'
import { go, homeRoute, routeNow } from '../lib/route.ts'
import { type NamedKind, sidebarEdit } from '../lib/sidebar-edit.ts'

const isInLibrary = (): boolean => routeNow().screen === 'library'

/** Commands on collections and kept views. */
export function useCollectionCommands(): void {
  const collections = useCall('collections.list', {}).data ?? []
  const views = useCall('views.list', {}).data ?? []
  const collection = () => collections.find(({ id }) => id === routeNow().filter.collectionId)
  const view = () => views.find(each => isAtView(routeNow(), each))
  const take = async (): Promise<void> => {
    const from = collection()
    const ids = await picturesForCommand()
    if (from && ids.length > 0) await takeFromCollection(from, ids)
  }
  useCommands([
    {
      id: 'collection.add',
      title: 'Add to a collection…',
      group: 'Collections',
      keys: ['B'],
      isAvailable: () => isInLibrary() && hasPictures(),
      run: () => void chooseCollection(),
    },
    {
      id: 'collection.take',
      title: 'Take from this collection',
      group: 'Collections',
      keys: ['Delete'],
      isAvailable: () => isInLibrary() && hasPictures() && collection() !== undefined,
      run: () => void take(),
    },
    {
      id: 'collection.new',
      title: 'New collection…',
      group: 'Collections',
      keys: ['Shift+B'],
      isAvailable: () => routeNow().openId === null,
      run: () => sidebarEdit.set({ kind: 'collection', id: null, mode: 'new' }),
    },
    {
      id: 'view.save',
      title: 'Save this view…',
      group: 'Collections',
      keys: ['Shift+V'],
      isAvailable: () => isInLibrary() && routeNow().openId === null && view() === undefined,
      run: () => sidebarEdit.set({ kind: 'view', id: null, mode: 'new' }),
    },
    ...changesOf('collection', collection),
    ...changesOf('view', view),
    ...collections.map<Command>(({ id, name }) => ({
      id: `go.collection.${id}`,
      title: `Collection ${name}`,
      group: 'Go to',
      run: () => go({ ...homeRoute, filter: { collectionId: id } }),
    })),
    ...views.map<Command>(each => ({
      id: `go.view.${each.id}`,
      title: `View ${each.name}`,
      group: 'Go to',
      run: () => goToView(each),
    })),
  ])
}

/** Of the one that is shown. */
function changesOf(kind: NamedKind, shown: () => { id: number } | undefined): Command[] {
  const change = (mode: 'rename' | 'delete'): void => {
    const at = shown()
    if (at) sidebarEdit.set({ kind, id: at.id, mode })
  }
  const isAvailable = () => routeNow().openId === null && shown() !== undefined
  return [
    {
      id: `${kind}.rename`,
      title: `Rename this ${kind}`,
      group: 'Collections',
      isAvailable,
      run: () => change('rename'),
    },
    {
      id: `${kind}.delete`,
      title: `Delete this ${kind}`,
      group: 'Collections',
      isAvailable,
      run: () => change('delete'),
    },
  ]
}
