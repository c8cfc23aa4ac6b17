/** Motifs in greys for pencil, ink and the knife, and contours to draw over them. */
import type { Motif } from './motifs.ts'
import { between, createNoise, type Random, randomNumbers } from './random.ts'

export interface Study extends Motif {
  /** In the same units as the motif. */
  contours: string
}

const ball = (id: string, light: string, dark: string) =>
  `<radialGradient id="${id}" cx=".36" cy=".3" r=".8"><stop offset="0" stop-color="#fff"/><stop offset=".45" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></radialGradient>`

export function bowlAndPears(): Study {
  const pear = (x: number, y: number, s: number, lean: number) =>
    `M${x} ${y - 190 * s}C${x - 46 * s} ${y - 190 * s} ${x - 40 * s} ${y - 100 * s} ${x - 84 * s} ${y - 40 * s}C${x - 130 * s} ${y + 60 * s} ${x - 60 * s} ${y + 100 * s} ${x + lean} ${y + 100 * s}C${x + 70 * s} ${y + 100 * s} ${x + 125 * s} ${y + 50 * s} ${x + 82 * s} ${y - 40 * s}C${x + 44 * s} ${y - 100 * s} ${x + 46 * s} ${y - 190 * s} ${x} ${y - 190 * s}Z`
  const outlines = [pear(330, 430, 1.05, 0), pear(560, 470, 1.2, 6), pear(790, 510, 1, -8)]
  const bowl = 'M90 520Q110 700 300 720H420Q540 700 610 640'
  return {
    height: 780,
    svg: `<defs>${ball('p', '#c4c4c4', '#3a3a3a')}<linearGradient id="g" x2="0" y2="1"><stop offset="0" stop-color="#f4f4f4"/><stop offset=".68" stop-color="#fff"/><stop offset="1" stop-color="#d4d4d4"/></linearGradient></defs><rect width="1000" height="780" fill="url(#g)"/><ellipse cx="690" cy="600" rx="330" ry="42" fill="#555"/><ellipse cx="420" cy="560" rx="200" ry="30" fill="#444"/>${outlines.map(d => `<path d="${d}" fill="url(#p)"/>`).join('')}`,
    contours: `<g stroke-width="2.4">${outlines.map(d => `<path d="${d}"/>`).join('')}</g><g stroke-width="4"><path d="M330 235q14-40 46-52M560 245q-4-44 20-70M790 322q20-36 50-40"/></g><path d="M40 615Q420 590 960 640" stroke-width="1.6"/><path d="${bowl}" stroke="none"/>`,
  }
}

export function oldOak(): Study {
  const random = randomNumbers(139)
  let branches = ''
  const grow = (x: number, y: number, angle: number, length: number, width: number): void => {
    if (length < 16) return
    const [endX, endY] = [x + Math.cos(angle) * length, y + Math.sin(angle) * length]
    const bend = between(random, -0.25, 0.25) * length
    branches += `<path d="M${x.toFixed(0)} ${y.toFixed(0)}Q${(x + endX) / 2 + bend} ${(y + endY) / 2 + bend} ${endX.toFixed(0)} ${endY.toFixed(0)}" stroke-width="${width.toFixed(1)}"/>`
    const count = length > 70 ? 3 : 2
    for (let index = 0; index < count; index += 1) {
      grow(endX, endY, angle + between(random, -0.75, 0.75), length * between(random, 0.62, 0.84), width * 0.66)
    }
  }
  grow(500, 830, -Math.PI / 2, 175, 66)
  return {
    height: 920,
    svg: `<rect width="1000" height="920" fill="#fff"/><path d="M400 870Q480 800 470 660H540Q540 800 620 870Z" fill="#555"/><path d="M0 850Q300 800 1000 860V920H0Z" fill="#9a9a9a"/><ellipse cx="640" cy="862" rx="300" ry="24" fill="#444"/>`,
    contours: `<g>${branches}</g><path d="M0 850Q300 800 1000 860" stroke-width="2"/>`,
  }
}

export function drapery(): Study {
  const noise = createNoise(149)
  const folds = Array.from({ length: 46 }, (_, index) => {
    const x = 60 + index * 19
    const grey = Math.round(140 + noise(index * 0.37, 3, 2) * 130)
    const sway = noise(index * 0.2, 9, 2) * 160
    return `<path d="M${500 + (x - 500) * 0.35} 60C${x + sway * 0.2} 300 ${x + sway} 560 ${x + sway * 0.5} 1040" stroke="rgb(${grey},${grey},${grey})" stroke-width="26" fill="none"/>`
  })
  return {
    height: 1100,
    svg: `<defs><filter id="b"><feGaussianBlur stdDeviation="7"/></filter></defs><rect width="1000" height="1100" fill="#f2f2f2"/><g filter="url(#b)">${folds.join('')}</g><circle cx="500" cy="66" r="26" fill="#222"/>`,
    contours:
      '<g stroke-width="2"><path d="M330 70Q180 560 90 1030M680 70Q840 540 930 1030"/><path d="M500 70Q440 500 470 1035M560 80Q700 540 640 1035M420 80Q320 540 300 1035"/></g>',
  }
}

export function shells(): Study {
  const spiral = (x: number, y: number, size: number, turn: number) => {
    const points = Array.from({ length: 150 }, (_, index) => {
      const angle = index * 0.14 + turn
      const reach = size * 0.985 ** (150 - index)
      return `${(x + Math.cos(angle) * reach).toFixed(0)} ${(y + Math.sin(angle) * reach * 0.86).toFixed(0)}`
    })
    return `M${points.join('L')}`
  }
  const scallop = (x: number, y: number, size: number) =>
    Array.from({ length: 13 }, (_, index) => {
      const angle = -Math.PI * (0.12 + (index / 12) * 0.76)
      return `M${x} ${y}Q${x + Math.cos(angle) * size * 0.5} ${y + Math.sin(angle) * size * 0.7} ${x + Math.cos(angle) * size} ${y + Math.sin(angle) * size}`
    }).join('')
  return {
    height: 720,
    svg: `<defs>${ball('s', '#d0d0d0', '#3c3c3c')}</defs><rect width="1000" height="720" fill="#fff"/><ellipse cx="330" cy="520" rx="250" ry="34" fill="#4a4a4a"/><ellipse cx="310" cy="350" rx="206" ry="180" fill="url(#s)"/><ellipse cx="760" cy="560" rx="190" ry="26" fill="#555"/><path d="M740 545L570 340Q740 190 920 350Z" fill="url(#s)"/>`,
    contours: `<g stroke-width="2.4"><path d="${spiral(310, 350, 215, 0.6)}"/><path d="${scallop(740, 545, 250)}"/><path d="M570 340Q600 290 640 310Q660 262 706 286Q740 246 780 284Q820 258 846 306Q890 292 920 350"/></g>`,
  }
}

function facade(random: Random, x: number, width: number, top: number): { fill: string; lines: string } {
  const grey = Math.round(between(random, 120, 245))
  const rows = Array.from({ length: 5 }, (_, row) => {
    const y = top + 50 + row * 112
    return Array.from({ length: 3 }, (_, column) => {
      const left = x + width * (0.12 + column * 0.3)
      return {
        dark: `<rect x="${left}" y="${y}" width="${width * 0.17}" height="66" fill="#333"/>`,
        line: `<path d="M${left} ${y}h${width * 0.17}v66h-${width * 0.17}Zm-5 72h${width * 0.17 + 10}"/>`,
      }
    })
  }).flat()
  return {
    fill: `<rect x="${x}" y="${top}" width="${width}" height="${900 - top}" fill="rgb(${grey},${grey},${grey})"/>${rows.map(({ dark }) => dark).join('')}`,
    lines: `<path d="M${x} 900V${top}h${width}V900M${x - 8} ${top}l${width / 2 + 8} -${between(random, 20, 70)} ${width / 2 + 8} ${between(random, 20, 70)}"/>${rows.map(({ line }) => line).join('')}`,
  }
}

export function street(): Study {
  const random = randomNumbers(151)
  const houses = [
    [20, 180, 250],
    [200, 150, 160],
    [350, 170, 300],
    [640, 160, 210],
    [800, 180, 130],
  ].map(([x, width, top]) => facade(random, x as number, width as number, top as number))
  return {
    height: 1000,
    svg: `<rect width="1000" height="1000" fill="#fff"/><path d="M520 240h120v660H520Z" fill="#8a8a8a"/>${houses.map(({ fill }) => fill).join('')}<path d="M0 900h1000v100H0Z" fill="#bcbcbc"/><path d="M520 900l-240 100h420l-60-100Z" fill="#666"/>`,
    contours: `<g stroke-width="2.2">${houses.map(({ lines }) => lines).join('')}<path d="M0 900H1000M520 900l-240 100M640 900l60 100"/><path d="M0 120Q500 190 1000 60M0 170Q500 240 1000 100"/></g>`,
  }
}

export function pike(): Motif {
  const scales = Array.from({ length: 150 }, (_, index) => {
    const [x, y] = [230 + (index % 25) * 22, 190 + Math.floor(index / 25) * 24]
    return `<path d="M${x} ${y}q12 12 0 24" stroke="#fff" stroke-width="5" fill="none"/>`
  })
  const weed = Array.from(
    { length: 9 },
    (_, index) =>
      `<path d="M${60 + index * 112} 520q-30-80 0-140t${index % 2 ? 20 : -20}-120" stroke="#fff" stroke-width="14" fill="none"/>`,
  )
  return {
    height: 520,
    svg: `<rect width="1000" height="520" fill="#6f6f6f"/>${weed.join('')}<path d="M90 268Q180 170 420 160Q640 160 770 240L910 150Q890 270 915 390L770 300Q640 360 420 364Q210 356 90 268Z" fill="#111" stroke="#fff" stroke-width="9"/>${scales.join('')}<path d="M600 168l80-70 40 110ZM590 352l60 66 50-84ZM330 358l50 60 50-58Z" fill="#222" stroke="#fff" stroke-width="6"/><circle cx="180" cy="240" r="20" fill="#fff"/><circle cx="180" cy="240" r="9" fill="#000"/><path d="M92 272q60 20 110 14M250 200q-26 64 0 134" stroke="#fff" stroke-width="7" fill="none"/>`,
  }
}

export function crane(): Motif {
  const reeds = Array.from(
    { length: 26 },
    (_, index) =>
      `<path d="M${index * 40} 1250q${(index % 5) * 12 - 24}-160 ${(index % 7) * 14 - 40}-${260 + (index % 4) * 70}" stroke="${index % 2 ? '#000' : '#555'}" stroke-width="11" fill="none"/>`,
  )
  return {
    height: 1250,
    svg: `<defs><linearGradient id="s" x2="0" y2="1"><stop offset="0" stop-color="#3c3c3c"/><stop offset=".55" stop-color="#bdbdbd"/><stop offset="1" stop-color="#8a8a8a"/></linearGradient></defs><rect width="1000" height="1250" fill="url(#s)"/><circle cx="700" cy="300" r="190" fill="#fff"/>${reeds.join('')}<path d="M300 620Q480 500 720 660Q800 760 880 770Q720 850 540 810Q360 790 300 620Z" fill="#fff" stroke="#000" stroke-width="9"/><path d="M320 640Q250 480 330 380Q380 310 350 250Q330 210 280 220L150 262 276 262Q310 300 270 380Q210 520 290 660Z" fill="#fff" stroke="#000" stroke-width="9"/><path d="M700 690Q820 720 900 800Q780 830 690 780Z" fill="#000"/><path d="M540 810L520 1180M600 812L640 1180" stroke="#000" stroke-width="15"/><path d="M280 218q40-24 74 32l-60-8Z" fill="#000"/><circle cx="292" cy="246" r="7" fill="#000"/>`,
  }
}
