/**
 * libvips keeps what its decoders say in one place for the whole process, and sharp wipes it at the end of every run: of two
 * pictures side by side, one that fails can be told the other's words, or none. What a picture ends with must not depend on
 * its neighbours, so what fails in company runs again alone. Every run of sharp goes through here; runs are not nested.
 */

interface Run {
  hasCompany: boolean
}

const runs = new Set<Run>()
let solitude: Promise<void> | undefined
let noteEmpty = () => {}

/** Runs `work`; if it fails while others run, it runs once more when nothing else does. */
export async function inOwnWords<T>(work: () => Promise<T>): Promise<T> {
  while (solitude) await solitude
  const run: Run = { hasCompany: runs.size > 0 }
  for (const other of runs) other.hasCompany = true
  runs.add(run)
  try {
    return await work()
  } catch (cause) {
    if (!run.hasCompany) throw cause
  } finally {
    runs.delete(run)
    if (runs.size === 0) noteEmpty()
  }
  return alone(work)
}

async function alone<T>(work: () => Promise<T>): Promise<T> {
  while (solitude) await solitude
  let end = () => {}
  solitude = new Promise(resolve => {
    end = () => {
      solitude = undefined
      resolve()
    }
  })
  try {
    if (runs.size > 0) {
      await new Promise<void>(resolve => {
        noteEmpty = resolve
      })
    }
    return await work()
  } finally {
    end()
  }
}
