import type { StorageOverview, StorageSettings } from './contract.ts'

export {
  amountLine,
  isUnderWay,
  moveLine,
  sendingLine,
  storageStatus,
  storageTrouble,
  targetOf,
} from '../../../shared/storage-words.ts'

/** There is, or was, more than this computer: how much is where is worth telling. */
export const isConfigured = ({ settings, cloud, move }: StorageOverview): boolean =>
  settings.keepsIn === 'cloud' || cloud.count > 0 || move !== null

export const presetTitles: Record<StorageSettings['preset'], string> = {
  spaces: 'DigitalOcean Spaces',
  aws: 'Amazon S3',
  r2: 'Cloudflare R2',
  custom: 'Another S3 server',
}

/** "anna-originals in DigitalOcean Spaces (nyc3), in the folder burg-ink". */
export function placeLine({ preset, region, endpoint, bucket, prefix }: StorageSettings): string {
  const at = preset === 'custom' ? endpoint : preset === 'r2' ? presetTitles.r2 : `${presetTitles[preset]} (${region})`
  return `${bucket} in ${at}${prefix ? `, in the folder ${prefix}` : ''}`
}
