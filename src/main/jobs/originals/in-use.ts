/**
 * Which originals are just being worked on, by their hashes: two lanes never send the same one, and none is taken off the disk
 * while it is read.
 */
export function createInUse() {
  const readers = new Map<string, number>()
  const held = new Set<string>()

  return {
    async whileReading<T>(sha256: string, work: () => Promise<T>): Promise<T> {
      readers.set(sha256, (readers.get(sha256) ?? 0) + 1)
      try {
        return await work()
      } finally {
        const others = (readers.get(sha256) ?? 1) - 1
        if (others > 0) readers.set(sha256, others)
        else readers.delete(sha256)
      }
    },

    isRead: (sha256: string): boolean => readers.has(sha256),

    /** Whoever holds it brings it from place to place, and nobody else. @returns false when it is held. */
    tryHold(sha256: string): boolean {
      if (held.has(sha256)) return false
      held.add(sha256)
      return true
    },

    release(sha256: string): void {
      held.delete(sha256)
    },
  }
}

export type InUse = ReturnType<typeof createInUse>
