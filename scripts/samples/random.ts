/** Numbers from 0 to 1, the same ones for the same seed (mulberry32), so that the samples come out the same each time. */
export type Random = () => number

export function randomNumbers(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function between(random: Random, least: number, most: number): number {
  return least + random() * (most - least)
}

export function pickFrom<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T
}

export function shuffle<T>(items: T[], random: Random): T[] {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    ;[items[index], items[other]] = [items[other] as T, items[index] as T]
  }
  return items
}

/** Smooth noise from -1 to 1 on a grid of random heights, with `octaves` layers of it, each finer and weaker. */
export function createNoise(seed: number): (x: number, y: number, octaves?: number) => number {
  const random = randomNumbers(seed)
  const heights = Float32Array.from({ length: 256 * 256 }, () => random() * 2 - 1)
  const height = (x: number, y: number) => heights[(y & 255) * 256 + (x & 255)] as number
  const layer = (x: number, y: number) => {
    const [left, top] = [Math.floor(x), Math.floor(y)]
    const [across, down] = [smooth(x - left), smooth(y - top)]
    const above = mix(height(left, top), height(left + 1, top), across)
    const below = mix(height(left, top + 1), height(left + 1, top + 1), across)
    return mix(above, below, down)
  }
  return (x, y, octaves = 1) => {
    let [sum, weight, total] = [0, 1, 0]
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += layer(x * 2 ** octave + octave * 17.3, y * 2 ** octave - octave * 9.1) * weight
      total += weight
      weight /= 2
    }
    return sum / total
  }
}

export const mix = (from: number, to: number, part: number) => from + (to - from) * part
export const clamp = (value: number, least = 0, most = 1) => Math.min(most, Math.max(least, value))

function smooth(part: number): number {
  return part * part * (3 - 2 * part)
}
