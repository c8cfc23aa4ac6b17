/** Questions to the disk in flight at once: the four threads of Node's pool and a little to keep them fed. */
const inFlight = 8

export async function mapInFlight<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  const entries = items.entries()
  const work = async () => {
    for (const [index, item] of entries) results[index] = await map(item)
  }
  await Promise.all(Array.from({ length: inFlight }, work))
  return results
}
