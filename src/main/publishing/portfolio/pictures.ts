import type { MediaTile } from '../../../shared/media.ts'
import type { WorkPicture } from '../works.ts'
import type { PortfolioFolder, Put } from './folder.ts'
import { pictureStem } from './names.ts'

/** Longest edges: a wall, a wall on a fine screen or a page on a phone, a page. Largest first. */
const edges = [1920, 960, 480] as const

export interface SitePicture {
  /** Smallest first; at least one. */
  sizes: readonly { path: string; width: number; height: number }[]
  /** What is there before it is. */
  colour: string
}

type Size = SitePicture['sizes'][number]

/** @param tell what became of each file. */
export function createPictures(folder: PortfolioFolder, picture: WorkPicture, tell: (path: string, put: Put) => void) {
  /** A picture may show several works; where one stands twice it is written once. */
  const written = new Map<string, readonly Size[]>()
  const earlier = sizesByStem(folder.known())

  /** What was made of it earlier, so that it need not be made again; null where a part of that is not there as it was. */
  async function kept(stem: string): Promise<readonly Size[] | null> {
    const sizes = (earlier.get(stem) ?? []).toSorted((a, b) => longest(a) - longest(b))
    const largest = sizes.at(-1)
    if (!largest) return null
    // One may be missing where the program was ended between two of them.
    const expected = [longest(largest), ...edges.filter(edge => edge < longest(largest))].toReversed()
    if (sizes.length !== expected.length || expected.some((edge, at) => longest(sizes[at] as Size) !== edge))
      return null
    for (const { path } of sizes) if (!(await folder.keep(path))) return null
    for (const { path } of sizes) tell(path, 'unchanged')
    return sizes
  }

  async function made(stem: string, { id }: MediaTile): Promise<readonly Size[]> {
    const sizes: Size[] = []
    for (const edge of edges) {
      const last = sizes[0]
      if (last && longest(last) <= edge) continue
      const found = await picture(id, edge)
      if (!found) break
      const { jpeg, width, height } = found
      const path = `${stem}${width}x${height}.jpg`
      tell(path, await folder.put(path, jpeg))
      sizes.unshift({ path, width, height })
    }
    return sizes
  }

  /** Null where there is nothing to be seen of it. */
  return async (media: MediaTile): Promise<SitePicture | null> => {
    const stem = pictureStem(media)
    const sizes = written.get(stem) ?? (await kept(stem)) ?? (await made(stem, media))
    written.set(stem, sizes)
    const colour = /^#[0-9a-f]{6}$/i.test(media.meanColour ?? '') ? (media.meanColour as string) : '#808080'
    return sizes.length > 0 ? { sizes, colour } : null
  }
}

const longest = ({ width, height }: Size): number => Math.max(width, height)

function sizesByStem(paths: Iterable<string>): Map<string, Size[]> {
  const byStem = new Map<string, Size[]>()
  for (const path of paths) {
    const [, stem, width, height] = /^(pictures\/.*-)(\d+)x(\d+)\.jpg$/.exec(path) ?? []
    if (stem === undefined) continue
    const sizes = byStem.get(stem) ?? []
    sizes.push({ path, width: Number(width), height: Number(height) })
    byStem.set(stem, sizes)
  }
  return byStem
}
