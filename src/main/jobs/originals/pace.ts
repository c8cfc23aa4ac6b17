/** The rate is told over this long, as that of imports. */
const windowMs = 30_000
/** Before this there is too little to tell. */
const shortestMs = 1_000
/** What is added within this long is one sample. */
const sampleMs = 500

/**
 * Bytes a second of a lane of work, from what it did lately.
 * @param now milliseconds of a clock that is never set.
 */
export function createPace(now: () => number = () => performance.now()) {
  let beganMs: number | null = null
  let samples: { atMs: number; bytes: number }[] = []

  return {
    add(bytes: number): void {
      const last = samples.at(-1)
      if (last && now() - last.atMs < sampleMs) last.bytes += bytes
      else samples = [...samples.filter(sample => now() - sample.atMs <= windowMs), { atMs: now(), bytes }]
    },

    /** Work begins or goes on: a pause before it does not count. */
    begin(): void {
      beganMs ??= now()
    },

    end(): void {
      beganMs = null
      samples = []
    },

    /** Null while it does not work, or there is too little to tell. */
    bytesPerSecond(): number | null {
      if (beganMs === null) return null
      const fromMs = Math.max(beganMs, now() - windowMs)
      if (now() - fromMs < shortestMs) return null
      samples = samples.filter(sample => sample.atMs > fromMs)
      const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0)
      return bytes / ((now() - fromMs) / 1000)
    },
  }
}
