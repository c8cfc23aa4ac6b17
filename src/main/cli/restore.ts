import { openLibrary, restoreNewestBackup } from '../library/index.ts'

/** `burg-ink restore`: the newest sound copy of the database in place of a damaged one, which is kept. */
export async function restoreCommand(options: { library: string }): Promise<number> {
  const { madeAt, damagedKeptAt } = restoreNewestBackup(options.library)
  const library = await openLibrary(options.library)
  await library.close()
  console.log(
    `The copy of ${madeAt.toLocaleString()} is in place. The damaged database is kept as ${damagedKeptAt}. Import your folders again to find what was added since.`,
  )
  return 0
}
