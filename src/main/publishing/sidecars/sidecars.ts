import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SidecarNaming } from '../../../shared/contract.ts'
import { explained, isFaultOfName } from '../failures.ts'
import { ownTags, said, tagNames } from '../media-columns.ts'
import type { PublishedMedia, PublishedPages } from '../rows.ts'
import { type SidecarFacts, sidecarDocument } from './document.ts'
import { endingOf, safeName, sidecarName } from './names.ts'
import { type SidecarEnd, writeSidecar } from './write-sidecar.ts'

export interface SidecarOptions {
  naming: SidecarNaming
  /** Also what analysers said and nobody has confirmed. */
  includesSuggestions: boolean
  /** Where they go, in the structure of the originals' folders; null: beside the originals. */
  folder: string | null
  /** What the folders of the library are called in it, by their numbers. */
  folderNames: ReadonlyMap<number, string>
}

/** How it ended with one picture. */
export interface SidecarResult {
  file: string
  end: SidecarEnd
}

/** Writes a sidecar for each picture, one after the other. One that cannot be written does not hold up the others. */
export async function* writeSidecars(pages: PublishedPages, options: SidecarOptions): AsyncGenerator<SidecarResult[]> {
  for await (const page of pages) {
    const results: SidecarResult[] = []
    for (const media of page) results.push({ file: media.path ?? media.filename, end: await writeOne(media, options) })
    yield results
  }
}

async function writeOne(media: PublishedMedia, options: SidecarOptions): Promise<SidecarEnd> {
  const place =
    options.folder === null ? await besideOriginal(media) : inFolder(media, options.folder, options.folderNames)
  if ('reason' in place) return place
  const target = join(place.folder, sidecarName(place.filename, options.naming, media.hasNamesake))
  const facts = sidecarFacts(media, options.includesSuggestions)
  try {
    // In a folder of the disk no two files have the same name.
    return await writeSidecar(target, sidecarDocument(facts), media.source === 'folder')
  } catch (cause) {
    if (isFaultOfName(cause)) return { reason: 'A file of this name cannot be written there.' }
    throw explained(cause, target)
  }
}

type Place = { folder: string; filename: string } | { reason: string }

async function besideOriginal({ source, sourceId, folder, path }: PublishedMedia): Promise<Place> {
  if (source !== 'folder' || folder === null || path === null) {
    return { reason: 'Its original is in no folder of this computer. Export its sidecar into a folder.' }
  }
  const names = path.split('/')
  const isPlain = path === sourceId && !names.includes('..')
  const original = join(folder.path, ...names)
  const isThere =
    isPlain &&
    (await stat(original).then(
      found => found.isFile(),
      () => false,
    ))
  if (!isThere) return { reason: 'Its original is not where it was. Import its folder again, then export.' }
  return { folder: join(folder.path, ...names.slice(0, -1)), filename: basename(original) }
}

function inFolder(media: PublishedMedia, root: string, folderNames: ReadonlyMap<number, string>): Place {
  const names = (media.path ?? media.filename).split('/').map(name => safeName(name))
  const folder = (media.folder && folderNames.get(media.folder.id)) ?? '_'
  return { folder: join(root, folder, ...names.slice(0, -1)), filename: names.at(-1) as string }
}

/** Titles, creators and rights are those in the file; words and tags a person's, and the file's own where there are none. */
function sidecarFacts(media: PublishedMedia, includesSuggestions: boolean): SidecarFacts {
  const tags = includesSuggestions ? tagNames(media) : ownTags(media)
  return {
    title: media.title,
    description: (includesSuggestions ? said(media, 'description') : media.words.description) ?? media.caption,
    tags: withoutTwins([...tags, ...media.keywords]),
    rating: media.rating,
    flag: media.flag,
    label: media.label,
    creator: media.artist,
    rights: media.copyright,
    ending: endingOf(media.filename),
    source: media.source,
    sourceId: media.sourceId,
    sha256: media.sha256,
  }
}

/** `Ink` and `ink` are one tag; the first stays. */
function withoutTwins(tags: readonly string[]): string[] {
  const byKey = new Map<string, string>()
  for (const tag of tags) if (!byKey.has(tag.toLowerCase())) byKey.set(tag.toLowerCase(), tag)
  return [...byKey.values()]
}
