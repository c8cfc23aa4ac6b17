import { useEffect } from 'react'
import { useCall } from '../../lib/api.ts'
import type { MediaId } from '../../lib/contract.ts'
import { comparedMost, go, routeNow } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { Review, type ReviewItems } from '../../ui/review/review.tsx'
import type { GridController } from './grid/grid-controller.ts'
import { idsOf } from './grid/selection.ts'

/** A picture of the grid, with those around it. */
export function OpenPicture({ controller, openId }: { controller: GridController; openId: MediaId }) {
  const { tile, index } = useOpenTile(controller, openId)
  return <Review tile={tile} index={index} items={itemsOf(controller, index)} back="Back to the grid" />
}

function itemsOf(controller: GridController, index: number | undefined): ReviewItems {
  const { list, cursor } = controller
  return {
    total: list.total,
    tileAt: place => list.tileAt(place),
    goTo: place =>
      void list.fetchTile(place).then(found => {
        if (!found) return
        controller.goTo(place)
        go({ openId: found.id }, { replaces: 'soon' })
      }),
    comparable: async () => {
      const count = cursor.selectedCount
      if (count >= 2 && count <= comparedMost) return withOpen(await idsOf(cursor.selection, list))
      const next = index === undefined ? undefined : (list.tileAt(index + 1) ?? list.tileAt(index - 1))
      return next ? withOpen([next.id]) : []
    },
  }
}

/** The picture that is open is always one of them. */
function withOpen(ids: readonly MediaId[]): MediaId[] {
  const { openId } = routeNow()
  if (openId === null) return []
  return ids.includes(openId) ? [...ids] : [openId, ...ids].slice(0, comparedMost)
}

/** The tile that is open and where it stands. Opened by its address alone, it may be further away than is known. */
function useOpenTile(controller: GridController, openId: MediaId) {
  const { list, cursor } = controller
  // Pages that arrive may hold it.
  useStore(controller.state)
  const index = list.indexOf(openId)
  // Also one that a mark took out of what is listed stays as long as it is open.
  const alone = useCall('media.get', { id: openId }, { isEnabled: index === undefined })
  const tile = index === undefined ? alone.data : list.tileAt(index)

  useEffect(() => {
    controller.isPictureOpen = true
    return () => {
      controller.isPictureOpen = false
    }
  }, [controller])
  const isNowhere = index === undefined && alone.error !== null
  useEffect(() => {
    if (isNowhere) go({ openId: null }, { replaces: true })
  }, [isNowhere])
  useEffect(() => {
    // What is compared stays selected.
    const mode = routeNow().compared.length > 0 ? 'none' : 'only'
    if (index !== undefined && cursor.focusedId !== openId) controller.goTo(index, mode)
  }, [controller, cursor, index, openId])
  return { tile, index }
}
