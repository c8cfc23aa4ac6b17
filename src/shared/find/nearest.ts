/** The word among those known that was most likely meant; null where none is near. */
export function nearestWord(word: string, known: readonly string[]): string | null {
  const lower = word.toLowerCase().slice(0, 30)
  const begun = lower.length > 1 ? known.find(each => each.startsWith(lower)) : undefined
  if (begun) return begun
  const farthest = lower.length < 3 ? 1 : 2
  const distances = known.map(each => ({ each, distance: editsBetween(lower, each) }))
  const [best] = distances.sort((a, b) => a.distance - b.distance)
  return best && best.distance <= farthest && best.distance < lower.length ? best.each : null
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
