import { workStatus } from '../app/media-records.ts'
import { createProgress } from '../jobs/index.ts'
import { openLibraryForReading } from '../library/index.ts'

/** `burg-ink status`: also while another Burg Ink works on the library. */
export function statusCommand(options: { library: string; json: boolean }): number {
  const library = openLibraryForReading(options.library)
  try {
    const status = workStatus(library, createProgress())
    if (options.json) console.log(JSON.stringify(status))
    else console.log(statusText(status.media.stats))
    return 0
  } finally {
    library.close()
  }
}

function statusText(stats: Record<string, number>): string {
  return Object.entries(stats)
    .map(([status, count]) => `${status.padEnd(11)}${count.toLocaleString().padStart(10)}`)
    .join('\n')
}
