import { expect, test } from 'vitest'
import { createSealing } from '../../../src/main/jobs/sealing.ts'

const token = 'ya29.a0-a-token'

test('what is sealed opens for its purpose, and shows nothing', () => {
  const sealing = createSealing()
  const sealed = sealing.seal(token, 'one')
  expect(sealed).not.toContain(token)
  expect(Buffer.from(sealed.slice('sealed.'.length), 'base64url').toString('latin1')).not.toContain(token)
  expect(sealing.open(sealed, 'one')).toBe(token)
  expect(sealing.seal(token, 'one')).not.toBe(sealed)
})

test('it opens for no other purpose, for no other process, and not when it was changed', () => {
  const sealing = createSealing()
  const sealed = sealing.seal(token, 'one')
  const changed = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`
  expect(sealing.open(sealed, 'another')).toBeNull()
  expect(createSealing().open(sealed, 'one')).toBeNull()
  for (const broken of [changed, 'sealed.', 'sealed.AAAA', sealed.slice(0, 30)]) {
    expect(sealing.open(broken, 'one')).toBeNull()
  }
})

test('what came in the clear is given back', () => {
  expect(createSealing().open(token, 'one')).toBe(token)
})
