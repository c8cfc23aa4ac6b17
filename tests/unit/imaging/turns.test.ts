import { expect, test } from 'vitest'
import { largePixels } from '../../../src/main/imaging/limits.ts'
import { createTurns } from '../../../src/main/imaging/turns.ts'

const large = largePixels + 1

/** Work that ends when told, and a record of what happened. */
function createWork() {
  const events: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    events.push(`${name} runs`)
    return new Promise<string>(resolve => ends.set(name, () => resolve(name)))
  }
  const turn = (name: string) => ({
    waits: () => events.push(`${name} waits`),
    begins: () => events.push(`${name} begins`),
  })
  return { events, work, turn, end: (name: string) => ends.get(name)?.() }
}

test('large pictures are decoded one after the other, and small ones beside them', async () => {
  const takeTurn = createTurns()
  const { events, work, turn, end } = createWork()
  const one = takeTurn(large, work('one'), turn('one'))
  const two = takeTurn(large, work('two'), turn('two'))
  const small = takeTurn(largePixels, work('small'), turn('small'))
  await Promise.resolve()
  await Promise.resolve()
  expect(events.sort()).toEqual(['one begins', 'one runs', 'small runs', 'two waits'])
  end('small')
  await small
  end('one')
  await one
  await Promise.resolve()
  await Promise.resolve()
  expect(events.slice(4)).toEqual(['two begins', 'two runs'])
  end('two')
  expect(await two).toBe('two')
})

test('a large picture that fails lets the next one through', async () => {
  const takeTurn = createTurns()
  const { work, turn, end } = createWork()
  const fails = takeTurn(large, () => Promise.reject(new Error('corrupt')), turn('bad'))
  const next = takeTurn(large, work('next'), turn('next'))
  await expect(fails).rejects.toThrow('corrupt')
  await new Promise(setImmediate)
  end('next')
  expect(await next).toBe('next')
})
