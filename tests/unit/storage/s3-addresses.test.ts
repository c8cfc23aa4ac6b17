import { describe, expect, test } from 'vitest'
import { createS3Store, originalKey, type RemoteStoreConfig } from '../../../src/main/storage/index.ts'

const key = originalKey('ab'.repeat(32), 'jpg')

const spaces: RemoteStoreConfig = {
  preset: 'spaces',
  endpoint: '',
  region: 'nyc3',
  bucket: 'studio',
  prefix: '',
  cdnUrl: '',
  usesCdn: false,
  isPathStyle: false,
  isPublic: false,
  accessKeyId: 'KEY',
  secretAccessKey: 'SECRET',
}
const aws: RemoteStoreConfig = { ...spaces, preset: 'aws', region: 'eu-central-1' }
const r2: RemoteStoreConfig = { ...spaces, preset: 'r2', region: '0123456789abcdef' }
const custom: RemoteStoreConfig = { ...spaces, preset: 'custom', endpoint: 'https://s3.example.com', region: '' }

describe.each<[string, RemoteStoreConfig, { base: string; region: string; place: string }]>([
  [
    'Spaces',
    spaces,
    {
      base: 'https://studio.nyc3.digitaloceanspaces.com',
      region: 'us-east-1',
      place: 's3:nyc3.digitaloceanspaces.com/studio',
    },
  ],
  [
    'Amazon',
    aws,
    {
      base: 'https://studio.s3.eu-central-1.amazonaws.com',
      region: 'eu-central-1',
      place: 's3:s3.eu-central-1.amazonaws.com/studio',
    },
  ],
  [
    'Amazon in China',
    { ...aws, region: 'cn-north-1' },
    {
      base: 'https://studio.s3.cn-north-1.amazonaws.com.cn',
      region: 'cn-north-1',
      place: 's3:s3.cn-north-1.amazonaws.com.cn/studio',
    },
  ],
  [
    'R2',
    r2,
    {
      base: 'https://studio.0123456789abcdef.r2.cloudflarestorage.com',
      region: 'auto',
      place: 's3:0123456789abcdef.r2.cloudflarestorage.com/studio',
    },
  ],
  [
    'a server of one’s own',
    custom,
    { base: 'https://studio.s3.example.com', region: 'us-east-1', place: 's3:s3.example.com/studio' },
  ],
  [
    'a server with the bucket in the path',
    { ...custom, endpoint: 'HTTP://NAS.local:9000/', isPathStyle: true, region: 'home' },
    { base: 'http://nas.local:9000/studio', region: 'home', place: 's3:nas.local:9000/studio' },
  ],
  [
    'a server below a path',
    { ...custom, endpoint: 'nas.local/s3/', isPathStyle: true },
    { base: 'https://nas.local/s3/studio', region: 'us-east-1', place: 's3:nas.local/s3/studio' },
  ],
  [
    'a bucket with dots',
    { ...custom, bucket: 'studio.example' },
    { base: 'https://s3.example.com/studio.example', region: 'us-east-1', place: 's3:s3.example.com/studio.example' },
  ],
  [
    'a folder in a bucket',
    { ...aws, prefix: '/Archive/2026_a/' },
    {
      base: 'https://studio.s3.eu-central-1.amazonaws.com/Archive/2026_a',
      region: 'eu-central-1',
      place: 's3:s3.eu-central-1.amazonaws.com/studio/Archive/2026_a',
    },
  ],
])('%s', (_name, config, { base, region, place }) => {
  test('has one place, and one address for an object, which is the one that requests go to', async () => {
    const store = createS3Store(config)
    expect(store.place).toBe(place)
    expect(store.publicUrl(key)).toBe(`${base}/${key}`)
    const signed = new URL(await store.presignedUrl(key, 604_800))
    expect(`${signed.origin}${signed.pathname}`).toBe(`${base}/${key}`)
    expect(signed.searchParams.get('X-Amz-Credential')).toContain(`/${region}/s3/`)
    expect(signed.searchParams.get('X-Amz-Expires')).toBe('604800')
    expect(signed.href).not.toContain('SECRET')
    store.close()
  })
})

test.each<[string, RemoteStoreConfig, string]>([
  ['the CDN of Spaces', { ...spaces, usesCdn: true }, 'https://studio.nyc3.cdn.digitaloceanspaces.com'],
  [
    'a domain of one’s own before the CDN of Spaces',
    { ...spaces, usesCdn: true, cdnUrl: 'https://art.example.com/' },
    'https://art.example.com',
  ],
  ['a domain of one’s own', { ...r2, cdnUrl: 'art.example.com' }, 'https://art.example.com'],
  ['a folder', { ...spaces, usesCdn: true, prefix: 'a/b' }, 'https://studio.nyc3.cdn.digitaloceanspaces.com/a/b'],
])('shows objects through %s', (_name, config, base) => {
  expect(createS3Store(config).publicUrl(key)).toBe(`${base}/${key}`)
})

test.each<[string, RemoteStoreConfig, string]>([
  ['a region that is a host', { ...spaces, region: 'nyc3.example.com/' }, 'wrong-region'],
  ['no region', { ...aws, region: ' ' }, 'wrong-region'],
  ['no bucket', { ...spaces, bucket: '' }, 'no-bucket'],
  ['a bucket that is a path', { ...spaces, bucket: 'a/b' }, 'no-bucket'],
  ['no address', { ...custom, endpoint: '' }, 'bad-endpoint'],
  ['an address of another kind', { ...custom, endpoint: 'ftp://example.com' }, 'bad-endpoint'],
  ['an address with a password', { ...custom, endpoint: 'https://me:secret@example.com' }, 'bad-endpoint'],
  ['a prefix that climbs', { ...spaces, prefix: 'a/../b' }, 'bad-key'],
  ['a prefix with blanks', { ...spaces, prefix: 'my pictures' }, 'bad-key'],
  ['a CDN that is no address', { ...spaces, cdnUrl: 'not an address' }, 'other'],
])('refuses %s', (_name, config, code) => {
  expect(() => createS3Store(config)).toThrow(expect.objectContaining({ name: 'StoreFailed', code }))
})
