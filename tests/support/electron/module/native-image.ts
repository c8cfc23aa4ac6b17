import { existsSync, readFileSync } from 'node:fs'
import { strict } from '../strict.ts'

const pngBegins = Buffer.from('89504e470d0a1a0a', 'hex')

/** Of a PNG; all other bytes are no image here. */
function sizeOf(bytes: Buffer): Electron.Size {
  const isPng = bytes.length >= 24 && bytes.subarray(0, 8).equals(pngBegins)
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 0, height: 0 }
}

/** An image is known by its size and bytes: it is drawn nowhere. */
class NativeImage {
  private readonly bytes: Buffer
  private readonly size: Electron.Size
  isMacTemplateImage = false

  constructor(bytes: Buffer, size = sizeOf(bytes)) {
    this.bytes = bytes
    this.size = size
  }
  isEmpty = () => this.size.width === 0
  getSize = () => ({ ...this.size })
  toPNG = () => this.bytes
  setTemplateImage = (isTemplate: boolean) => {
    this.isMacTemplateImage = isTemplate
  }
  isTemplateImage = () => this.isMacTemplateImage
  resize = ({ width, height }: Partial<Electron.Size>) => {
    const { width: ownWidth, height: ownHeight } = this.size
    const scale = width ? width / ownWidth : height ? height / ownHeight : 1
    const size = { width: width ?? Math.round(ownWidth * scale), height: height ?? Math.round(ownHeight * scale) }
    return make(this.bytes, this.isEmpty() ? this.size : size)
  }
}

const make = (bytes: Buffer, size?: Electron.Size) => strict('NativeImage', new NativeImage(bytes, size))

/** As in Electron, a file that is not there makes an empty image and no error. */
export const nativeImage = strict('nativeImage', {
  createEmpty: () => make(Buffer.alloc(0)),
  createFromPath: (path: string) => make(existsSync(path) ? readFileSync(path) : Buffer.alloc(0)),
  createFromBuffer: (bytes: Buffer) => make(bytes),
})
