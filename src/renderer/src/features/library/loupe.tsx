import { useEffect, useState } from 'react'
import { transport } from '../../lib/api.ts'
import type { MediaId, MediaTile } from '../../lib/contract.ts'
import { go } from '../../lib/route.ts'
import { useStore } from '../../lib/store.ts'
import { decodePreview, LoupeFrame } from '../../ui/loupe-frame.tsx'
import type { GridController } from './grid/grid-controller.ts'

const decodedAround = [1, -1, 2, 3]

/** A picture of the grid. The next ones are decoded before they are asked for. */
export function Loupe({ controller, openId }: { controller: GridController; openId: MediaId }) {
  const { tile, index, step } = useOpenTile(controller, openId)
  return <LoupeFrame tile={tile} index={index} total={controller.list.total} step={step} back="Back to the grid" />
}

/** The tile that is open and where it stands. Opened by its address alone, it may be further away than is known. */
function useOpenTile(controller: GridController, openId: MediaId) {
  const { list, cursor } = controller
  // Pages that arrive may hold it.
  useStore(controller.state)
  const [alone, setAlone] = useState<MediaTile>()
  const index = list.indexOf(openId)
  const tile = index === undefined ? (alone?.id === openId ? alone : undefined) : list.tileAt(index)

  useEffect(() => {
    controller.isLoupeOpen = true
    return () => {
      controller.isLoupeOpen = false
    }
  }, [controller])
  useEffect(() => {
    if (list.indexOf(openId) !== undefined) return
    transport.call('media.get', { id: openId }).then(setAlone, () => go({ openId: null }, { replaces: true }))
  }, [list, openId])
  useEffect(() => {
    if (index === undefined) return
    if (cursor.focusedId !== openId) controller.goTo(index)
    for (const distance of decodedAround) void decodeAhead(controller, index + distance)
  }, [controller, cursor, index, openId])

  const step = (distance: number): void => {
    const next = index === undefined ? 0 : index + distance
    if (next < 0 || next >= list.total) return
    void list.fetchTile(next).then(found => {
      if (!found) return
      controller.goTo(next)
      go({ openId: found.id }, { replaces: true })
    })
  }
  return { tile, index, step }
}

async function decodeAhead({ list }: GridController, index: number): Promise<void> {
  await decodePreview(index >= 0 && index < list.total ? list.tileAt(index) : undefined)
}
