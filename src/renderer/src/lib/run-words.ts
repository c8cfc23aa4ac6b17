import type { RunStep } from './contract.ts'

/** What functions do, in a person's words, in the order of the list. */
const titles: Record<string, string> = {
  'import-folder': 'Look through a folder',
  'import-file': 'Bring in a file',
  'finish-import': 'Finish an import',
  'process-google-images': 'Bring in from Google Drive',
  'sync-watched-folders': 'Look into watched folders',
  'send-originals': 'Send originals to the cloud',
  'move-originals': 'Move originals',
  'describe-pictures': 'Describe pictures',
  'embed-descriptions': 'Compare descriptions',
}

const failureSuffix = '-failure'

export function runTitle(functionId: string): string {
  if (functionId.endsWith(failureSuffix))
    return `After a failure: ${runTitle(functionId.slice(0, -failureSuffix.length))}`
  return titles[functionId] ?? functionId
}

const order = Object.keys(titles)
const placeOf = (functionId: string): number => {
  const place = order.indexOf(functionId)
  return place === -1 ? order.length : place
}

/** For lists: as things come about, and what follows from a failure last. */
export const byFunction = (a: string, b: string): number => placeOf(a) - placeOf(b) || a.localeCompare(b)

const kinds: Record<string, string> = {
  sendEvent: 'tells others',
  sleep: 'waits for its time',
  waitForEvent: 'waits for an event',
  waitForSignal: 'waits for a signal',
  invoke: 'waits for other work',
  fetch: 'asks a server',
}

/** What a step is, where its name does not say it all; empty for one that simply works. */
export const stepKind = ({ kind }: Pick<RunStep, 'kind'>): string => kinds[kind] ?? ''

/** Steps are named by their ids, such as `read-original`: "Read original". */
export function stepTitle({ name, kind }: Pick<RunStep, 'name' | 'kind'>): string {
  if (kind === 'function') return 'Between the steps'
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "35 ms", "2.4 s", "12 min". */
export function formatTook(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  const minutes = Math.round(ms / 60_000)
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
