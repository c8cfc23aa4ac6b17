import { queryClient, transport } from './api.ts'
import type { MediaId, Output } from './contract.ts'
import { currentMedia } from './current-media.ts'
import { plural } from './format.ts'
import { perform } from './history.ts'
import { tell, tellFailure } from './notice.ts'
import { gridLayout } from './preferences.ts'
import { changeFilter, go, homeRoute, type Route, routeNow } from './route.ts'
import { selectedMedia, selectedMost } from './selected-media.ts'
import { createStore } from './store.ts'

export type Collection = Output<'collections.list'>[number]
export type View = Output<'views.list'>[number]

/** The pictures that a collection is being chosen for. */
export const choosingFor = createStore<readonly MediaId[] | null>(null)

/** Asked for at once, so that what was just named is there before an event says so. */
async function changed(command: Promise<unknown>): Promise<void> {
  await command
  await Promise.all(['collections.list', 'views.list'].map(name => queryClient.invalidateQueries({ queryKey: [name] })))
}

export function createCollection(name: string, mediaIds: readonly MediaId[] = []): Promise<void> {
  const told = mediaIds.length > 0 ? `Put ${plural(mediaIds.length, 'picture')} into “${name}”.` : `Made “${name}”.`
  return changed(perform(() => transport.call('collections.create', { name, mediaIds: [...mediaIds] }), told))
}

export const renameCollection = (id: number, name: string): Promise<void> =>
  changed(perform(() => transport.call('collections.rename', { id, name }), `It is called “${name}” now.`))

export function deleteCollection({ id, name }: Pick<Collection, 'id' | 'name'>): Promise<void> {
  if (routeNow().filter.collectionId === id) changeFilter({ collectionId: undefined })
  return changed(perform(() => transport.call('collections.delete', { id }), `Deleted the collection “${name}”.`))
}

export function addToCollection({ id, name }: Pick<Collection, 'id' | 'name'>, mediaIds: readonly MediaId[]) {
  const add = async () => {
    const added = await transport.call('collections.add', { id, mediaIds: [...mediaIds] })
    if (added.count === 0) tell(`All of it was in “${name}” before.`)
    return added
  }
  return changed(perform(add, `Added to “${name}”.`))
}

export function takeFromCollection({ id, name }: Pick<Collection, 'id' | 'name'>, mediaIds: readonly MediaId[]) {
  const told = `Took ${plural(mediaIds.length, 'picture')} from “${name}”.`
  return changed(perform(() => transport.call('collections.remove', { id, mediaIds: [...mediaIds] }), told))
}

/** What the keys act on: the open picture, the selection, else the picture the cursor is on. */
export const hasPictures = (): boolean =>
  routeNow().openId !== null || selectedMedia.get().count > 0 || currentMedia.get().focusedId !== null

/** Their ids; none, and told why, where they are too many for one command. */
export async function picturesForCommand(): Promise<MediaId[]> {
  const { openId } = routeNow()
  if (openId !== null) return [openId]
  const { count, ids } = selectedMedia.get()
  const { focusedId } = currentMedia.get()
  if (count === 0) return focusedId === null ? [] : [focusedId]
  if (count > selectedMost) {
    tell('Choose at most 10,000 pictures at a time.')
    return []
  }
  return ids()
}

export async function chooseCollection(): Promise<void> {
  try {
    const ids = await picturesForCommand()
    if (ids.length > 0) choosingFor.set(ids)
  } catch (error) {
    tellFailure(error)
  }
}

const withoutOrder = (filter: object): string =>
  JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)))

/** Whatever the layout is now: who looks at a view in another one is still there. */
export function isAtView({ screen, filter, sort, group }: Route, view: View): boolean {
  const isSame = sort === view.sort && group === view.group
  return screen === 'library' && isSame && withoutOrder(filter) === withoutOrder(view.filter)
}

export function goToView({ filter, sort, group, layout }: View): void {
  if (layout) gridLayout.set(layout)
  go({ ...homeRoute, filter, sort, group })
}

/** What the grid shows now, to be shown again. */
export function saveView(name: string): Promise<void> {
  const { filter, sort, group } = routeNow()
  const view = { name, filter, sort, group, layout: gridLayout.get() }
  return changed(perform(() => transport.call('views.save', view), `Saved the view “${name}”.`))
}

export const renameView = (id: number, name: string): Promise<void> =>
  changed(perform(() => transport.call('views.rename', { id, name }), `It is called “${name}” now.`))

export const deleteView = ({ id, name }: Pick<View, 'id' | 'name'>): Promise<void> =>
  changed(perform(() => transport.call('views.delete', { id }), `Deleted the view “${name}”.`))
