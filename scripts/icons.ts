// Part of the build: every icon that a system asks for, drawn from resources/icon.svg into out/icons.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { root } from './steps.ts'

const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const
type Size = (typeof sizes)[number]
type Pictures = Record<Size, Buffer>

/** Kinds of macOS that hold PNG, each with its size in pixels: those for 1x, then for 2x. */
const icnsKinds: [kind: string, size: Size][] = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
  ['ic10', 1024],
]

const source = join(root, 'resources/icon.svg')
const folder = join(root, 'out/icons')
/** Its file is written last, so that a set that was interrupted counts as none. */
const last = join(folder, 'icon.icns')

if (!isFresh()) await drawAll()

function isFresh(): boolean {
  const newestMs = Math.max(statSync(source).mtimeMs, statSync(import.meta.filename).mtimeMs)
  return existsSync(last) && statSync(last).mtimeMs > newestMs
}

async function drawAll(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const svg = readFileSync(source, 'utf8')
  const write = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes)
  const drawn = await Promise.all(sizes.map(async size => [size, await draw(svg, size)] as const))
  for (const [size, bytes] of drawn) write(`${size}.png`, bytes)
  // macOS colours a template itself, and takes of it nothing but how opaque it is.
  const [template, light] = [traced(svg, '#000'), traced(svg, '#fff')]
  write('trayTemplate.png', await draw(template, 16))
  write('trayTemplate@2x.png', await draw(template, 32))
  write('tray.png', await draw(light, 24))
  write('tray@2x.png', await draw(light, 48))
  const pictures = Object.fromEntries(drawn) as Pictures
  write('icon.ico', toIco(pictures))
  writeFileSync(last, toIcns(pictures))
}

function draw(svg: string, size: number): Promise<Buffer> {
  return sharp(Buffer.from(svg)).resize(size, size).png({ compressionLevel: 9 }).toBuffer()
}

/** The drop alone, in one colour, as large as there is room. */
function traced(svg: string, colour: string): string {
  const style = `.tile { fill: none } .ink { fill: ${colour} } .paper { fill: ${colour}; opacity: 0.5 }`
  return svg.replace('viewBox="0 0 1024 1024"', 'viewBox="96 96 832 832"').replace('</style>', `${style}</style>`)
}

/** Windows. Six bytes, sixteen for each picture, and then the pictures, as PNG since Vista. */
function toIco(pictures: Pictures): Buffer {
  const used = sizes.filter(size => size <= 256)
  const head = Buffer.alloc(6 + 16 * used.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(used.length, 4)
  let offset = head.length
  used.forEach((size, index) => {
    const at = 6 + 16 * index
    // A byte each: 0 is 256.
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(pictures[size].length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += pictures[size].length
  })
  return Buffer.concat([head, ...used.map(size => pictures[size])])
}

/** macOS. Every part begins with its kind and its length, and so does the whole. */
function toIcns(pictures: Pictures): Buffer {
  const part = (kind: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(kind, 'latin1')
    head.writeUInt32BE(8 + body.length, 4)
    return Buffer.concat([head, body])
  }
  return part('icns', Buffer.concat(icnsKinds.map(([kind, size]) => part(kind, pictures[size]))))
}
