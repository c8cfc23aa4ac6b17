import { starsInWords } from '../../../shared/marks.ts'
import { type Command, useCommands } from './commands.ts'
import { labels, type MarkChange } from './contract.ts'
import { labelChange, type MarkTarget, mark } from './marks.ts'

const labelKeys: Record<string, string> = { red: '6', yellow: '7', green: '8', blue: '9' }

/**
 * P, X and U, stars and labels, for what is current where the caller is. Null: nothing is, and the keys are somebody else's.
 * @param onMarked after a key has marked, not waiting for the app.
 */
export function useMarkCommands(target: () => MarkTarget | null, onMarked?: () => void): void {
  const command = (
    id: string,
    title: string,
    key: string | undefined,
    change: (of: MarkTarget) => MarkChange,
  ): Command => ({
    id: `mark.${id}`,
    title,
    group: 'Marks',
    ...(key !== undefined && { keys: [key] }),
    isAvailable: () => target() !== null,
    run: () => {
      const of = target()
      if (!of) return
      void mark(of, change(of))
      onMarked?.()
    },
  })
  useCommands([
    command('pick', 'Pick', 'P', () => ({ flag: 'picked' })),
    command('reject', 'Reject', 'X', () => ({ flag: 'rejected' })),
    command('unflag', 'Neither pick nor reject', 'U', () => ({ flag: null })),
    ...[0, 1, 2, 3, 4, 5].map(rating => {
      const words = starsInWords(rating)
      return command(`stars-${rating}`, `Rate: ${words}`, String(rating), () => ({ rating }))
    }),
    command('stars-file', 'Rate: as in the file', undefined, () => ({ rating: null })),
    ...labels.map(label =>
      command(`label-${label}`, `Label: ${label}, or take it away`, labelKeys[label], of =>
        labelChange(label, of.current),
      ),
    ),
  ])
}
