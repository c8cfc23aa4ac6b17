import { type RemoteStoreConfig, StoreFailed } from '../port.ts'

/** Where a configuration points to, checked and in one form. */
export interface Addresses {
  endpoint: string
  /** What requests are signed for. */
  region: string
  isPathStyle: boolean
  /** Of the bucket, as `RemoteStore` says. */
  place: string
  objectKey(key: string): string
  publicUrl(key: string): string
}

/** @throws {StoreFailed} */
export function addressesOf(config: RemoteStoreConfig): Addresses {
  const bucket = checkedBucket(config.bucket.trim())
  const prefix = checkedPrefix(config.prefix)
  const endpoint = endpointOf(config)
  const isPathStyle = config.preset === 'custom' && config.isPathStyle
  const objectKey = (key: string) => (prefix ? `${prefix}/${key}` : key)
  const publicBase = publicBaseOf(config, endpoint, bucket, isPathStyle)
  return {
    endpoint: withoutSlash(endpoint),
    region: signingRegionOf(config),
    isPathStyle,
    place: `s3:${withoutScheme(endpoint)}/${[bucket, prefix].filter(Boolean).join('/')}`,
    objectKey,
    publicUrl: key => `${publicBase}/${objectKey(key)}`,
  }
}

function endpointOf({ preset, endpoint, region }: RemoteStoreConfig): URL {
  switch (preset) {
    case 'spaces':
      return new URL(`https://${checkedRegion(region, 'nyc3')}.digitaloceanspaces.com`)
    case 'aws': {
      const name = checkedRegion(region, 'eu-central-1')
      return new URL(`https://s3.${name}.amazonaws.com${name.startsWith('cn-') ? '.cn' : ''}`)
    }
    case 'r2':
      return new URL(`https://${checkedRegion(region, 'the id of your account')}.r2.cloudflarestorage.com`)
    case 'custom':
      return checkedUrl(endpoint, 'bad-endpoint')
  }
}

function signingRegionOf({ preset, region }: RemoteStoreConfig): string {
  // Spaces signs as this region wherever the bucket is; R2 has one place only.
  if (preset === 'spaces') return 'us-east-1'
  if (preset === 'r2') return 'auto'
  return region.trim() || 'us-east-1'
}

function publicBaseOf(config: RemoteStoreConfig, endpoint: URL, bucket: string, isPathStyle: boolean): string {
  if (config.cdnUrl.trim()) return withoutSlash(checkedUrl(config.cdnUrl, 'other'))
  if (config.preset === 'spaces' && config.usesCdn) {
    return `https://${bucket}.${checkedRegion(config.region, 'nyc3')}.cdn.digitaloceanspaces.com`
  }
  const base = withoutSlash(endpoint)
  // A certificate for *.example.com does not hold for a.b.example.com.
  const isHostImpossible = endpoint.protocol === 'https:' && bucket.includes('.')
  if (isPathStyle || isHostImpossible) return `${base}/${bucket}`
  return base.replace('://', `://${bucket}.`)
}

function checkedBucket(bucket: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$/.test(bucket) && !bucket.includes('..')) return bucket
  throw new StoreFailed('no-bucket', `No bucket can be called “${bucket.slice(0, 100)}”. Copy its name from the store.`)
}

/** Unlike a key it may have capitals: S3 tells cases apart, and no disk is asked. */
function checkedPrefix(prefix: string): string {
  const trimmed = prefix.trim().replace(/^\/+|\/+$/g, '')
  const isFine =
    trimmed.length <= 512 && trimmed.split('/').every(part => /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(part))
  if (trimmed === '' || isFine) return trimmed
  throw new StoreFailed(
    'bad-key',
    'The folder in the bucket may have letters from A to Z, digits, dots, hyphens and underscores, and slashes between.',
  )
}

function checkedRegion(region: string, example: string): string {
  const name = region.trim().toLowerCase()
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name
  throw new StoreFailed('wrong-region', `“${region.slice(0, 100)}” is no region. It looks like ${example}.`)
}

function checkedUrl(text: string, code: 'bad-endpoint' | 'other'): URL {
  const trimmed = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`)
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash) return url
  throw new StoreFailed(code, `“${text.slice(0, 200)}” is no address of a store. It looks like https://s3.example.com.`)
}

function withoutSlash(url: URL): string {
  return url.href.replace(/\/+$/, '')
}

function withoutScheme(endpoint: URL): string {
  return withoutSlash(endpoint).replace(/^https?:\/\//, '')
}
