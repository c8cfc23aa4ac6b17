import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { objectFacts } from '../../../src/main/storage/s3/object-facts.ts'
import { anObject, bodyOf } from '../../contract/object-store.contract.ts'
import { startS3World } from '../../support/s3-world.ts'

const inParts = 17 * 1024 * 1024

test.each([1000, inParts])('sends checksums that every server can check with %i bytes, and no others', async size => {
  const { store, proxy } = await startS3World()
  const { key, bytes, sha256 } = anObject(size)
  await store.put(key, bodyOf(bytes), sha256, size)
  const sent = proxy.seen.filter(({ operation }) => operation === 'put' || operation === 'part')
  expect(sent.length).toBe(size === inParts ? 3 : 1)
  for (const { headers } of sent) {
    expect(headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/)
    expect(Object.keys(headers).filter(name => /^x-amz-(checksum|sdk-checksum|trailer)/.test(name))).toEqual([])
  }
  if (size !== inParts) {
    expect(sent[0]?.headers['content-md5']).toBe(createHash('md5').update(bytes).digest('base64'))
    expect(sent[0]?.headers['x-amz-content-sha256']).toBe(sha256)
  }
})

test('says public or nothing about who may read, and nothing to R2', () => {
  const where = { Bucket: 'studio', Key: 'originals/a.jpg', sha256: 'ab'.repeat(32) }
  expect(objectFacts({ preset: 'spaces', isPublic: true }, where).ACL).toBe('public-read')
  expect(objectFacts({ preset: 'spaces', isPublic: false }, where)).not.toHaveProperty('ACL')
  expect(objectFacts({ preset: 'r2', isPublic: true }, where)).not.toHaveProperty('ACL')
})

test.each([
  ['jpg', 'image/jpeg'],
  ['tif', 'image/tiff'],
  ['mp4', 'video/mp4'],
  ['exe', 'application/octet-stream'],
])('names what a file of %s is: %s', (ending, contentType) => {
  const Key = `originals/a.${ending}`
  expect(objectFacts({ preset: 'aws', isPublic: false }, { Bucket: 'b', Key, sha256: '' }).ContentType).toBe(
    contentType,
  )
})

test('asks for what it needs and no more', async () => {
  const { store, proxy } = await startS3World()
  const small = anObject(1000)
  await store.put(small.key, bodyOf(small.bytes), small.sha256)
  expect(proxy.seen.map(({ operation }) => operation)).toEqual(['head', 'put'])
  proxy.seen.length = 0
  const long = anObject(inParts)
  await store.put(long.key, bodyOf(long.bytes), long.sha256)
  expect(proxy.seen.map(({ operation }) => operation)).toEqual([
    'head',
    'create',
    'part',
    'part',
    'part',
    'complete',
    'head',
  ])
})
