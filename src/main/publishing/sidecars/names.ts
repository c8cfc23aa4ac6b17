import type { SidecarNaming } from '../../../shared/contract.ts'

/**
 * `barn.xmp`, which Adobe's programs look for and digiKam prefers; or `barn.jpg.xmp`, which is digiKam's own form and
 * darktable's. Where `barn.png` lies beside `barn.jpg`, only the long form says which of them is meant.
 */
export function sidecarName(filename: string, naming: SidecarNaming, hasNamesake: boolean): string {
  const dot = filename.lastIndexOf('.')
  return naming === 'long' || hasNamesake || dot <= 0 ? `${filename}.xmp` : `${filename.slice(0, dot)}.xmp`
}

export function endingOf(filename: string): string {
  const dot = filename.lastIndexOf('.')
  return dot <= 0 ? '' : filename.slice(dot + 1)
}

/** A name for each folder of the library, the same in every export: where several are called alike, with their numbers. */
export function folderNames(folders: readonly { id: number; name: string }[]): Map<number, string> {
  const safe = folders.map(({ id, name }) => ({ id, name: safeName(name) }))
  const isAlone = (name: string) => safe.filter(other => other.name.toLowerCase() === name.toLowerCase()).length === 1
  return new Map(safe.map(({ id, name }) => [id, isAlone(name) ? name : `${name} (${id})`]))
}

/** Names of Google Drive may hold anything. Where they are names of this disk they stay as they are, but on Windows. */
export function safeName(name: string, platform: NodeJS.Platform = process.platform): string {
  const forbidden = platform === 'win32' ? /[\p{Cc}<>:"/\\|?*]/gu : /[/\0]/g
  const safe = name.replaceAll(forbidden, '_')
  return safe === '' || safe === '.' || safe === '..' ? '_' : safe
}
