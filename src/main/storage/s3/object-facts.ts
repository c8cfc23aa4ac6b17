import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { RemoteStoreConfig } from '../port.ts'

/** What is said of an object beside its bytes. */
export type ObjectFacts = Pick<PutObjectCommandInput, 'ACL' | 'ContentType' | 'Metadata'> & {
  Bucket: string
  Key: string
}

export function objectFacts(
  { isPublic, preset }: Pick<RemoteStoreConfig, 'isPublic' | 'preset'>,
  { Bucket, Key, sha256 }: { Bucket: string; Key: string; sha256: string },
): ObjectFacts {
  return {
    Bucket,
    Key,
    ContentType: contentTypeOf(Key),
    Metadata: { sha256 },
    // Private is what an object is without a word, and buckets without access lists refuse the word. R2 knows no lists.
    ...(isPublic && preset !== 'r2' && { ACL: 'public-read' }),
  }
}

/** So that a public address opens in a browser instead of being saved. What is not listed is saved. */
const contentTypes: Record<string, string> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  jxl: 'image/jxl',
  m4v: 'video/x-m4v',
  mkv: 'video/matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  psd: 'image/vnd.adobe.photoshop',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webm: 'video/webm',
  webp: 'image/webp',
}

function contentTypeOf(key: string): string {
  return contentTypes[key.slice(key.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
}
