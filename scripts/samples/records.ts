/** Which files the photographs, the sketchbook and the odds and ends are. */
import sharp from 'sharp'
import { type Canvas, toSharp } from './canvas.ts'
import { type Facts, withFacts } from './facts.ts'
import { encode, jpeg, mirrorless, type Write } from './formats.ts'
import { exhibition, framed, pages, photographs } from './pieces.ts'

/** Stores a picture as a camera held in another position would: turned or mirrored, with the tag that undoes it. */
async function held(canvas: Canvas, orientation: number, facts: Facts): Promise<Buffer> {
  const { turn, isMirrored } = stored[orientation] as { turn: number; isMirrored: boolean }
  const turned = await toSharp(canvas).rotate(turn).png().toBuffer()
  const lying = isMirrored ? sharp(turned).flop() : sharp(turned)
  return withFacts(lying.jpeg({ quality: 80, mozjpeg: true }), { ...facts, orientation }).toBuffer()
}

/** EXIF says how to get from the file to the eye; this is the way back, the turn first. */
const stored: Record<number, { turn: number; isMirrored: boolean }> = {
  1: { turn: 0, isMirrored: false },
  2: { turn: 0, isMirrored: true },
  3: { turn: 180, isMirrored: false },
  4: { turn: 180, isMirrored: true },
  5: { turn: 90, isMirrored: true },
  6: { turn: 270, isMirrored: false },
  7: { turn: 270, isMirrored: true },
  8: { turn: 90, isMirrored: false },
}

export async function writePhotographs(
  write: Write,
  works: { lake: Canvas; harbour: Canvas; night: Canvas },
): Promise<void> {
  const photo = async (name: string, canvas: Canvas, orientation: number, facts: Facts) =>
    write(`Photographs/${name}`, await held(canvas, orientation, { camera: mirrorless, ...facts }))
  await photo('DSCF0412.jpg', photographs.form(0), 6, {
    title: 'Standing form, front',
    keywords: ['sculpture', 'plaster'],
    date: '2022-10-15T11:04:12',
    rating: 5,
  })
  await photo('DSCF0415.jpg', photographs.form(2), 8, {
    title: 'Standing form, back',
    keywords: ['sculpture', 'plaster'],
    date: '2022-10-15T11:06:40',
  })
  await photo('DSCF0733.jpg', photographs.vase(), 1, {
    title: 'Vase, dipped in blue',
    keywords: ['ceramics', 'glaze'],
    date: '2023-03-11T14:22:05',
    rating: 4,
  })
  await photo('DSCF0740.jpg', photographs.bowls(), 3, {
    title: 'Two bowls',
    keywords: ['ceramics', 'glaze'],
    date: '2023-03-11T14:31:48',
  })
  await photo('DSCF0802.jpg', photographs.pebbles(), 7, {
    title: 'Cairn',
    keywords: ['sculpture', 'stone'],
    date: '2023-08-19T17:45:33',
    rating: 3,
  })
  await photo('DSCF0951.jpg', await exhibition(works.lake, works.night, works.harbour), 2, {
    title: 'Exhibition, east wall',
    keywords: ['exhibition'],
    date: '2024-02-03T18:00:21',
    rating: 4,
  })
  await photo('DSCF0958.jpg', await framed(works.lake), 4, {
    title: 'Evening at the lake, framed',
    keywords: ['exhibition', 'frame'],
    date: '2024-02-03T18:09:55',
  })
  await photo('DSCF1020.jpg', await photographs.palette(), 5, { date: '2024-05-18T10:10:10' })
  await photo('DSCF1024.jpg', await photographs.brushes(), 1, { date: '2024-05-18T10:12:00' })
  const turns = Array.from({ length: 12 }, (_, index) =>
    toSharp(photographs.turntable(index / 3))
      .png()
      .toBuffer(),
  )
  const turntable = sharp(await Promise.all(turns), { join: { animated: true } })
  await write(
    'Photographs/Turntable.gif',
    await turntable.gif({ colours: 48, delay: Array(12).fill(120), loop: 0 }).toBuffer(),
  )
}

export async function writeSketchbook(write: Write): Promise<void> {
  const page = async (name: string, canvas: Canvas, facts: Facts) =>
    write(`Sketchbook/${name}`, await jpeg(canvas, { keywords: ['sketchbook', 'watercolour'], ...facts }, 76))
  const leaves = await pages.leaves()
  await page('Page 12, leaves.jpg', leaves, { title: 'Leaves and shells', date: '2023-09-24T13:00:00' })
  await page('Page 15, hills.jpg', await pages.hills(), {
    title: 'Hills, from the train',
    date: '2023-09-29T08:40:00',
    rating: 3,
  })
  const teapot = await pages.teapot()
  await write(
    'Sketchbook/Page 18, teapot.webp',
    await encode(
      teapot,
      {
        title: 'Grandmother’s teapot',
        keywords: ['sketchbook', 'watercolour', 'still life'],
        date: '2023-10-02T16:30:00',
        rating: 4,
      },
      picture => picture.webp({ quality: 78 }),
    ),
  )
  await write(
    'Sketchbook/Swatches.gif',
    await toSharp(leaves).extract({ left: 120, top: 1110, width: 860, height: 150 }).gif({ colours: 32 }).toBuffer(),
  )
  const frames = [leaves, teapot].map(canvas => toSharp(canvas).resize(360).png().toBuffer())
  await write(
    'Sketchbook/Turning pages.webp',
    await sharp(await Promise.all(frames), { join: { animated: true } })
      .webp({ quality: 60, delay: [900, 900], loop: 0 })
      .toBuffer(),
  )
}

/** What every real folder has, too. */
export async function writeOddFiles(write: Write, poppies: Buffer): Promise<void> {
  const folder = (name: string) => `Odd files/${name}`
  await write(folder('Poppies (copy).jpg'), poppies)
  await write(folder('Damaged download.jpg'), poppies.subarray(0, Math.floor(poppies.length * 0.4)))
  await write(folder('Empty.png'), '')
  await write(folder('Notes.txt'), 'Order more linen.\nThe frame for the lake needs glass.\n')
  const small = sharp(poppies).resize(420)
  await write(folder('Really a PNG.jpg'), await small.clone().png({ palette: true, colours: 48 }).toBuffer())
  await write(
    folder('Frühling & Gärten 🌿.jpg'),
    await withFacts(small.clone().modulate({ hue: 70 }).jpeg({ quality: 80 }), {
      title: 'Frühling & Gärten 🌿',
      keywords: ['Frühling', 'Gärten'],
      date: '2024-03-31T10:00:00',
    }).toBuffer(),
  )
  await write(folder('Stamp.png'), await small.clone().resize(24, 24).png().toBuffer())
}
