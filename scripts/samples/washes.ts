/** Watercolours for the sketchbook, and drawings that stay vectors. */
import { type Canvas, drawSvg } from './canvas.ts'
import { between, pickFrom, randomNumbers } from './random.ts'

const wet = (seed: number, scale: number) =>
  `<filter id="wet${scale}" x="-.1" y="-.1" width="1.2" height="1.2"><feTurbulence type="fractalNoise" baseFrequency=".012" numOctaves="4" seed="${seed}"/><feDisplacementMap in="SourceGraphic" scale="${scale}"/></filter>`

export function leavesWash(): Promise<Canvas> {
  const random = randomNumbers(173)
  const leaf = (x: number, y: number, size: number, turn: number, hue: string) =>
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><path d="M0 0C34-46 34-110 0-160C-34-110-34-46 0 0Z" fill="${hue}" opacity=".7"/><path d="M0 0C12-40 12-100 0-150" stroke="${hue}" stroke-width="4" fill="none"/><path d="M0 0C34-46 34-110 0-160C-34-110-34-46 0 0Z" fill="none" stroke="${hue}" stroke-width="3" opacity=".8"/></g>`
  const sprigs = [250, 520, 790].map(
    (x, index) =>
      `${Array.from({ length: 11 }, (_, at) =>
        leaf(
          x + between(random, -8, 8),
          640 - at * 48,
          0.75 - at * 0.035,
          at % 2 ? 58 : -58,
          pickFrom(
            random,
            [
              ['#4f7a4a', '#7ba05b', '#2f5d50'],
              ['#b5652d', '#d99a3a', '#8f3f2a'],
              ['#4a6d8c', '#7f9fb8', '#345064'],
            ][index] as string[],
          ),
        ),
      ).join('')}<path d="M${x} 700Q${x + 10} 400 ${x - 6} 130" stroke="#5a5040" stroke-width="5" fill="none"/>`,
  )
  return drawSvg(
    1040,
    760,
    `<defs>${wet(5, 14)}</defs><rect width="1040" height="760" fill="#fff"/><g filter="url(#wet14)">${sprigs.join('')}</g>`,
  )
}

export function hillsWash(): Promise<Canvas> {
  const hues = ['#e9c7b0', '#c9b3c4', '#a3a9c9', '#7f93b5', '#5b7a96', '#3f6073']
  const layers = hues.map(
    (hue, index) =>
      `<path d="M-40 ${220 + index * 74}Q180 ${130 + index * 84} 420 ${230 + index * 66}T760 ${200 + index * 78}T1100 ${230 + index * 62}V800H-40Z" fill="${hue}" opacity=".72"/>`,
  )
  return drawSvg(
    1040,
    720,
    `<defs>${wet(9, 26)}</defs><rect width="1040" height="720" fill="#fff"/><circle cx="720" cy="150" r="62" fill="#f0a35e" opacity=".75"/><g filter="url(#wet26)">${layers.join('')}</g>`,
  )
}

export function teapotWash(): Promise<Canvas> {
  return drawSvg(
    1000,
    760,
    `<defs>${wet(12, 12)}</defs><rect width="1000" height="760" fill="#fff"/><g filter="url(#wet12)"><ellipse cx="520" cy="640" rx="330" ry="34" fill="#8a93ad" opacity=".5"/><path d="M300 360Q300 620 500 630Q700 620 700 360Z" fill="#3f7f86" opacity=".78"/><path d="M330 370Q340 560 440 610Q380 500 390 370Z" fill="#b9dcd9" opacity=".8"/><ellipse cx="500" cy="356" rx="202" ry="34" fill="#2d6068" opacity=".85"/><path d="M420 335Q500 250 580 335Z" fill="#3f7f86" opacity=".85"/><circle cx="500" cy="268" r="22" fill="#d98a3a"/></g><g fill="none" stroke="#2a2a30" stroke-width="4" stroke-linecap="round"><path d="M300 360Q300 620 500 630Q700 620 700 360"/><path d="M702 400Q800 400 830 290Q850 260 880 270"/><path d="M690 500Q820 500 872 276"/><path d="M302 400Q180 380 190 480Q210 560 330 540"/><path d="M298 356a202 34 0 0 0 404 0a202 34 0 0 0-404 0"/></g>`,
  )
}

/** A vector drawing with a transparent ground, a title and a description. */
export function dandelionSvg(): string {
  const random = randomNumbers(179)
  const seeds = Array.from({ length: 90 }, (_, index) => {
    const angle = (index / 90) * Math.PI * 2 + between(random, -0.04, 0.04)
    const reach = between(random, 120, 190)
    const [x, y] = [300 + Math.cos(angle) * reach, 280 + Math.sin(angle) * reach]
    const tuft = [-0.5, -0.25, 0, 0.25, 0.5]
      .map(
        spread =>
          `M${x.toFixed(0)} ${y.toFixed(0)}l${(Math.cos(angle + spread) * 22).toFixed(0)} ${(Math.sin(angle + spread) * 22).toFixed(0)}`,
      )
      .join('')
    return `<path d="M300 280L${x.toFixed(0)} ${y.toFixed(0)}${tuft}"/>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="600" height="900" viewBox="0 0 600 900"><title>Dandelion clock</title><desc>Ink drawing, one line at a time.</desc>
<g fill="none" stroke="#2b2f45" stroke-width="1.6" stroke-linecap="round">${seeds.join('')}</g><circle cx="300" cy="280" r="17" fill="#8a5a3a"/><path d="M300 296Q320 560 280 880" stroke="#5c7f4a" stroke-width="7" fill="none"/><path d="M284 800Q180 760 140 640Q230 690 250 720Q240 640 270 600Q290 700 284 800Z" fill="#7fa05f"/></svg>`
}

export function posterSvg(): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="420mm" height="594mm" viewBox="0 0 420 594"><title>Open studio</title><desc>Poster for the open studio in spring.</desc>
<rect width="420" height="594" fill="#f2e6d0"/><circle cx="210" cy="250" r="150" fill="#e4572e"/><path d="M60 250a150 150 0 0 0 300 0Z" fill="#17315c"/><circle cx="210" cy="250" r="74" fill="#f3b61f"/><path d="M136 250a74 74 0 0 0 148 0Z" fill="#f2e6d0"/><path d="M0 420h420v14H0zM0 444h420v6H0z" fill="#17315c"/><g fill="#17315c" font-family="Helvetica, Arial, sans-serif" font-weight="700"><text x="30" y="510" font-size="45">OPEN STUDIO</text><text x="30" y="556" font-size="25" font-weight="400">paintings · prints · drawings</text></g></svg>`
}

/** Three blocks of colour printed one over the other. */
export function moonAndPines(): string {
  const random = randomNumbers(181)
  const pine = (x: number, base: number, size: number, hue: string) =>
    `<g fill="${hue}">${[0, 1, 2, 3].map(tier => `<path d="M${x} ${base - size * (1.1 - tier * 0.22)}l${size * (0.1 + tier * 0.05)} ${size * 0.36}h-${size * (0.2 + tier * 0.1)}Z"/>`).join('')}<rect x="${x - size * 0.03}" y="${base - size * 0.1}" width="${size * 0.06}" height="${size * 0.2}"/></g>`
  const far = Array.from({ length: 14 }, (_, index) =>
    pine(index * 62, 720, between(random, 110, 210), '#3d6a78'),
  ).join('')
  const near = [60, 190, 610, 735].map(x => pine(x, 930, between(random, 380, 540), '#12303f')).join('')
  return `<rect width="800" height="1000" fill="#e9d8b4"/><rect y="0" width="800" height="620" fill="#f0a868"/><circle cx="520" cy="300" r="150" fill="#fbf1d5"/><path d="M0 560Q200 430 400 540T800 500V1000H0Z" fill="#c96f4a"/><path d="M0 660Q240 560 480 650T800 620V1000H0Z" fill="#8a4a52"/>${far}${near}<rect y="900" width="800" height="100" fill="#12303f"/>`
}

export function tulips(): string {
  const random = randomNumbers(191)
  const tulip = (x: number, y: number, size: number, hue: string) =>
    `<path d="M${x} ${y}Q${x + 14} ${y + 260} ${x - 10} 1000" stroke="#3f8f5a" stroke-width="16" fill="none"/><path d="M${x - 6} 960Q${x + 130} 800 ${x + 100} 600Q${x + 10} 740 ${x - 6} 960Z" fill="#4fa866"/><path d="M${x - size} ${y - size * 0.9}Q${x - size * 0.5} ${y - size * 0.5} ${x} ${y - size * 1.3}Q${x + size * 0.5} ${y - size * 0.5} ${x + size} ${y - size * 0.9}Q${x + size * 1.1} ${y + size * 0.7} ${x} ${y + size * 0.75}Q${x - size * 1.1} ${y + size * 0.7} ${x - size} ${y - size * 0.9}Z" fill="${hue}"/><path d="M${x - size * 0.45} ${y - size * 0.4}Q${x} ${y - size * 1.5} ${x + size * 0.45} ${y - size * 0.4}Q${x + size * 0.3} ${y + size * 0.6} ${x} ${y + size * 0.7}Q${x - size * 0.3} ${y + size * 0.6} ${x - size * 0.45} ${y - size * 0.4}Z" fill="#fff" opacity=".3"/>`
  return `<rect width="800" height="1000" fill="#fdf7e8"/><circle cx="400" cy="420" r="330" fill="#ffe07a"/>${[130, 270, 400, 540, 670].map((x, index) => tulip(x, 300 + (index % 2) * 120 + between(random, -20, 20), 84, pickFrom(random, ['#e8442f', '#d7263d', '#f06a9b', '#b83280']))).join('')}`
}
