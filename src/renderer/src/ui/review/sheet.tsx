import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { MediaTile } from '../../lib/contract.ts'
import { paintPlaceholder } from '../../lib/placeholder.ts'
import { isTransparent } from '../../lib/transparency.ts'
import { decodedPictures } from './decoded.ts'
import { previewOf, thumbnailOf } from './renditions.ts'

/** What is seen of it: the preview, its original, or the preview while the original comes or cannot be had. */
export type Shown = 'preview' | 'original' | 'loading' | 'unavailable'

interface SheetProps {
  tile: MediaTile
  /** Null: the preview will do. */
  original: string | null
  onShown: (shown: Shown) => void
}

/**
 * All that is known of a picture, one over the other in the same place: its placeholder, its thumbnail, its preview, its
 * original, each as soon as it is decoded and never before, so that nothing flashes and nothing moves.
 */
export function Sheet({ tile, original, onShown }: SheetProps) {
  const preview = useDecoded(previewOf(tile))
  const close = useDecoded(original)
  const isComing = preview !== true && close !== true
  const isSeenThrough = isTransparent(tile.placeholder)
  const shown = original === null ? 'preview' : close === true ? 'original' : close === null ? 'loading' : 'unavailable'
  const tell = useRef(onShown)
  tell.current = onShown
  useEffect(() => tell.current(shown), [shown])
  return (
    <>
      {isComing && !isSeenThrough && <Placeholder placeholder={tile.placeholder} />}
      {isComing && <img alt="" src={thumbnailOf(tile)} />}
      {close === true ? (
        <Decoded address={original ?? ''} alt={tile.filename} />
      ) : (
        preview && <Decoded address={previewOf(tile)} alt={tile.filename} />
      )}
    </>
  )
}

/** Whether it is decoded; null while it comes. */
function useDecoded(address: string | null): boolean | null {
  const [, setTurn] = useState(0)
  useEffect(() => {
    let isCurrent = true
    if (address !== null) void decodedPictures.get(address).ready.then(() => isCurrent && setTurn(turn => turn + 1))
    return () => {
      isCurrent = false
    }
  }, [address])
  return address === null ? null : decodedPictures.get(address).isDecoded
}

/** The very element that was decoded. */
function Decoded({ address, alt }: { address: string; alt: string }) {
  const host = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const { image } = decodedPictures.get(address)
    image.alt = alt
    image.draggable = false
    host.current?.replaceChildren(image)
  }, [address, alt])
  return <span ref={host} className="review-decoded" />
}

function Placeholder({ placeholder }: { placeholder: string | null }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    if (canvas.current) paintPlaceholder(canvas.current, placeholder)
  }, [placeholder])
  return <canvas ref={canvas} width={1} height={1} />
}
