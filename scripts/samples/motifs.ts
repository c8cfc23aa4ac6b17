/** What the sample paintings show, as drawings of 1000 units in width that a brush, a pencil or a knife works over. */
import { between, createNoise, pickFrom, type Random, randomNumbers } from './random.ts'

/** A motif drawn 1000 units wide; `height` is its proportion. */
export interface Motif {
  height: number
  svg: string
}

const gradient = (id: string, stops: [number, string][], direction = 'x2="0" y2="1"') =>
  `<linearGradient id="${id}" ${direction}>${stops.map(([at, colour]) => `<stop offset="${at}" stop-color="${colour}"/>`).join('')}</linearGradient>`

const glow = (id: string, colour: string, opacity = 1) =>
  `<radialGradient id="${id}"><stop offset="0" stop-color="${colour}" stop-opacity="${opacity}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`

/** A ridge of hills from side to side, filled down to the bottom. */
function ridge(seed: number, level: number, swing: number, frequency: number, fill: string, bottom = 1400): string {
  const noise = createNoise(seed)
  const points = Array.from({ length: 81 }, (_, index) => {
    const x = -20 + index * 13
    return `${x} ${(level + noise((x / 1000) * frequency, seed * 1.3, 4) * swing).toFixed(1)}`
  })
  return `<path d="M-20 ${bottom}L${points.join('L')}L1040 ${bottom}Z" fill="${fill}"/>`
}

function scatter(random: Random, count: number, draw: (random: Random, part: number) => string): string {
  return Array.from({ length: count }, (_, index) => draw(random, index / count)).join('')
}

export function eveningLake(): Motif {
  const random = randomNumbers(11)
  const glints = scatter(random, 90, (_, part) => {
    const y = 430 + part * 270
    const reach = 14 + part * 120
    const colour = pickFrom(random, ['#ffd28a', '#ff9d5c', '#f4775a', '#ffe7b8'])
    return `<ellipse cx="${640 + between(random, -reach, reach)}" cy="${y}" rx="${between(random, 12, 50)}" ry="${2.5 + part * 5}" fill="${colour}" opacity=".75"/>`
  })
  const reeds = scatter(random, 70, () => {
    const x = between(random, 0, 240)
    return `<path d="M${x} 720q${between(random, -12, 24)} -90 ${between(random, -20, 50)} -${between(random, 120, 250)}" stroke="#1d2a33" stroke-width="${between(random, 4, 8)}" fill="none"/>`
  })
  const defs = `<defs>${gradient('sky', [
    [0, '#2b3a67'],
    [0.35, '#8c5a86'],
    [0.7, '#f08a5d'],
    [1, '#ffd08a'],
  ])}${gradient('water', [
    [0, '#e58f6a'],
    [0.4, '#7a5680'],
    [1, '#202c52'],
  ])}${glow('sun', '#fff2c9')}</defs>`
  return {
    height: 700,
    svg: `${defs}<rect width="1000" height="430" fill="url(#sky)"/><circle cx="640" cy="385" r="210" fill="url(#sun)"/><circle cx="640" cy="385" r="38" fill="#fff6da"/>
      ${ridge(3, 400, 55, 3, '#5d4a78', 440)}${ridge(8, 425, 40, 5, '#2f3557', 440)}<rect y="430" width="1000" height="300" fill="url(#water)"/>${glints}${reeds}`,
  }
}

export function poppies(): Motif {
  const random = randomNumbers(23)
  const flowers = scatter(random, 420, (_, part) => {
    const depth = part ** 1.6
    const y = 360 + depth * 420
    const size = 4 + depth * 30
    const x = between(random, -20, 1020)
    const red = pickFrom(random, ['#d7263d', '#e8442f', '#b81d2c', '#f0644a'])
    const heart = depth > 0.35 ? `<circle cx="${x}" cy="${y}" r="${size * 0.28}" fill="#2a1520"/>` : ''
    return `<ellipse cx="${x}" cy="${y}" rx="${size}" ry="${size * 0.72}" fill="${red}"/>${heart}`
  })
  const grass = scatter(random, 500, (_, part) => {
    const y = 350 + part * 440
    return `<path d="M${between(random, 0, 1000)} ${y}q${between(random, -8, 8)} -20 ${between(random, -14, 14)} -${15 + part * 50}" stroke="${pickFrom(random, ['#7f9a3f', '#556f2c', '#9fb257', '#3f5a2d'])}" stroke-width="${2 + part * 6}" fill="none"/>`
  })
  const clouds = scatter(
    random,
    16,
    () =>
      `<ellipse cx="${between(random, 0, 1000)}" cy="${between(random, 40, 230)}" rx="${between(random, 60, 150)}" ry="${between(random, 14, 36)}" fill="#fdf6ec" opacity=".75"/>`,
  )
  const cypresses = [120, 165, 830]
    .map((x, i) => `<ellipse cx="${x}" cy="${270 - i * 4}" rx="17" ry="${82 - i * 12}" fill="#2f4a34"/>`)
    .join('')
  return {
    height: 780,
    svg: `<defs>${gradient('sky', [
      [0, '#6fa8d6'],
      [1, '#dfeaf0'],
    ])}${gradient('field', [
      [0, '#a9b865'],
      [1, '#4d6a2d'],
    ])}</defs><rect width="1000" height="400" fill="url(#sky)"/>${clouds}
      ${ridge(5, 300, 60, 3, '#8fa7a8', 420)}${ridge(9, 330, 40, 4, '#7d9a66', 430)}${cypresses}<rect y="345" width="1000" height="460" fill="url(#field)"/>${grass}${flowers}`,
  }
}

export function birches(): Motif {
  const random = randomNumbers(31)
  const leaves = (count: number, top: number, bottom: number) =>
    scatter(
      random,
      count,
      () =>
        `<circle cx="${between(random, 0, 1000)}" cy="${between(random, top, bottom)}" r="${between(random, 8, 30)}" fill="${pickFrom(random, ['#e8a628', '#d97f1e', '#f2c84b', '#c2571a', '#8f8a35'])}" opacity=".85"/>`,
    )
  const trunk = (x: number, width: number, far: boolean) => {
    const marks = scatter(
      random,
      26,
      (_, part) =>
        `<ellipse cx="${x + between(random, -width / 3, width / 2)}" cy="${part * 1180 + between(random, 0, 40)}" rx="${width * between(random, 0.12, 0.4)}" ry="${between(random, 3, 8)}" fill="#2e2a2b"/>`,
    )
    const shade = `<rect x="${x + width * 0.12}" width="${width * 0.4}" height="1200" fill="#8d8794" opacity=".6"/>`
    return `<rect x="${x - width / 2}" width="${width}" height="1200" fill="${far ? '#cfc6c0' : '#f3eee6'}"/>${shade}${marks}`
  }
  const far = [80, 210, 330, 470, 560, 700, 790, 930].map(x => trunk(x, 22, true)).join('')
  const near = [150, 400, 640, 880].map((x, index) => trunk(x, 52 + index * 7, false)).join('')
  return {
    height: 1250,
    svg: `<defs>${gradient('air', [
      [0, '#b7cfd6'],
      [0.6, '#e7cf9a'],
      [1, '#7a4a22'],
    ])}</defs><rect width="1000" height="1250" fill="url(#air)"/>${leaves(260, 0, 700)}${far}${leaves(200, 0, 480)}${near}${leaves(150, 0, 300)}${leaves(360, 1080, 1270)}`,
  }
}

export function oranges(): Motif {
  const orange = (x: number, y: number, r: number) =>
    `<ellipse cx="${x + r * 0.5}" cy="${y + r * 0.86}" rx="${r * 1.25}" ry="${r * 0.28}" fill="#1f1a2b" opacity=".55"/><circle cx="${x}" cy="${y}" r="${r}" fill="#d9661f"/><circle cx="${x - r * 0.12}" cy="${y - r * 0.14}" r="${r * 0.8}" fill="#ee8a2b"/><circle cx="${x - r * 0.28}" cy="${y - r * 0.3}" r="${r * 0.42}" fill="#f9b04e"/><circle cx="${x - r * 0.36}" cy="${y - r * 0.4}" r="${r * 0.13}" fill="#fff1cf"/>`
  const bowl = `<ellipse cx="480" cy="655" rx="330" ry="50" fill="#14202f" opacity=".6"/><path d="M210 440q20 190 170 205h180q150-15 170-205Z" fill="#2f5d8a"/><path d="M230 450q40 160 150 185h60q-130-50-150-190Z" fill="#7fb0cf"/><ellipse cx="470" cy="440" rx="260" ry="52" fill="#1d3c5c"/>`
  return {
    height: 800,
    svg: `<defs>${gradient(
      'wall',
      [
        [0, '#4d5f57'],
        [1, '#8c9377'],
      ],
      'x2="1" y2="1"',
    )}${gradient('cloth', [
      [0, '#e9dcc2'],
      [1, '#a9906d'],
    ])}</defs><rect width="1000" height="800" fill="url(#wall)"/><path d="M0 520Q300 490 620 515T1000 500V800H0Z" fill="url(#cloth)"/>
      <path d="M700 515l60 285M300 640q-30 90-60 160M860 510q20 150 10 290" stroke="#8d7656" stroke-width="14" opacity=".5" fill="none"/>${bowl}${orange(360, 375, 88)}${orange(560, 370, 92)}${orange(462, 320, 90)}${orange(800, 600, 84)}${orange(150, 655, 72)}<path d="M450 236q60-70 120-38-50 50-120 38Z" fill="#4f7f3a"/>`,
  }
}

export function winterHarbour(): Motif {
  const random = randomNumbers(47)
  const house = (x: number, width: number, height: number, colour: string) =>
    `<path d="M${x} 430v-${height}l${width / 2} -${width * 0.42} ${width / 2} ${width * 0.42}v${height}Z" fill="${colour}"/><path d="M${x - 6} ${430 - height}l${width / 2 + 6} -${width * 0.45} ${width / 2 + 6} ${width * 0.45}-8 12-${width / 2 - 2} -${width * 0.42}-${width / 2 - 2} ${width * 0.42}Z" fill="#f2f4f6"/>${[0.25, 0.62].map(part => `<rect x="${x + width * part}" y="${430 - height * 0.7}" width="${width * 0.16}" height="${height * 0.3}" fill="#f7d58a"/>`).join('')}`
  const boat = (x: number, y: number, size: number, colour: string) =>
    `<path d="M${x - size} ${y}q${size} ${size * 0.5} ${size * 2} 0l-${size * 0.25} ${size * 0.42}h-${size * 1.45}Z" fill="${colour}"/><rect x="${x - 3}" y="${y - size * 2.2}" width="7" height="${size * 2.3}" fill="#3a2d2a"/><path d="M${x + 6} ${y - size * 2.1}L${x + size * 0.9} ${y - 8}H${x + 6}Z" fill="#e9e2d2"/>`
  const snow = scatter(
    random,
    120,
    () =>
      `<circle cx="${between(random, 0, 1000)}" cy="${between(random, 0, 700)}" r="${between(random, 2, 6)}" fill="#fff"/>`,
  )
  const ripples = scatter(
    random,
    130,
    (_, part) =>
      `<rect x="${between(random, 0, 1000)}" y="${445 + part * 255}" width="${between(random, 20, 120)}" height="${3 + part * 6}" fill="${pickFrom(random, ['#8ea4b5', '#4d6478', '#c9d5dc', '#f1c987', '#37495a'])}" opacity=".6"/>`,
  )
  const houses = [
    house(60, 110, 120, '#a3433a'),
    house(180, 90, 150, '#d9a441'),
    house(280, 120, 110, '#55748c'),
    house(420, 100, 160, '#8f4b5a'),
    house(540, 130, 120, '#cfc3a8'),
    house(690, 95, 150, '#3f6f6a'),
    house(800, 120, 130, '#b5573c'),
  ].join('')
  return {
    height: 720,
    svg: `<defs>${gradient('sky', [
      [0, '#8fa0b3'],
      [1, '#dcdfe2'],
    ])}${gradient('sea', [
      [0, '#93a6b3'],
      [1, '#33475a'],
    ])}</defs><rect width="1000" height="440" fill="url(#sky)"/>${ridge(13, 290, 70, 3, '#b9c4cd', 440)}${houses}<rect y="425" width="1000" height="300" fill="url(#sea)"/><rect y="420" width="1000" height="16" fill="#f3f5f7"/>${ripples}${boat(250, 540, 80, '#7b2d2a')}${boat(640, 590, 105, '#24475f')}${boat(880, 505, 55, '#d8d2c2')}${snow}`,
  }
}

export function storm(): Motif {
  const random = randomNumbers(59)
  const waves = Array.from({ length: 8 }, (_, index) => {
    const colours = ['#7d97a1', '#5c7f8d', '#44707f', '#2f5c6e', '#214a5f', '#173a4f', '#122f43', '#0d2536']
    const level = 360 + index * 52
    const foam = scatter(random, 26, () => {
      const x = between(random, 0, 1000)
      const y = level + between(random, -26 - index * 4, 16)
      return `<path d="M${x} ${y}q${between(random, 20, 60)} -${between(random, 8, 30)} ${between(random, 50, 130)} ${between(random, -6, 14)}" stroke="#f1f6f4" stroke-width="${3 + index * 1.7}" fill="none" opacity=".85"/>`
    })
    return ridge(60 + index, level, 60 + index * 12, 5 - index * 0.4, colours[index] as string) + foam
  }).join('')
  const clouds = scatter(
    random,
    60,
    () =>
      `<ellipse cx="${between(random, -50, 1050)}" cy="${between(random, 0, 300)}" rx="${between(random, 70, 200)}" ry="${between(random, 20, 60)}" fill="${pickFrom(random, ['#3b444f', '#59646e', '#8b949a', '#262d36', '#b8b9ad'])}" opacity=".7"/>`,
  )
  return {
    height: 760,
    svg: `<defs><filter id="soft" x="0" y="0" width="1" height="1"><feGaussianBlur stdDeviation="22"/></filter></defs><rect width="1000" height="760" fill="#6d7a83"/><g filter="url(#soft)">${clouds}<ellipse cx="690" cy="300" rx="230" ry="46" fill="#f3e3ad"/></g>${waves}<path d="M560 430l150 18-30 40H590Z" fill="#2a1d1b"/><path d="M640 435V290M640 300l70 110h-70" stroke="#2a1d1b" stroke-width="7" fill="#d9cfb8"/>`,
  }
}

export function cypress(): Motif {
  const random = randomNumbers(67)
  const body = scatter(random, 420, (_, part) => {
    const y = 500 + part * 2200
    const reach = 40 + Math.sin(Math.min(1, part * 1.2) * Math.PI * 0.62) * 230
    return `<ellipse cx="${500 + between(random, -reach, reach)}" cy="${y}" rx="${between(random, 18, 60)}" ry="${between(random, 60, 150)}" fill="${pickFrom(random, ['#1f3a2c', '#2d5238', '#47693f', '#14271f', '#6b8447'])}" transform="rotate(${between(random, -14, 14)} 500 ${y})"/>`
  })
  const stars = scatter(
    random,
    18,
    () =>
      `<circle cx="${between(random, 30, 970)}" cy="${between(random, 60, 1100)}" r="${between(random, 16, 44)}" fill="#ffe9a3"/>`,
  )
  return {
    height: 2900,
    svg: `<defs>${gradient('night', [
      [0, '#16245a'],
      [0.55, '#3f6bb0'],
      [0.85, '#9fb9c9'],
      [1, '#d9b45a'],
    ])}${glow('moon', '#ffe08a')}</defs><rect width="1000" height="2900" fill="url(#night)"/>${stars}<circle cx="760" cy="330" r="300" fill="url(#moon)"/><circle cx="760" cy="330" r="105" fill="#ffe9a3"/>${ridge(71, 2350, 120, 3, '#4e6f9a', 2950)}<path d="M0 2560Q500 2480 1000 2600V2950H0Z" fill="#c99a3f"/>${body}`,
  }
}

export function longRidge(): Motif {
  const layers = ['#c9cfe0', '#a9b5d1', '#8595bd', '#65769f', '#485a83', '#324263', '#202c45']
  return {
    height: 250,
    svg: `<defs>${gradient('dawn', [
      [0, '#f3c6a5'],
      [0.6, '#f7e3cf'],
      [1, '#dbe0ea'],
    ])}${glow('sun', '#fff4d6')}</defs><rect width="1000" height="250" fill="url(#dawn)"/><circle cx="730" cy="76" r="80" fill="url(#sun)"/>${layers.map((colour, index) => ridge(80 + index, 82 + index * 25, 52 - index * 3, 9 - index, colour, 300)).join('')}`,
  }
}

export function oliveGrove(): Motif {
  const random = randomNumbers(97)
  const tree = (x: number, y: number, size: number) => {
    const crown = scatter(
      random,
      90,
      () =>
        `<ellipse cx="${x + between(random, -1, 1) * size}" cy="${y - size * 1.25 + between(random, -0.6, 0.6) * size}" rx="${size * between(random, 0.1, 0.26)}" ry="${size * between(random, 0.07, 0.16)}" fill="${pickFrom(random, ['#6f7f4a', '#8f9c63', '#4d5d38', '#b2b987', '#3f4c33'])}"/>`,
    )
    return `<ellipse cx="${x + size * 0.6}" cy="${y + size * 0.08}" rx="${size * 1.3}" ry="${size * 0.16}" fill="#6b5584" opacity=".55"/><path d="M${x - size * 0.14} ${y}q${size * 0.2} -${size * 0.5} -${size * 0.12} -${size}l${size * 0.5} -${size * 0.1}q-${size * 0.18} ${size * 0.5} ${size * 0.1} ${size * 1.1}Z" fill="#5b4637"/>${crown}`
  }
  const trees = [
    tree(190, 430, 80),
    tree(430, 415, 70),
    tree(680, 430, 85),
    tree(900, 420, 75),
    tree(330, 620, 165),
    tree(760, 640, 185),
  ].join('')
  const earth = scatter(
    random,
    180,
    (_, part) =>
      `<ellipse cx="${between(random, 0, 1000)}" cy="${390 + part * 380}" rx="${between(random, 20, 70)}" ry="${3 + part * 9}" fill="${pickFrom(random, ['#d9a066', '#c88a50', '#e7c08c', '#b0704a', '#a98fae'])}"/>`,
  )
  return {
    height: 760,
    svg: `<defs>${gradient('sky', [
      [0, '#4c8fc4'],
      [1, '#cfe3e6'],
    ])}</defs><rect width="1000" height="400" fill="url(#sky)"/>${ridge(101, 320, 60, 3, '#7c93b8', 420)}<rect y="375" width="1000" height="400" fill="#cf9a62"/>${earth}${trees}`,
  }
}

export function nightWindow(): Motif {
  const random = randomNumbers(103)
  const lights = scatter(
    random,
    70,
    () =>
      `<circle cx="${between(random, 340, 900)}" cy="${between(random, 330, 640)}" r="${between(random, 3, 10)}" fill="${pickFrom(random, ['#ffd27a', '#ffb25a', '#fff0c4', '#8fc7e8'])}"/>`,
  )
  return {
    height: 1150,
    svg: `<defs>${gradient('room', [
      [0, '#2a1b2e'],
      [1, '#120d18'],
    ])}${gradient('night', [
      [0, '#0e1838'],
      [0.7, '#274a7d'],
      [1, '#3c5f8a'],
    ])}${glow('lamp', '#ffb852', 0.9)}</defs><rect width="1000" height="1150" fill="url(#room)"/><rect x="310" y="120" width="600" height="640" fill="url(#night)"/>${ridge(107, 560, 50, 4, '#15233f', 760).replaceAll('-20 ', '310 ')}<circle cx="760" cy="230" r="48" fill="#f4ecd2"/>${lights}
      <path d="M600 110h22v660h-22ZM300 420h620v20H300Z" fill="#3d2b26"/><path d="M300 110h620v660H300ZM325 135v610h570V135Z" fill="#523a30" fill-rule="evenodd"/><rect y="850" width="1000" height="300" fill="#4a2f24"/><circle cx="180" cy="640" r="420" fill="url(#lamp)"/><path d="M90 560h180l50 140H40Z" fill="#ffcf7d"/><rect x="168" y="700" width="24" height="170" fill="#201619"/><ellipse cx="180" cy="875" rx="90" ry="20" fill="#201619"/><path d="M470 850l20-190h120l20 190Z" fill="#2c5f66"/><path d="M520 660q-90-140-30-230M550 660q10-150 60-210M560 660q80-90 120-110" stroke="#4f7f4a" stroke-width="9" fill="none"/>${[
        [490, 430],
        [610, 450],
        [680, 550],
        [555, 520],
      ]
        .map(
          ([x, y]) =>
            `<circle cx="${x}" cy="${y}" r="34" fill="#c94f6d"/><circle cx="${x}" cy="${y}" r="15" fill="#f2a5a0"/>`,
        )
        .join('')}`,
  }
}
