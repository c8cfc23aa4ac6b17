// `fork` with a specification: a Drive in a process of its own, for benchmarks.
import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { startDriveServer } from './drive-server/index.ts'

const spec = JSON.parse(process.argv[2] ?? '{}') as {
  folders: number
  filesPerFolder: number
  latencyMs?: number
  /** Real ones instead of random bytes. */
  pictures?: number
  bytes?: number
}

const server = await startDriveServer()
const { world } = server
server.settings.acceptsToken = () => true
server.settings.latencyMs = spec.latencyMs ?? 0
const folderId = world.addFolder('Pictures')
const fileIds: string[] = []
// A tree of twenty to a folder.
const folders = [folderId]
for (let i = 0; folders.length < spec.folders; i += 1)
  folders.push(world.addFolder(`Folder ${i}`, folders[Math.floor(i / 20)]))
const small = Buffer.from('picture')
for (const [at, folder] of folders.entries()) {
  for (let i = 0; i < spec.filesPerFolder; i += 1)
    fileIds.push(world.addFile(`${i}.png`, await bytesOf(at * 1000 + i), folder))
}

async function bytesOf(seed: number): Promise<Buffer> {
  if (spec.bytes) return randomBytes(spec.bytes)
  if (!spec.pictures) return small
  const background = { r: seed % 256, g: (seed >> 8) % 256, b: 120 }
  return sharp({ create: { width: 800, height: 600, channels: 3, background } })
    .png()
    .toBuffer()
}

process.on('message', (message: { ask?: string }) => {
  if (message.ask === 'requests') process.send?.({ requests: server.seen.length })
})
process.on('disconnect', () => process.exit())
process.send?.({ url: server.url, folderId, fileIds })
