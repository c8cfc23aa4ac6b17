/** How a sample becomes a file: formats, and what is written into them. */
import type { Sharp } from 'sharp'
import { type Canvas, toSharp } from './canvas.ts'
import { type Facts, withFacts } from './facts.ts'

export type Write = (path: string, bytes: Buffer | string) => Promise<void>

export const mirrorless = { make: 'FUJIFILM', model: 'X-T4', lens: 'XF35mmF1.4 R' }
export const reflex = { make: 'Canon', model: 'Canon EOS 6D Mark II', lens: 'EF100mm f/2.8L Macro IS USM' }

export const jpeg = (canvas: Canvas, facts: Facts, quality = 80) =>
  withFacts(toSharp(canvas).jpeg({ quality, mozjpeg: true }), facts).toBuffer()
export const encode = (canvas: Canvas, facts: Facts, format: (picture: Sharp) => Sharp) =>
  withFacts(format(toSharp(canvas)), facts).toBuffer()
