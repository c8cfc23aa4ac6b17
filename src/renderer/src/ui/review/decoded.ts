/** A picture of an address: loaded and decoded, or on its way there. */
export interface DecodedPicture {
  image: HTMLImageElement
  /** Null while nobody knows. */
  isDecoded: boolean | null
  /** Whether it can be shown. */
  ready: Promise<boolean>
}

function loadPicture(address: string): DecodedPicture {
  const image = new Image()
  image.src = address
  const picture: DecodedPicture = {
    image,
    isDecoded: null,
    ready: image.decode().then(
      () => true,
      () => false,
    ),
  }
  void picture.ready.then(isDecoded => {
    picture.isDecoded = isDecoded
  })
  return picture
}

/**
 * Decoded pictures by their addresses. An image element that is kept keeps its pixels, and is itself put on the screen:
 * another one of the same address would be decoded again. Only what was asked for last is kept.
 */
export function createDecodedPictures(load: (address: string) => DecodedPicture) {
  const kept = new Map<string, DecodedPicture>()

  function get(address: string): DecodedPicture {
    const known = kept.get(address)
    if (known) return known
    const picture = load(address)
    kept.set(address, picture)
    return picture
  }

  return {
    get,
    /** Loads these, the soonest wanted first, and lets go of all others. */
    keep(addresses: readonly string[]): void {
      for (const [address, { image }] of kept) {
        if (addresses.includes(address)) continue
        kept.delete(address)
        // What is still being fetched is nobody's any more.
        if (!image.complete) image.src = ''
      }
      for (const address of addresses) get(address)
    },
    get count(): number {
      return kept.size
    },
  }
}

/** One picture is looked at in the whole page. */
export const decodedPictures = createDecodedPictures(loadPicture)

const reach = 3

/** The places that are decoded: this one, then those around it, first where one is going. */
export function placesAround(index: number, total: number, direction: 1 | -1): number[] {
  const places = [index]
  for (let distance = 1; distance <= reach; distance++) {
    places.push(index + distance * direction, index - distance * direction)
  }
  return places.filter(place => place >= 0 && place < total)
}
