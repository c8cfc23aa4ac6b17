import { useInfiniteQuery } from '@tanstack/react-query'
import { transport } from '../../lib/api.ts'
import type { Input, Output } from '../../lib/contract.ts'

export type DriveEntry = Output<'drive.browse'>['entries'][number]
type Place = Input<'drive.browse'>['place']

/** Drive does not say by itself what changed in it: after this a folder is read again when it is opened. */
const staleAfterMs = 60_000

/** Two shortcuts to one folder have its id, and pages may overlap when Drive changes between them. */
export function uniqueEntries(pages: readonly { entries: readonly DriveEntry[] }[]): DriveEntry[] {
  const all = pages.flatMap(page => page.entries)
  return [...new Map(all.map(entry => [`${entry.isShortcut} ${entry.id} ${entry.name}`, entry])).values()]
}

/** What is in a place, as many pages as somebody scrolled to. */
export function useDrivePages(accountId: number, place: Place | null, isEnabled: boolean) {
  const pages = useInfiniteQuery({
    queryKey: ['drive.browse', { accountId, place }],
    queryFn: ({ pageParam, signal }) =>
      transport.call(
        'drive.browse',
        { accountId, place: place as Place, ...(pageParam !== null && { pageToken: pageParam }) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: last => last.pageToken,
    select: ({ pages }) => ({ entries: uniqueEntries(pages), pageCount: pages.length }),
    staleTime: staleAfterMs,
    enabled: isEnabled && place !== null,
  })
  return { ...pages, entries: pages.data?.entries ?? noEntries, pageCount: pages.data?.pageCount ?? 0 }
}

const noEntries: DriveEntry[] = []
export type DrivePages = ReturnType<typeof useDrivePages>
