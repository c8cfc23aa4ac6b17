import type { Detail } from './config.ts'
import { familyOf } from './prices.ts'

export interface Size {
  width: number
  height: number
}

/** How far a model looks into a picture before it is made smaller for it. */
interface Limits {
  sidePx: number
  patches: number
}

type Rule =
  | { kind: 'patches'; multiplier: number; limits: Record<Detail, Limits> }
  | { kind: 'tiles'; base: number; tile: number }

const patches = (multiplier: number, limits: Record<Detail, Limits>): Rule => ({ kind: 'patches', multiplier, limits })
const tiles = (base: number, tile: number): Rule => ({ kind: 'tiles', base, tile })
const always = (limits: Limits) => ({ low: limits, high: limits, auto: limits })

const standard = { sidePx: 2048, patches: 2500 }
const large = { sidePx: 2048, patches: 6144 }
const unbounded = { low: { sidePx: 512, patches: 256 }, high: standard, auto: { sidePx: 65_535, patches: Infinity } }
/** Of the models to be shut down, which the guide does not list any more: the number of its edition of 2025. */
const early = always({ sidePx: 2048, patches: 1536 })
const ofGpt54 = { low: large, high: standard, auto: standard }

/**
 * https://developers.openai.com/api/docs/guides/images-vision#calculating-costs, read in a copy of 2026. The copy did not
 * list gpt-6-luna and gpt-6.2-sol: they are counted as gpt-5.6 is.
 */
const rules: Record<string, Rule> = {
  'gpt-6.2-sol': patches(1.2, unbounded),
  'gpt-6-luna': patches(1.2, unbounded),
  'gpt-5.6-luna': patches(1.2, unbounded),
  'gpt-5.4': patches(1.2, ofGpt54),
  'gpt-5.4-mini': patches(1.2, ofGpt54),
  'gpt-5.4-nano': patches(1.2, ofGpt54),
  'gpt-5.2': patches(1.2, always(large)),
  'gpt-5-mini': patches(1.2, early),
  'gpt-5-nano': patches(1.5, early),
  'gpt-4.1-mini': patches(1.62, always(large)),
  'gpt-4.1-nano': patches(2.46, early),
  'gpt-5.1': tiles(70, 140),
  'gpt-5': tiles(70, 140),
  'gpt-4.1': tiles(85, 170),
  'gpt-4o': tiles(85, 170),
  'gpt-4o-mini': tiles(2833, 5667),
}
/** Of a model that nobody knows: no better than a guess, and rather too much. */
const unknown = patches(1.2, always(large))

/** Tokens that a picture of this size is charged as. */
export function imageTokens(model: string, detail: Detail, size: Size): number {
  const rule = rules[familyOf(model)] ?? unknown
  if (rule.kind === 'patches') return Math.ceil(patchesOf(size, rule.limits[detail]) * rule.multiplier - 1e-9)
  return rule.base + (detail === 'low' ? 0 : tilesOf(size) * rule.tile)
}

function patchesOf(size: Size, { sidePx, patches: budget }: Limits): number {
  const { width, height } = within(size, sidePx)
  const count = cover(width, 32) * cover(height, 32)
  if (count <= budget) return count
  const shrink = Math.sqrt((32 ** 2 * budget) / (width * height))
  const fitting = (side: number) => Math.floor((side * shrink) / 32) / ((side * shrink) / 32)
  const adjusted = shrink * Math.min(fitting(width), fitting(height))
  // What should be whole is at times a hair less in floating point.
  const scaled = (side: number) => Math.max(1, Math.floor(side * adjusted + 1e-6))
  return cover(scaled(width), 32) * cover(scaled(height), 32)
}

function tilesOf(size: Size): number {
  const { width, height } = within(size, 2048)
  const scale = Math.min(1, 768 / Math.min(width, height))
  const scaled = (side: number) => Math.max(1, Math.floor(side * scale + 1e-6))
  return cover(scaled(width), 512) * cover(scaled(height), 512)
}

/** Never enlarged. */
export function within({ width, height }: Size, sidePx: number): Size {
  const scale = Math.min(1, sidePx / Math.max(width, height, 1))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

const cover = (side: number, px: number) => Math.ceil(side / px)
