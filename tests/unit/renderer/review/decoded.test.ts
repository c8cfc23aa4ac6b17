import { describe, expect, it } from 'vitest'
import { createDecodedPictures, placesAround } from '../../../../src/renderer/src/ui/review/decoded.ts'

const isInside = (picture: { image: HTMLImageElement }) => picture.image.src !== ''

/** Pictures that are never done by themselves, and the addresses in the order they were asked for. */
function createLoads() {
  const asked: string[] = []
  const load = (address: string) => {
    asked.push(address)
    const image = { src: address, complete: address.startsWith('done') } as HTMLImageElement
    return { image, isDecoded: null, ready: new Promise<boolean>(() => undefined) }
  }
  return { asked, load }
}

describe('what is decoded', () => {
  it('is this one, the three after and the three before, nearest first and first where one is going', () => {
    expect(placesAround(10, 100, 1)).toEqual([10, 11, 9, 12, 8, 13, 7])
    expect(placesAround(10, 100, -1)).toEqual([10, 9, 11, 8, 12, 7, 13])
  })

  it('ends where the list ends', () => {
    expect(placesAround(0, 2, 1)).toEqual([0, 1])
    expect(placesAround(99, 100, 1)).toEqual([99, 98, 97, 96])
  })

  it('is asked for once, in that order, and let go when it is not wanted any more', () => {
    const { asked, load } = createLoads()
    const pictures = createDecodedPictures(load)
    const first = pictures.get('done 1')
    const underWay = pictures.get('2')
    pictures.keep(['done 1', '2', '3'])
    expect(asked).toEqual(['done 1', '2', '3'])
    expect(pictures.get('done 1')).toBe(first)
    pictures.keep(['3', '4'])
    expect(pictures.count).toBe(2)
    // What is still being fetched is not waited for.
    expect(isInside(underWay)).toBe(false)
    expect(isInside(first)).toBe(true)
    expect(asked).toEqual(['done 1', '2', '3', '4'])
  })

  it('stays as much, however many pictures are passed by', () => {
    const pictures = createDecodedPictures(createLoads().load)
    for (let index = 0; index < 1000; index++) pictures.keep(placesAround(index, 100_000, 1).map(String))
    expect(pictures.count).toBe(7)
  })
})
