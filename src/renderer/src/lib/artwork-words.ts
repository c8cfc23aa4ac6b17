import type { ArtworkSort, ArtworkStatus, FieldSource, MediaRole } from '../../../shared/artworks.ts'

export const statusTitles: Record<ArtworkStatus, string> = {
  available: 'Available',
  reserved: 'Reserved',
  sold: 'Sold',
  'on-loan': 'On loan',
  'not-for-sale': 'Not for sale',
}

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
