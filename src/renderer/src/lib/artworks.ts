import { type Artwork, type ArtworkId, type CopyKey, formatCopyNumber } from '../../../shared/artworks.ts'
import { transport } from './api.ts'
import { type ArtworkSpot, allArtworks, mediaOfWorkMost } from './artwork-spot.ts'
import type { CommandName, Input, MediaId } from './contract.ts'
import { currentMedia } from './current-media.ts'
import { perform } from './history.ts'
import { tell, tellFailure } from './notice.ts'
import { refreshArtworks } from './refresh-artworks.ts'
import { go, routeNow } from './route.ts'
import { selectedMedia } from './selected-media.ts'

type ArtworkCommand = Exclude<
  Extract<CommandName, `artworks.${string}` | `series.${string}`>,
  'artworks.create' | 'artworks.addCopy'
>

/** Does it, tells it with the way back, and shows it. @returns whether it was done. */
export async function changeArtwork<N extends ArtworkCommand>(
  name: N,
  input: Input<N>,
  told: string,
): Promise<boolean> {
  const isDone = await perform(() => transport.call(name, input) as Promise<{ commandId: number | null }>, told)
  refreshArtworks()
  return isDone
}

/** @returns the new work; null where it was refused, which was told. */
export async function createArtwork(input: Input<'artworks.create'>): Promise<ArtworkId | null> {
  let id: ArtworkId | null = null
  await perform(async () => {
    const made = await transport.call('artworks.create', input)
    id = made.id
    return made
  }, `Made the artwork “${input.fields.title}”.`)
  refreshArtworks()
  return id
}

/** @param number null: the next. @returns the copy; null where it was refused, which was told. */
export async function addCopy(
  { id, title, edition }: Artwork,
  kind: CopyKey['kind'],
  number: number | null,
): Promise<CopyKey | null> {
  let copy: CopyKey | null = null
  await perform(
    async () => {
      const added = await transport.call('artworks.addCopy', { id, kind, number })
      copy = added.copy
      return added
    },
    `Added ${number === null ? 'a copy' : formatCopyNumber({ kind, number }, edition)} to “${title}”.`,
  )
  refreshArtworks()
  return copy
}

export const goToArtworks = (): void => go({ screen: 'artworks', artworks: allArtworks, openId: null })

/** The list as it was last looked at, and the work that was opened from it. */
type ListSpot = Extract<ArtworkSpot, { kind: 'list' }>

let lastList: { spot: ListSpot; openedId: ArtworkId | null } = { spot: allArtworks, openedId: null }

export const lastOpenedArtwork = (): ArtworkId | null => lastList.openedId
export const lastArtworkList = (): ListSpot => lastList.spot
export const rememberArtworkList = (spot: ListSpot): void => {
  lastList = { ...lastList, spot }
}
export const goBackToArtworks = (): void => go({ screen: 'artworks', artworks: lastList.spot, openId: null })
export function goToArtwork(id: ArtworkId, options?: { replaces: boolean }): void {
  lastList = { ...lastList, openedId: id }
  go({ screen: 'artworks', artworks: { kind: 'one', id }, openId: null }, options)
}

/** What the keys act on: the open picture, the selection, or the picture where the keyboard is. */
export const hasPictures = (): boolean =>
  routeNow().openId !== null ||
  (routeNow().screen === 'library' && (selectedMedia.get().count > 0 || currentMedia.get().focusedId !== null))

async function chosenPictures(): Promise<MediaId[]> {
  const { openId } = routeNow()
  if (openId !== null) return [openId]
  if (selectedMedia.get().count > 0) return selectedMedia.get().ids()
  const { focusedId } = currentMedia.get()
  return focusedId === null ? [] : [focusedId]
}

/** Shows what a work of these pictures would say. */
export async function proposeArtwork(): Promise<void> {
  if (selectedMedia.get().count > mediaOfWorkMost && routeNow().openId === null) {
    return tell(`A work has at most ${mediaOfWorkMost} pictures. Select fewer.`)
  }
  try {
    const mediaIds = await chosenPictures()
    if (mediaIds.length > 0) go({ screen: 'artworks', artworks: { kind: 'new', mediaIds }, openId: null })
  } catch (error) {
    tellFailure(error)
  }
}
