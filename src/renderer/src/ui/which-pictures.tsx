import { useCall } from '../lib/api.ts'
import type { PublishedChoice } from '../lib/contract.ts'
import { plural } from '../lib/format.ts'
import { Choice } from './choice.tsx'

export type WhichPictures = 'selected' | 'view' | 'all'

interface Props {
  which: WhichPictures
  selected: readonly number[]
  view: Exclude<PublishedChoice, { mediaIds: number[] }>
  onChange: (which: WhichPictures) => void
}

/** The selection, where there is one, what the grid showed last, or all. */
export function WhichPicturesChoice({ which, selected, view, onChange }: Props) {
  const overview = useCall('library.overview', {})
  const index = useCall('media.index', { ...view, pageSize: 500 })
  const counted = (title: string, count: number | undefined): string =>
    count === undefined ? title : `${title}: ${plural(count, 'picture')}`
  const options: { value: WhichPictures; title: string; text?: string }[] = [
    ...(selected.length > 0 ? [{ value: 'selected' as const, title: counted('The selection', selected.length) }] : []),
    {
      value: 'view',
      title: counted('This view', index.data?.total),
      text: 'What the grid showed last, in its order.',
    },
    { value: 'all', title: counted('The whole library', overview.data?.counts.shown) },
  ]
  return <Choice name="Pictures" value={which} options={options} onChange={onChange} />
}

export function picturesChosen(
  which: WhichPictures,
  { selected, view }: Pick<Props, 'selected' | 'view'>,
): PublishedChoice {
  if (which === 'selected') return { mediaIds: [...selected] }
  return which === 'view' ? view : { filter: {}, sort: 'newest' }
}
