/** Which files the finished works are: paintings, drawings and prints. */
import sharp from 'sharp'
import { type Canvas, toneAt, toSharp } from './canvas.ts'
import { type Facts, withFacts, withIptc } from './facts.ts'
import { encode, jpeg, mirrorless, reflex, type Write } from './formats.ts'
import { drawings, leavesWash, paintings, prints } from './pieces.ts'
import { dandelionSvg, posterSvg } from './washes.ts'

export async function writePaintings(
  write: Write,
): Promise<{ lake: Canvas; harbour: Canvas; night: Canvas; poppies: Buffer }> {
  const folder = (name: string) => `Paintings/${name}`
  const [lake, harbour, night] = [
    await paintings.eveningLake(),
    await paintings.winterHarbour(),
    await paintings.nightWindow(),
  ]
  await write(
    folder('Evening at the lake.jpg'),
    await jpeg(lake, {
      title: 'Evening at the lake',
      caption: 'Oil on linen, 60 × 86 cm. Painted in one sitting before the rain.',
      keywords: ['oil', 'landscape', 'water', 'evening'],
      date: '2021-08-14T20:41:07',
      rating: 5,
      camera: reflex,
    }),
  )
  const poppyFacts: Facts = {
    title: 'Mohnfeld',
    caption: 'Öl auf Leinwand, 50 × 64 cm',
    keywords: ['Öl', 'Landschaft', 'Frühling', 'Blumen'],
    date: '2022-06-02T11:20:00',
    camera: reflex,
  }
  const poppies = withIptc(
    await jpeg(await paintings.poppies(), { date: poppyFacts.date as string, camera: reflex }),
    poppyFacts,
    'utf8',
  )
  await write(folder('Poppies.jpg'), poppies)
  await write(
    folder('Birches in October.webp'),
    await encode(
      await paintings.birches(),
      { title: 'Birches in October', keywords: ['oil', 'forest', 'autumn'], date: '2019-10-19T15:02:44', rating: 4 },
      picture => picture.webp({ quality: 80 }),
    ),
  )
  await write(
    folder('Oranges.jpg'),
    withIptc(
      await jpeg(await paintings.oranges(), { date: '2020-02-11T10:15:30', camera: mirrorless }),
      { title: 'Blue bowl, five oranges', caption: 'Still life, öl auf Holz', keywords: ['still life', 'fruit'] },
      'latin1',
    ),
  )
  await write(
    folder('Harbour in winter.avif'),
    await encode(
      harbour,
      {
        title: 'Harbour in winter',
        caption: 'Acrylic on board',
        keywords: ['acrylic', 'sea', 'winter', 'boats'],
        date: '2023-01-21T09:30:00',
        rating: 3,
      },
      picture => picture.avif({ quality: 62, effort: 4 }),
    ),
  )
  await write(
    folder('Storm off the cape.jpg'),
    await encode(
      await paintings.storm(),
      { title: 'Storm off the cape', keywords: ['oil', 'sea', 'boats'], date: '2018-11-03T16:12:09', camera: reflex },
      picture => picture.jpeg({ quality: 78, progressive: true, mozjpeg: true }),
    ),
  )
  await write(
    folder('Cypress at night.jpg'),
    await jpeg(await paintings.cypress(), {
      title: 'Cypress at night',
      caption: 'A tall one, 40 × 116 cm',
      keywords: ['oil', 'night', 'tree'],
      date: '2022-09-30T19:00:00',
    }),
  )
  await write(
    folder('The long ridge.jpg'),
    await jpeg(
      await paintings.longRidge(),
      {
        title: 'The long ridge',
        caption: 'Panorama on four panels',
        keywords: ['acrylic', 'landscape', 'mountains', 'panorama'],
        date: '2024-04-06T06:55:12',
        rating: 5,
      },
      76,
    ),
  )
  await write(
    folder('Olive grove.jpg'),
    await jpeg(await paintings.oliveGrove(), {
      title: 'Olive grove',
      keywords: ['oil', 'landscape', 'summer'],
      date: '2021-07-23T12:44:51',
      camera: mirrorless,
      rating: 3,
    }),
  )
  await write(
    folder('Night window.jpg'),
    await jpeg(night, {
      title: 'Night window',
      caption: 'The lamp was a gift.',
      keywords: ['oil', 'interior', 'night', 'flowers'],
      date: '2023-12-09T22:10:00',
      rating: 5,
      camera: mirrorless,
    }),
  )
  await write(
    folder('Red over ochre.tif'),
    await encode(
      await paintings.redOverOchre(),
      { title: 'Red over ochre', keywords: ['abstract', 'oil'], date: '2017-05-16T14:00:00' },
      picture => picture.tiff({ compression: 'jpeg', quality: 82 }),
    ),
  )
  const vivid = toSharp(await paintings.nineCircles())
    .withIccProfile('p3')
    .jpeg({ quality: 82, mozjpeg: true })
  await write(
    folder('Nine circles.jpg'),
    await withFacts(vivid, {
      title: 'Nine circles',
      caption: 'Gouache, photographed in Display P3',
      keywords: ['abstract', 'gouache'],
      date: '2024-10-01T13:37:00',
      rating: 4,
    }).toBuffer(),
  )
  await write(
    folder('Composition with a yellow sun.webp'),
    await encode(
      await paintings.composition(),
      { title: 'Composition with a yellow sun', keywords: ['abstract', 'acrylic'], date: '2020-05-05T17:00:00' },
      picture => picture.webp({ quality: 80 }),
    ),
  )
  return { lake, harbour, night, poppies }
}

export async function writeDrawings(write: Write): Promise<void> {
  const folder = (name: string) => `Drawings/${name}`
  await write(
    folder('Three pears.png'),
    await encode(
      await drawings.pears(),
      {
        title: 'Three pears',
        caption: 'Pencil on paper',
        keywords: ['pencil', 'still life', 'fruit'],
        date: '2020-03-28T10:00:00',
        rating: 3,
      },
      picture => picture.greyscale().png({ palette: true, colours: 16, effort: 10 }),
    ),
  )
  await write(
    folder('The old oak.jpg'),
    await encode(
      await drawings.oak(),
      {
        title: 'The old oak',
        caption: 'Ink on tinted paper',
        keywords: ['ink', 'tree'],
        date: '2019-02-17T11:11:11',
        rating: 4,
      },
      picture => picture.jpeg({ quality: 74, mozjpeg: true }),
    ),
  )
  await write(
    folder('Drapery.jpg'),
    await jpeg(
      await drawings.drapery(),
      { title: 'Study of drapery', caption: 'Red chalk', keywords: ['chalk', 'study'], date: '2018-03-04T15:00:00' },
      66,
    ),
  )
  const deep = toSharp(await drawings.shells())
    .resize(520)
    .blur(0.6)
    .greyscale()
    .toColourspace('grey16')
  await write(
    folder('Shells, scan of 16 bits.png'),
    await withFacts(deep.png({ compressionLevel: 9 }), {
      title: 'Two shells',
      keywords: ['pencil', 'study'],
      date: '2021-01-05T09:00:00',
    }).toBuffer(),
  )
  await write(
    folder('Street.jpg'),
    await encode(
      await drawings.street(),
      {
        title: 'Street with wires',
        caption: 'Fineliner, from the balcony',
        keywords: ['ink', 'city'],
        date: '2022-05-14T18:20:00',
        rating: 3,
      },
      picture => picture.jpeg({ quality: 66, mozjpeg: true }),
    ),
  )
  await write(folder('Dandelion clock.svg'), dandelionSvg())
  await write(folder('Leaves, cut out.png'), await cutOutLeaves())
}

/** The white of the paper becomes transparent. */
async function cutOutLeaves(): Promise<Buffer> {
  const leaves = await leavesWash()
  const { width, height } = leaves
  const data = Buffer.alloc(width * height * 4)
  for (let index = 0; index < width * height; index += 1) {
    const tone = toneAt(leaves, index % width, Math.floor(index / width))
    leaves.data.copy(data, index * 4, index * 3, index * 3 + 3)
    data[index * 4 + 3] = Math.max(0, Math.min(255, Math.round((0.97 - tone) * 1400)))
  }
  const cut = sharp(data, { raw: { width, height, channels: 4 } }).resize(760)
  const facts: Facts = { title: 'Leaves, cut out', keywords: ['watercolour', 'plants'], date: '2023-10-08T16:00:00' }
  return withFacts(cut.png({ palette: true, colours: 64, effort: 10 }), facts).toBuffer()
}

export async function writePrints(write: Write): Promise<void> {
  const folder = (name: string) => `Prints/${name}`
  await write(
    folder('Pike, linocut.png'),
    await encode(
      await prints.pike(),
      {
        title: 'Pike',
        caption: 'Linocut, edition of 20',
        keywords: ['linocut', 'fish', 'edition'],
        date: '2022-02-12T12:00:00',
        rating: 5,
      },
      picture => picture.png({ palette: true, colours: 16, effort: 10 }),
    ),
  )
  await write(
    folder('Crane, woodcut.jpg'),
    await jpeg(
      await prints.crane(),
      {
        title: 'Crane under the moon',
        caption: 'Woodcut, edition of 12',
        keywords: ['woodcut', 'bird', 'edition'],
        date: '2016-11-26T12:00:00',
        rating: 4,
      },
      68,
    ),
  )
  await write(
    folder('Moon over pines, screenprint.png'),
    await encode(
      await prints.moon(),
      {
        title: 'Moon over pines',
        caption: 'Screenprint, six colours',
        keywords: ['screenprint', 'landscape', 'edition'],
        date: '2023-06-17T12:00:00',
        rating: 5,
      },
      picture => picture.png({ palette: true, effort: 10 }),
    ),
  )
  const cmyk = toSharp(await prints.tulips())
    .resize(600)
    .toColourspace('cmyk')
    .withIccProfile('cmyk')
    .jpeg({ quality: 62 })
  await write(
    folder('Tulips, risograph (CMYK).jpg'),
    await withFacts(cmyk, {
      title: 'Tulips',
      caption: 'Risograph in three inks; file for the press',
      keywords: ['risograph', 'flowers', 'edition'],
      date: '2024-03-20T12:00:00',
      rating: 4,
    }).toBuffer(),
  )
  await write(
    folder('Etude in blue (Lab).tif'),
    await withFacts(
      toSharp(await prints.etude())
        .resize(640)
        .toColourspace('lab')
        .tiff({ compression: 'deflate', predictor: 'none' }),
      { title: 'Etude in blue', keywords: ['monotype', 'abstract'], date: '2019-09-01T12:00:00' },
    ).toBuffer(),
  )
  await write(
    folder('Composition, risograph.webp'),
    await encode(
      await prints.composition(),
      { title: 'Composition, three inks', keywords: ['risograph', 'abstract', 'edition'], date: '2020-07-07T12:00:00' },
      picture => picture.webp({ quality: 62 }),
    ),
  )
  await write(folder('Open studio, poster.svg'), posterSvg())
}
