/** The finished works: each a motif under the hand of one technique. */
import * as abstracts from './abstracts.ts'
import { type BrushWork, paint } from './brush.ts'
import { type Canvas, type Colour, drawSvg } from './canvas.ts'
import { cutRelief, type Hatching, hatch, overprint, type Relief } from './ink.ts'
import type { Motif } from './motifs.ts'
import * as motifs from './motifs.ts'
import { blend, join, photograph, type Stage, sphere, standingForm, thrown } from './solids.ts'
import type { Study } from './studies.ts'
import * as studies from './studies.ts'
import { asPhotograph, brushesSvg, hang, paletteSvg, sketchbookPage } from './studio.ts'
import { hillsWash, leavesWash, moonAndPines, teapotWash, tulips } from './washes.ts'

const draw = (motif: Motif) => drawSvg(1000, motif.height, motif.svg)
const heightAt = (motif: Motif, width: number) => Math.round((motif.height * width) / 1000)

async function painted(motif: Motif, width: number, work: BrushWork): Promise<Canvas> {
  return paint(await draw(motif), width, heightAt(motif, width), work)
}

async function hatched(study: Study, width: number, style: Hatching): Promise<Canvas> {
  const contours = `<g transform="scale(${width / 1000})">${study.contours}</g>`
  return hatch(await draw(study), width, heightAt(study, width), { ...style, contours })
}

async function cut(motif: Motif, width: number, relief: Relief): Promise<Canvas> {
  return cutRelief(await draw(motif), width, heightAt(motif, width), relief)
}

const plaster: Omit<Stage, 'solid'> = {
  colour: () => [0.87, 0.83, 0.77],
  wall: [0.5, 0.53, 0.57],
  floor: [0.46, 0.45, 0.44],
}
const oak: Pick<Stage, 'wall' | 'floor'> = { wall: [0.74, 0.68, 0.6], floor: [0.5, 0.4, 0.3] }

const vase = thrown(
  0,
  0,
  0,
  1.7,
  part => 0.28 + 0.38 * Math.sin(part * 2.5 + 0.35) ** 2 * (1 - part * 0.35) + Math.max(0, part - 0.9) * 1.2,
)
const glazedAbove = (x: number, y: number): Colour =>
  y > 1 + 0.06 * Math.sin(x * 9) ? [0.12, 0.32, 0.55] : [0.78, 0.66, 0.5]
const bowls = join(
  thrown(-0.45, 0.1, 0, 0.62, part => 0.2 + 0.42 * part ** 0.6),
  thrown(0.62, -0.25, 0, 0.42, part => 0.16 + 0.3 * part ** 0.5),
)
const pebbles = join(blend(sphere(0, 0.34, 0, 0.36), sphere(0.1, 0.86, 0.02, 0.27), 0.06), sphere(0.06, 1.25, 0, 0.17))

export const paintings = {
  eveningLake: () => painted(motifs.eveningLake(), 1200, { seed: 1 }),
  poppies: () => painted(motifs.poppies(), 1150, { seed: 2 }),
  birches: () => painted(motifs.birches(), 880, { seed: 3, stroke: 0.07 }),
  oranges: () => painted(motifs.oranges(), 1100, { seed: 4 }),
  winterHarbour: () => painted(motifs.winterHarbour(), 1100, { seed: 5 }),
  storm: () => painted(motifs.storm(), 1100, { seed: 6 }),
  cypress: () => painted(motifs.cypress(), 520, { seed: 7 }),
  longRidge: () => painted(motifs.longRidge(), 2400, { seed: 8, stroke: 0.04 }),
  oliveGrove: () => painted(motifs.oliveGrove(), 1100, { seed: 9 }),
  nightWindow: () => painted(motifs.nightWindow(), 900, { seed: 10 }),
  redOverOchre: () => painted(abstracts.redOverOchre(), 900, { seed: 11, stray: 0.25 }),
  nineCircles: () => painted(abstracts.nineCircles(), 900, { seed: 12, stroke: 0.06, stray: 0.25 }),
  composition: () => painted(abstracts.composition(), 1000, { seed: 13, stray: 0.2, stroke: 0.06 }),
}

const graphite = { paper: '#f6f3ec', ink: '#26252a' }

export const drawings = {
  pears: () => hatched(studies.bowlAndPears(), 1000, { seed: 21, ...graphite }),
  oak: () => hatched(studies.oldOak(), 1000, { seed: 22, paper: '#efe6d2', ink: '#2a2018' }),
  drapery: () => hatched(studies.drapery(), 820, { seed: 23, paper: '#f3ece0', ink: '#7a2f1d' }),
  shells: () => hatched(studies.shells(), 1000, { seed: 24, ...graphite }),
  street: () => hatched(studies.street(), 900, { seed: 25, paper: '#f4efe2', ink: '#1d2c4a' }),
}

export const prints = {
  pike: () => cut(studies.pike(), 1100, { seed: 31, paper: '#f1e9d6', ink: '#15303d' }),
  crane: () => cut(studies.crane(), 720, { seed: 32, paper: '#f1e9d6', ink: '#1b1714' }),
  moon: () => drawSvg(800, 1000, moonAndPines()),
  tulips: async () =>
    overprint(
      await drawSvg(800, 1000, tulips()),
      800,
      1000,
      '#f6f0e2',
      [
        {
          ink: '#ffd84d',
          degrees: 0,
          shift: [0, -2],
          amount: ([r, g, b]) => Math.max(0, (Math.min(r, g) - b) * 1.2 - 0.06),
        },
        { ink: '#f0506e', degrees: 20, shift: [3, 1], amount: ([r, g]) => Math.max(0, (r - g) * 1.25 - 0.05) },
        { ink: '#1f7f6b', degrees: 70, shift: [-2, 2], amount: ([r, g]) => Math.max(0, (g - r) * 2.4) },
      ],
      33,
    ),
  etude: () => painted(abstracts.etudeInBlue(), 760, { seed: 34, relief: 0.15, stray: 0.1 }),
  composition: async () =>
    overprint(
      await draw(abstracts.composition()),
      1000,
      700,
      '#f3ecdc',
      [
        {
          ink: '#ffd23c',
          degrees: 0,
          shift: [0, -2],
          amount: ([r, g, b]) => Math.max(0, (Math.min(r, g) - b) * 1.7 - 0.25),
        },
        { ink: '#f05a3c', degrees: 15, shift: [3, 1], amount: ([r, , b]) => Math.max(0, (r - b) * 1.3 - 0.22) },
        { ink: '#2458a8', degrees: 75, shift: [-2, 2], amount: ([r, g]) => Math.max(0, 0.92 - (r * 0.6 + g * 0.4)) },
      ],
      35,
    ),
}

export const photographs = {
  form: (turn = 0) => photograph(720, 960, { ...plaster, solid: standingForm(), turn }, 41),
  vase: () => photograph(800, 960, { ...oak, solid: vase, colour: glazedAbove, gloss: 1 }, 42),
  bowls: () =>
    photograph(
      1080,
      760,
      { ...oak, solid: bowls, colour: x => (x < 0.1 ? [0.26, 0.42, 0.36] : [0.75, 0.5, 0.3]), gloss: 0.7 },
      43,
    ),
  pebbles: () =>
    photograph(
      760,
      900,
      {
        wall: [0.3, 0.27, 0.26],
        floor: [0.24, 0.21, 0.2],
        solid: pebbles,
        colour: (_, y) => (y < 0.7 ? [0.5, 0.5, 0.52] : [0.82, 0.74, 0.66]),
      },
      44,
    ),
  turntable: (turn: number) => photograph(240, 320, { ...plaster, solid: standingForm(), turn }, 45),
  palette: async () => asPhotograph(await drawSvg(1120, 860, paletteSvg()), 46),
  brushes: async () => asPhotograph(await drawSvg(900, 1200, brushesSvg()), 47),
}

/** Works on the walls of a small exhibition. */
export async function exhibition(left: Canvas, middle: Canvas, right: Canvas): Promise<Canvas> {
  const works = [
    { canvas: left, x: 130, y: 270, width: 330 },
    { canvas: middle, x: 640, y: 190, width: 250 },
    { canvas: right, x: 1060, y: 270, width: 330 },
  ]
  return asPhotograph(await hang(1520, 900, works, '#d8d3c8'), 48)
}

export async function framed(work: Canvas): Promise<Canvas> {
  return asPhotograph(await hang(1100, 900, [{ canvas: work, x: 210, y: 210, width: 680 }], '#6f7d78'), 49)
}

const onPage = (study: Study, seed: number, ink = '#2a2a30') => hatched(study, 1000, { seed, paper: '#ffffff', ink })

export const pages = {
  leaves: async () =>
    sketchbookPage(
      51,
      [
        { canvas: await leavesWash(), x: 130, y: 60, width: 780 },
        { canvas: await onPage(studies.shells(), 52), x: 160, y: 620, width: 620, degrees: -3 },
      ],
      ['#b5652d', '#d99a3a', '#4f7a4a', '#345064', '#7f9fb8', '#8f3f2a'],
    ),
  hills: async () =>
    sketchbookPage(
      54,
      [
        { canvas: await hillsWash(), x: 140, y: 90, width: 760 },
        { canvas: await onPage(studies.oldOak(), 55, '#4a3a2a'), x: 330, y: 640, width: 520, degrees: 2 },
      ],
      ['#e9c7b0', '#c9b3c4', '#a3a9c9', '#7f93b5', '#5b7a96', '#f0a35e'],
    ),
  teapot: async () =>
    sketchbookPage(
      57,
      [
        { canvas: await teapotWash(), x: 110, y: 90, width: 820, degrees: -2 },
        { canvas: await onPage(studies.bowlAndPears(), 58), x: 170, y: 640, width: 680 },
      ],
      ['#3f7f86', '#2d6068', '#b9dcd9', '#d98a3a'],
      '#efeadd',
    ),
}

export { leavesWash }
