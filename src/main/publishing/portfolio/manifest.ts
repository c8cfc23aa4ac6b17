/** What lies in a folder of ours, with the SHA-256 of each file as it was written. */
export const manifestFile = 'portfolio.json'
/** Files that were written since the manifest, a line each. While it is there, the folder is not complete. */
export const journalFile = 'portfolio-unfinished.jsonl'

const format = 'burg-ink-portfolio'
const version = 1

/** Every name that we ever give: nothing else is read from a manifest, so that it can lead nowhere. */
const ownPath =
  /^(?:(?:index|about)\.html|style\.css|keys\.js|(?:works|series)\/[a-z0-9][a-z0-9._-]*\.html|pictures\/\d+-[0-9a-f]{10}-\d+x\d+\.jpg)$/
const hash = /^[0-9a-f]{64}$/

export type Manifest = Map<string, string>

export function manifestText(files: Manifest): string {
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({ format, version, files: Object.fromEntries(sorted) }, null, 1)}\n`
}

/** Null where it is not one that this version wrote. */
export function readManifest(text: string): Manifest | null {
  const read = parsed(text)
  if (read?.format !== format || read.version !== version || typeof read.files !== 'object') return null
  return new Map(Object.entries(read.files ?? {}).filter(isOwn))
}

export const journalLine = (path: string, sha256: string): string => `${JSON.stringify([path, sha256])}\n`

/** The last line may have been cut off by whatever ended the program; its file was not there yet. */
export function readJournal(text: string): [path: string, sha256: string][] {
  return text
    .split('\n')
    .map(parsed)
    .filter(line => Array.isArray(line))
    .filter(isOwn)
}

function isOwn(entry: readonly unknown[]): entry is [string, string] {
  const [path, sha256] = entry
  return typeof path === 'string' && typeof sha256 === 'string' && ownPath.test(path) && hash.test(sha256)
}

// biome-ignore lint/suspicious/noExplicitAny: whatever it is, it is looked at before it is used.
function parsed(text: string): any {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
