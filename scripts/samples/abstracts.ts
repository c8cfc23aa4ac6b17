/** Motifs without a subject, for the brush and for the press. */
import type { Motif } from './motifs.ts'
import { between, pickFrom, randomNumbers } from './random.ts'

export function redOverOchre(): Motif {
  const soft = '<filter id="soft" x="-.2" y="-.2" width="1.4" height="1.4"><feGaussianBlur stdDeviation="16"/></filter>'
  return {
    height: 1280,
    svg: `<defs>${soft}</defs><rect width="1000" height="1280" fill="#6e1f22"/><g filter="url(#soft)"><rect x="90" y="90" width="820" height="520" fill="#b5301f"/><rect x="110" y="110" width="780" height="470" fill="#c9412a"/><rect x="90" y="670" width="820" height="330" fill="#d99a2b"/><rect x="120" y="700" width="760" height="250" fill="#e3b04a"/><rect x="90" y="1050" width="820" height="150" fill="#3a1820"/></g>`,
  }
}

export function nineCircles(): Motif {
  const random = randomNumbers(113)
  const hues = [
    '#e63946',
    '#f1a208',
    '#ffd166',
    '#06a77d',
    '#118ab2',
    '#4b3f9e',
    '#ef476f',
    '#f4f1de',
    '#26547c',
    '#ff8552',
  ]
  const cells = Array.from({ length: 9 }, (_, index) => {
    const [x, y] = [166 + (index % 3) * 334, 166 + Math.floor(index / 3) * 334]
    const rings = [160, 128, 96, 62, 30].map(
      r =>
        `<ellipse cx="${x + between(random, -7, 7)}" cy="${y + between(random, -7, 7)}" rx="${r}" ry="${r * between(random, 0.93, 1.05)}" fill="${pickFrom(random, hues)}"/>`,
    )
    return `<rect x="${x - 167}" y="${y - 167}" width="334" height="334" fill="${pickFrom(random, hues)}"/>${rings.join('')}`
  })
  return { height: 1000, svg: cells.join('') }
}

export function composition(): Motif {
  const random = randomNumbers(127)
  const inks = ['#1d3557', '#e63946', '#f4a261', '#2a9d8f', '#e9c46a', '#14110f', '#8d6a9f']
  const shapes = Array.from({ length: 34 }, () => {
    const [x, y, size] = [between(random, 80, 920), between(random, 80, 620), between(random, 20, 150)]
    const ink = pickFrom(random, inks)
    const turn = `transform="rotate(${between(random, 0, 180).toFixed(0)} ${x} ${y})"`
    return pickFrom(random, [
      `<circle cx="${x}" cy="${y}" r="${size * 0.6}" fill="${ink}" opacity=".86"/>`,
      `<path d="M${x} ${y - size}L${x + size} ${y + size * 0.7}H${x - size}Z" fill="${ink}" opacity=".82" ${turn}/>`,
      `<path d="M${x - size * 2} ${y}h${size * 4}" stroke="${ink}" stroke-width="${between(random, 3, 12)}" ${turn}/>`,
      `<path d="M${x - size} ${y}a${size} ${size} 0 0 1 ${size * 2} 0" stroke="${ink}" stroke-width="${between(random, 6, 22)}" fill="none" ${turn}/>`,
    ])
  })
  return {
    height: 700,
    svg: `<rect width="1000" height="700" fill="#efe4cf"/><circle cx="640" cy="300" r="210" fill="#e9c46a" opacity=".7"/>${shapes.join('')}`,
  }
}

/** Three overlapping tints of one blue, for a monotype. */
export function etudeInBlue(): Motif {
  const random = randomNumbers(131)
  const bands = Array.from({ length: 26 }, (_, index) => {
    const y = 30 + index * 30
    return `<path d="M${between(random, -40, 120)} ${y}q${between(random, 180, 380)} ${between(random, -90, 90)} ${between(random, 600, 950)} ${between(random, -20, 20)}" stroke="${pickFrom(random, ['#0b2a5b', '#1f5aa6', '#3f86c9', '#8fbfe0', '#123c78'])}" stroke-width="${between(random, 14, 70)}" fill="none" opacity=".7" stroke-linecap="round"/>`
  })
  return {
    height: 800,
    svg: `<rect width="1000" height="800" fill="#e8eef0"/>${bands.join('')}<circle cx="700" cy="230" r="105" fill="#f3f0e2"/>`,
  }
}
