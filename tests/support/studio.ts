import { existsSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { CallName, Input, Output } from '../../src/shared/contract.ts'
import type { MediaTile } from '../../src/shared/media.ts'

const samples = join(import.meta.dirname, '../../resources/samples')
/** Of Debian's packages plasma-workspace-wallpapers and gnome-backgrounds, by what they are called here. */
const photographs: Record<string, string> = {
  'Autumn wood.jpg': 'wallpapers/Autumn/contents/images/2560x1600.jpg',
  'By the water.jpg': 'wallpapers/BytheWater/contents/images/2560x1600.jpg',
  'Cold ripple.jpg': 'wallpapers/ColdRipple/contents/images/2560x1600.jpg',
  'Colourful cups.jpg': 'wallpapers/ColorfulCups/contents/images/2560x1600.jpg',
  'Darkest hour.jpg': 'wallpapers/DarkestHour/contents/images/2560x1600.jpg',
  'Evening glow.jpg': 'wallpapers/EveningGlow/contents/images/2560x1600.jpg',
  'Fallen leaf.jpg': 'wallpapers/FallenLeaf/contents/images/2560x1600.jpg',
  'Grey.jpg': 'wallpapers/Grey/contents/images/2560x1600.jpg',
  'Kite.jpg': 'wallpapers/Kite/contents/images/2560x1600.jpg',
  'One stands out.jpg': 'wallpapers/OneStandsOut/contents/images/2560x1600.jpg',
  'Pastel hills.jpg': 'wallpapers/PastelHills/contents/images/3200x2000.jpg',
  'Path.jpg': 'wallpapers/Path/contents/images/2560x1600.jpg',
  'Summer, 1 am.jpg': 'wallpapers/summer_1am/contents/images/2560x1600.jpg',
}

/** Folders of an artist: what comes with the program, and photographs where they are installed. */
export async function fillStudio(folder: string): Promise<void> {
  for (const part of ['Paintings', 'Prints', 'Drawings', 'Photographs', 'Sketchbook', 'Odd files'])
    await cp(join(samples, part), join(folder, part), { recursive: true })
  for (const [name, source] of Object.entries(photographs)) {
    const target = join(folder, 'Journeys', name)
    await mkdir(dirname(target), { recursive: true })
    if (existsSync(join('/usr/share', source))) await cp(join('/usr/share', source), target)
  }
}

type Call = <N extends CallName>(name: N, input: Input<N>) => Promise<Output<N>>

/** Asks a running program. @param address with its token */
export function callsTo(address: string): Call {
  const { origin, hash } = new URL(address)
  const headers = { authorization: `Bearer ${hash.replace(/^#token=/, '')}` }
  return async (name, input) => {
    const response = await fetch(`${origin}/api/call/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
    const reply = (await response.json()) as { ok: boolean; value: never; error: { message: string } }
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
    return reply.value
  }
}

const nothingSaid = {
  support: null,
  edition: null,
  price: null,
  location: null,
  provenance: null,
  statement: null,
  inventoryNumber: null,
  status: 'available',
} as const
const cm = (height: number, width: number) =>
  ({ heightMm: height * 10, widthMm: width * 10, depthMm: null, unit: 'cm' }) as const
const euros = (amount: number) => ({ minor: amount * 100, currency: 'EUR' })

/** What somebody has done in a library after some weeks. */
export async function livedIn(call: Call): Promise<void> {
  const { items } = await call('media.page', { filter: {}, sort: 'name', after: null, limit: 200 })
  const named = (...names: string[]): number[] =>
    names.flatMap(name =>
      items
        .filter(each => each.filename.startsWith(name))
        .map(({ id }) => id)
        .slice(0, 1),
    )
  await mark(call, items, named)
  await call('tags.change', {
    mediaIds: named('Poppies', 'Olive grove', 'Oranges'),
    add: ['summer show', 'oil'],
    remove: [],
  })
  await call('tags.change', {
    mediaIds: named('Moon over', 'Crane', 'Pike'),
    add: ['edition', 'spring fair'],
    remove: [],
  })
  await call('words.set', {
    mediaIds: named('Storm off'),
    field: 'description',
    value: 'The sea off the cape on the third day of wind.',
  })
  const collections = {
    'Summer show': named('Poppies', 'Olive grove', 'Oranges', 'Nine circles', 'Evening at'),
    'For the website': named('Crane', 'Moon over', 'Street', 'The old oak', 'Harbour', 'Night window', 'Path'),
    Light: named('Pastel', 'Evening', 'Summer', 'By the water', 'Darkest'),
  }
  for (const [name, mediaIds] of Object.entries(collections)) await call('collections.create', { name, mediaIds })
  await call('views.save', {
    name: 'Best of all',
    filter: { text: 'rating:>=4' },
    sort: 'name',
    group: 'none',
    layout: null,
  })
  await makeWorks(call, named)
}

async function mark(call: Call, items: MediaTile[], named: (...names: string[]) => number[]): Promise<void> {
  const set = (mediaIds: number[], change: Input<'marks.set'>['change']) => call('marks.set', { mediaIds, change })
  await set(named('Poppies', 'Harbour', 'Moon over', 'Evening glow', 'Storm off'), { rating: 5, flag: 'picked' })
  await set(named('Olive grove', 'Crane', 'Pastel', 'The old oak', 'By the water', 'Nine circles'), { rating: 4 })
  await set(named('Street', 'Kite', 'Oranges', 'Pike', 'Autumn'), { rating: 3 })
  await set(named('Grey', 'Empty', 'Really a'), { flag: 'rejected' })
  await set(named('Poppies', 'Crane', 'Path'), { label: 'green' })
  await set(named('Evening at', 'Cold ripple'), { label: 'blue' })
  const videos = items.filter(({ video }) => video).map(({ id }) => id)
  if (videos.length > 0) await set(videos, { label: 'purple' })
}

async function makeWorks(call: Call, named: (...names: string[]) => number[]): Promise<void> {
  const make = (names: string[], said: Partial<Input<'artworks.create'>['fields']> & { title: string }) =>
    call('artworks.create', {
      fields: { ...nothingSaid, year: null, medium: null, dimensions: null, series: null, ...said },
      sources: {},
      media: named(...names).map((id, i) => ({ id, role: i === 0 ? 'main' : 'detail' })),
    })
  const painted = { medium: 'Oil', support: 'Canvas', location: 'Studio, rack 2' }
  await make(['Harbour in winter'], {
    title: 'Harbour in winter',
    ...painted,
    year: '2019',
    dimensions: cm(60, 80),
    series: 'Coast',
    status: 'sold',
    price: euros(2400),
    provenance: 'Sold from the summer show to a collection in Bern.',
  })
  await make(['Storm off', 'Evening at'], {
    title: 'Storm off the cape',
    ...painted,
    year: '2020–21',
    dimensions: cm(90, 120),
    series: 'Coast',
    price: euros(3800),
    statement: 'Painted from memory over one winter, after three days of wind.',
  })
  await make(['Olive grove'], {
    title: 'Olive grove',
    ...painted,
    year: '2021',
    dimensions: cm(50, 70),
    series: 'South',
    status: 'on-loan',
    location: 'Town museum',
  })
  await make(['Poppies'], {
    title: 'Poppies',
    ...painted,
    year: '2022',
    dimensions: cm(40, 40),
    series: 'South',
    status: 'reserved',
    price: euros(1200),
  })
  await make(['Moon over'], {
    title: 'Moon over pines',
    medium: 'Screenprint',
    support: 'Paper',
    year: '2023',
    dimensions: cm(42, 29.7),
    edition: { copy: 3, size: 25, proofs: 2 },
    price: euros(180),
    location: 'Drawer 4',
  })
  await make(['Crane'], {
    title: 'Crane',
    medium: 'Woodcut',
    support: 'Japanese paper',
    year: '2023',
    dimensions: cm(30, 21),
    edition: { copy: null, size: 12, proofs: 1 },
    price: euros(240),
    location: 'Drawer 4',
  })
}
