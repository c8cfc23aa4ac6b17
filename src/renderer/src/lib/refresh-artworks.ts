import { queryClient } from './api.ts'

/** Calls whose answers are of works. */
const asked = ['artworks.list', 'artworks.get', 'artworks.beside', 'artworks.counts', 'artworks.ofMedia', 'series.list']

export function refreshArtworks(): void {
  for (const name of asked) void queryClient.invalidateQueries({ queryKey: [name] })
}
