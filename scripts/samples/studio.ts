/** Photographs of the studio: works on a wall, a palette, brushes, a window; and pages of a sketchbook. */
import { asDataUrl, type Canvas, type Colour, drawSvg, mapPixels } from './canvas.ts'
import { between, createNoise, pickFrom, randomNumbers } from './random.ts'

/** What a camera adds: grain, and light that falls off to the corners. */
export function asPhotograph(canvas: Canvas, seed: number, grainStrength = 0.028): Canvas {
  const grain = createNoise(seed)
  const { width, height } = canvas
  return mapPixels(canvas, (colour, x, y) => {
    const [u, v] = [x / width - 0.5, y / height - 0.5]
    const light = 1.03 - 0.55 * (u * u + v * v)
    const noise = grain(x * 0.9, y * 0.9) * grainStrength
    return colour.map(value => value * light + noise) as Colour
  })
}

/** Framed pictures on a plastered wall, lit from above. */
export async function hang(
  width: number,
  height: number,
  works: { canvas: Canvas; x: number; y: number; width: number }[],
  wall: string,
): Promise<Canvas> {
  const frames = await Promise.all(
    works.map(async ({ canvas, x, y, width: wide }) => {
      const high = (wide * canvas.height) / canvas.width
      const edge = wide * 0.05
      const mount = wide * 0.07
      const [left, top] = [x - mount - edge, y - mount - edge]
      const [outerWidth, outerHeight] = [wide + 2 * (mount + edge), high + 2 * (mount + edge)]
      return `<rect x="${left + 8}" y="${top + 16}" width="${outerWidth}" height="${outerHeight}" fill="#000" opacity=".45" filter="url(#shadow)"/>
        <rect x="${left}" y="${top}" width="${outerWidth}" height="${outerHeight}" fill="url(#wood)"/><rect x="${left + edge}" y="${top + edge}" width="${wide + 2 * mount}" height="${high + 2 * mount}" fill="#f4f0e6"/>
        <path d="M${left + edge} ${top + edge}h${wide + 2 * mount}v10h-${wide + 2 * mount}Z" fill="#000" opacity=".18"/><rect x="${x - 2}" y="${y - 2}" width="${wide + 4}" height="${high + 4}" fill="#c8bfae"/>
        <image x="${x}" y="${y}" width="${wide}" height="${high}" xlink:href="${await asDataUrl(canvas)}"/>`
    }),
  )
  const floor = height * 0.88
  return drawSvg(
    width,
    height,
    `<defs><filter id="shadow" x="-.3" y="-.3" width="1.6" height="1.6"><feGaussianBlur stdDeviation="14"/></filter><linearGradient id="wood" x2="1" y2="1"><stop offset="0" stop-color="#6b4a2e"/><stop offset=".5" stop-color="#3b2819"/><stop offset="1" stop-color="#20150d"/></linearGradient>
      <radialGradient id="lamp" cx=".5" cy="0" r="1"><stop offset="0" stop-color="#fff6e0" stop-opacity=".75"/><stop offset="1" stop-color="#1a130c" stop-opacity=".35"/></radialGradient></defs>
      <rect width="100%" height="100%" fill="${wall}"/><rect width="100%" height="100%" fill="url(#lamp)"/>${frames.join('')}
      <rect y="${floor}" width="100%" height="${height - floor}" fill="#5a4636"/><rect y="${floor - 14}" width="100%" height="14" fill="#e8e2d6"/>`,
  )
}

/** Heaps of oil paint on a wooden palette, with light on their wet edges. */
export function paletteSvg(): string {
  const random = randomNumbers(163)
  const hues = [
    '#f2efe6',
    '#f0c419',
    '#e07b1f',
    '#c8102e',
    '#7a1f3d',
    '#2f3f8f',
    '#1c7c9c',
    '#2f6b3a',
    '#6b4a2b',
    '#161414',
  ]
  const heaps = hues.map((hue, index) => {
    const angle = Math.PI * (0.93 + (index / 9) * 1.14)
    const [x, y] = [560 + Math.cos(angle) * 370, 440 + Math.sin(angle) * 260]
    return Array.from(
      { length: 7 },
      () =>
        `<ellipse cx="${x + between(random, -22, 22)}" cy="${y + between(random, -18, 18)}" rx="${between(random, 20, 46)}" ry="${between(random, 14, 34)}" fill="${hue}" transform="rotate(${between(random, 0, 90)} ${x} ${y})"/>`,
    ).join('')
  })
  const smears = Array.from({ length: 46 }, () => {
    const [x, y] = [between(random, 330, 800), between(random, 330, 600)]
    return `<path d="M${x} ${y}q${between(random, -60, 60)} ${between(random, -40, 40)} ${between(random, 40, 150)} ${between(random, -40, 40)}" stroke="${pickFrom(random, hues)}" stroke-width="${between(random, 10, 34)}" stroke-linecap="round" fill="none"/>`
  })
  const grain = Array.from(
    { length: 60 },
    (_, index) =>
      `<path d="M0 ${index * 15}q280 ${between(random, -14, 14)} 560 0t560 ${between(random, -10, 10)}" stroke="#5a3416" stroke-width="${between(random, 1, 4)}" fill="none" opacity=".3"/>`,
  )
  return `<defs><clipPath id="board"><path d="M120 470C100 180 380 90 640 100C930 110 1050 300 1010 500C980 680 800 700 720 640C650 590 560 600 540 690C520 780 150 800 120 470Z"/></clipPath>
      <filter id="wet" x="-.1" y="-.1" width="1.2" height="1.2"><feGaussianBlur in="SourceAlpha" stdDeviation="7" result="h"/><feSpecularLighting in="h" surfaceScale="9" specularConstant=".9" specularExponent="22" lighting-color="#fff" result="s"><feDistantLight azimuth="235" elevation="42"/></feSpecularLighting><feComposite in="s" in2="SourceAlpha" operator="in" result="l"/><feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="l"/></feMerge></filter>
      <filter id="soft"><feGaussianBlur stdDeviation="16"/></filter></defs>
    <rect width="1120" height="860" fill="#cfc7ba"/><path transform="translate(14 24)" filter="url(#soft)" opacity=".5" d="M120 470C100 180 380 90 640 100C930 110 1050 300 1010 500C980 680 800 700 720 640C650 590 560 600 540 690C520 780 150 800 120 470Z"/>
    <g clip-path="url(#board)"><rect width="1120" height="860" fill="#a56d3a"/>${grain.join('')}</g><g filter="url(#wet)">${smears.join('')}</g><g filter="url(#wet)">${heaps.join('')}</g><ellipse cx="250" cy="610" rx="62" ry="46" fill="#cfc7ba"/><path d="M190 606a62 46 0 0 1 124 0 62 40 0 0 0-124 0" fill="#4a2c14"/>`
}

/** Brushes of all widths in a jar before a window. */
export function brushesSvg(): string {
  const random = randomNumbers(167)
  const brushes = Array.from({ length: 15 }, (_, index) => {
    const lean = -36 + index * 5 + between(random, -4, 4)
    const length = between(random, 380, 600)
    const wide = between(random, 9, 24)
    const handle = pickFrom(random, ['#b5522f', '#1f4e6b', '#d9a441', '#2b2b2e', '#7a3b52', '#e4d8bf', '#3e6b4a'])
    return `<g transform="rotate(${lean} 450 1020)"><rect x="${450 - wide * 0.36}" y="${1020 - length}" width="${wide * 0.72}" height="${length}" rx="6" fill="${handle}"/><rect x="${450 - wide * 0.36}" y="${1020 - length}" width="${wide * 0.2}" height="${length}" fill="#fff" opacity=".25"/><rect x="${450 - wide * 0.5}" y="${950 - length}" width="${wide}" height="76" fill="#c9ccd1"/><rect x="${450 - wide * 0.3}" y="${950 - length}" width="${wide * 0.2}" height="76" fill="#fff" opacity=".8"/><path d="M${450 - wide * 0.5} ${950 - length}q-${wide * 0.3} -60 ${wide * 0.5} -${between(random, 80, 130)}q${wide * 0.8} 60 ${wide * 0.5} ${110}Z" fill="${pickFrom(random, ['#5b3f2a', '#d8c9a8', '#2a2422', '#a5402c', '#2f5d8a'])}"/></g>`
  })
  return `<defs><linearGradient id="w" x2="1" y2="1"><stop offset="0" stop-color="#eef3f2"/><stop offset=".5" stop-color="#b9c4bd"/><stop offset="1" stop-color="#7c8579"/></linearGradient><linearGradient id="j"><stop offset="0" stop-color="#8fb0b5" stop-opacity=".85"/><stop offset=".2" stop-color="#e6f3f2" stop-opacity=".75"/><stop offset=".6" stop-color="#9fbcbf" stop-opacity=".55"/><stop offset="1" stop-color="#4d6d73" stop-opacity=".9"/></linearGradient><filter id="s"><feGaussianBlur stdDeviation="18"/></filter></defs>
    <rect width="900" height="1200" fill="url(#w)"/><path d="M0 980H900V1200H0Z" fill="#9c7a55"/><path d="M0 980H900V992H0Z" fill="#6f5336"/><ellipse cx="560" cy="1140" rx="330" ry="36" fill="#2a1c10" opacity=".5" filter="url(#s)"/>${brushes.join('')}<path d="M310 760h280l-22 380q-118 26-236 0Z" fill="url(#j)"/><path d="M326 930h248l-10 200q-114 24-228 0Z" fill="#5d7f8c" opacity=".55"/><ellipse cx="450" cy="760" rx="140" ry="22" fill="none" stroke="#eef7f6" stroke-width="7"/>`
}

export interface PageSketch {
  canvas: Canvas
  x: number
  y: number
  width: number
  degrees?: number
}

/** A page of a spiral-bound sketchbook with drawings, washes of colour and a few words nobody can read. */
export async function sketchbookPage(
  seed: number,
  sketches: PageSketch[],
  washes: string[],
  paper = '#f5efe1',
): Promise<Canvas> {
  const random = randomNumbers(seed)
  const [width, height] = [1000, 1350]
  const drawings = await Promise.all(
    sketches.map(async ({ canvas, x, y, width: wide, degrees = 0 }) => {
      const high = (wide * canvas.height) / canvas.width
      return `<g transform="rotate(${degrees} ${x} ${y})" style="mix-blend-mode:multiply"><image x="${x}" y="${y}" width="${wide}" height="${high}" xlink:href="${await asDataUrl(canvas)}"/></g>`
    }),
  )
  const swatches = washes.map((wash, index) => {
    const [x, y] = [150 + (index % 6) * 140, height - 210 + Math.floor(index / 6) * 110]
    return `<rect x="${x}" y="${y}" width="104" height="78" rx="10" fill="${wash}" opacity=".82"/><rect x="${x + 3}" y="${y + 3}" width="98" height="72" rx="10" fill="none" stroke="${wash}" stroke-width="5" opacity=".75"/>`
  })
  const words = Array.from({ length: 4 }, (_, line) => {
    const y = height - 300 + line * 26
    let path = `M150 ${y}`
    for (let x = 150; x < 420 + between(random, -60, 140); x += 11)
      path += `q${between(random, 2, 6)} ${between(random, -16, 4)} 11 ${between(random, -3, 3)}`
    return `<path d="${path}" stroke="#3a3a44" stroke-width="1.8" fill="none"/>`
  })
  const rings = Array.from(
    { length: 22 },
    (_, index) =>
      `<circle cx="52" cy="${50 + index * 60}" r="11" fill="#4a4238"/><path d="M52 ${46 + index * 60}q-46 -22 -62 8" stroke="#9a9da3" stroke-width="7" fill="none"/>`,
  )
  return drawSvg(
    width,
    height,
    `<defs><filter id="water" x="-.1" y="-.1" width="1.2" height="1.2"><feTurbulence type="fractalNoise" baseFrequency=".03" numOctaves="3" seed="${seed}"/><feDisplacementMap in="SourceGraphic" scale="16"/></filter><linearGradient id="page"><stop offset="0" stop-color="#b9ae98"/><stop offset=".07" stop-color="${paper}"/><stop offset=".9" stop-color="${paper}"/><stop offset="1" stop-color="#ded4bf"/></linearGradient></defs>
      <rect width="${width}" height="${height}" fill="url(#page)"/>${drawings.join('')}<g filter="url(#water)" style="mix-blend-mode:multiply">${swatches.join('')}</g>${seed % 2 ? words.join('') : ''}${rings.join('')}`,
  )
}
