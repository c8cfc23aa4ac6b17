import { useEffect } from 'react'
import type { MediaTile } from '../../lib/contract.ts'
import { decodedPictures } from './decoded.ts'
import { originalOf, previewOf } from './renditions.ts'

/** Keeps these decoded and nothing else; looked at closely, the originals of the first few as well. */
export function useKept(tiles: readonly MediaTile[], closeCount: number): void {
  const shown = tiles.filter(({ status, version }) => status !== 'failed' && version !== '')
  const originals = shown
    .slice(0, closeCount)
    .map(originalOf)
    .flatMap(original => ('address' in original ? [original.address] : []))
  const wanted = [...shown.slice(0, 1).map(previewOf), ...originals, ...shown.slice(1).map(previewOf)]
  const key = wanted.join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the addresses are their text.
  useEffect(() => afterDrawn(() => decodedPictures.keep(wanted)), [key])
  useEffect(() => () => decodedPictures.keep([]), [])
}

/** @returns takes it back. Once the picture that was asked for is on the screen: the next ones would take its time. */
function afterDrawn(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
