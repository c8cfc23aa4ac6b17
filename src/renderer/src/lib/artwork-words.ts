import type { ArtworkSort, FieldSource, MediaRole } from '../../../shared/artworks.ts'

export { statusTitles } from '../../../shared/artworks/status-titles.ts'

export const roleTitles: Record<MediaRole, string> = {
  main: 'Main picture',
  detail: 'Detail',
  'in-progress': 'In progress',
  installation: 'Installation',
  scan: 'Scan',
  print: 'Print',
}

export const artworkSortTitles: Record<ArtworkSort, string> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  title: 'Title',
  'year-newest': 'Latest year',
  'year-oldest': 'Earliest year',
  number: 'Inventory number',
  series: 'As in the series',
}

export const sourceTitles: Record<FieldSource['source'], string> = {
  file: 'from the file',
  folder: 'from the folder',
  analysis: 'suggested',
  person: 'your words',
}
