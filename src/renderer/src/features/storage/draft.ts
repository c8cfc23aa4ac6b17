import type { StorageSettings } from '../../lib/contract.ts'
import type { Draft } from '../../lib/storage-draft.ts'
import { type FieldName, fieldsOf, type Preset, presets } from './presets.ts'

const gigabyte = 1e9
const firstBudget = '50'

export const draftOf = (settings: StorageSettings): Draft => ({
  settings,
  secret: null,
  budget: settings.localBudgetBytes === null ? firstBudget : String(settings.localBudgetBytes / gigabyte),
})

export const isDirty = (draft: Draft | null, saved: StorageSettings): draft is Draft =>
  draft !== null && JSON.stringify(draft) !== JSON.stringify(draftOf(saved))

/** Another kind of store begins with what it alone has: a region or a key of one is none of another. */
export function withPreset(draft: Draft, preset: Preset, saved: StorageSettings): Draft {
  if (preset === draft.settings.preset) return draft
  return saved.preset === preset ? ofSavedPreset(draft, saved) : ofOtherPreset(draft, preset, saved)
}

function ofSavedPreset(
  draft: Draft,
  { preset, region, endpoint, cdnUrl, usesCdn, isPathStyle, ...saved }: StorageSettings,
): Draft {
  const accessKeyId = draft.settings.accessKeyId || saved.accessKeyId
  const settings = { ...draft.settings, preset, region, endpoint, cdnUrl, usesCdn, isPathStyle, accessKeyId }
  return { ...draft, settings, secret: draft.secret || null }
}

function ofOtherPreset(draft: Draft, preset: Preset, saved: StorageSettings): Draft {
  const accessKeyId = draft.settings.accessKeyId === saved.accessKeyId ? '' : draft.settings.accessKeyId
  const where = { region: '', endpoint: '', cdnUrl: '', usesCdn: false, isPathStyle: preset === 'custom' }
  return { ...draft, settings: { ...draft.settings, preset, ...where, accessKeyId }, secret: draft.secret ?? '' }
}

export function withField(draft: Draft, name: FieldName, value: string): Draft {
  if (name === 'secret') return { ...draft, secret: value }
  if (name === 'budget') return withBudget(draft, value)
  return { ...draft, settings: { ...draft.settings, [name]: value } }
}

/** Null: no limit, and what was typed is kept for when there is one again. */
export function withBudget(draft: Draft, budget: string | null): Draft {
  const gigabytes = Number(budget ?? '')
  const localBudgetBytes =
    budget === null ? null : Number.isFinite(gigabytes) ? Math.max(0, Math.round(gigabytes * gigabyte)) : 0
  return { ...draft, settings: { ...draft.settings, localBudgetBytes }, budget: budget ?? draft.budget }
}

export const typedIn = ({ settings, secret, budget }: Draft, name: FieldName): string =>
  name === 'secret' ? (secret ?? '') : name === 'budget' ? budget : settings[name]

/** As it is sent: without the blanks that come with what is pasted. */
export function cleaned({ settings }: Draft): StorageSettings {
  const trimmed = Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  ) as StorageSettings
  return { ...trimmed, prefix: trimmed.prefix.replaceAll(/^\/+|\/+$/g, '') }
}

export type Problems = Partial<Record<FieldName, string>>

const isFolder = (text: string): boolean => /^([\w-][\w.-]*(\/[\w-][\w.-]*)*)?$/.test(text)
const isAddress = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)

/** What is missing or cannot be right, by the field it is about. */
export function problemsOf(draft: Draft, hasSecret: boolean): Problems {
  const settings = cleaned(draft)
  if (settings.keepsIn === 'disk') return {}
  const { preset } = settings
  const region = presets[preset].place.find(field => field.name === 'region')
  const checks: Record<FieldName, string | false> = {
    endpoint:
      !isAddress(settings.endpoint, ['https:', 'http:']) &&
      'The address of the server, such as https://s3.example.com.',
    region: regionProblem(settings, region?.label ?? 'Region'),
    bucket: bucketProblem(settings.bucket),
    accessKeyId: settings.accessKeyId === '' && 'The key id is missing.',
    secret: !(draft.secret === null ? hasSecret : draft.secret.trim()) && 'The secret key is missing.',
    prefix:
      !isFolder(settings.prefix) &&
      'Letters from A to Z, digits, dots, hyphens and underscores, with / between folders.',
    cdnUrl: publicAddressProblem(settings),
    budget: !(Number(draft.budget) > 0) && 'A number of gigabytes, more than 0.',
  }
  return Object.fromEntries(
    fieldsOf(settings)
      .map(name => [name, checks[name]])
      .filter(([, problem]) => problem),
  )
}

function regionProblem({ preset, region }: StorageSettings, label: string): string | false {
  if (preset === 'r2') return !/^[0-9a-f]{32}$/i.test(region) && 'The account id has 32 letters and digits.'
  if (region === '') return preset !== 'custom' && `The ${label.toLowerCase()} is missing.`
  return !/^[\w-]+$/.test(region) && 'A region is a short name, such as nyc3 or eu-central-1.'
}

function bucketProblem(bucket: string): string | false {
  if (bucket === '') return 'The bucket is missing.'
  if (bucket.includes('/')) return 'The name of the bucket alone; a folder in it goes below.'
  return (
    !/^[A-Za-z0-9][\w.-]{1,253}[A-Za-z0-9]$/.test(bucket) &&
    'No bucket can have this name. Copy it from the list of buckets.'
  )
}

function publicAddressProblem({ preset, cdnUrl }: StorageSettings): string | false {
  if (cdnUrl !== '')
    return !isAddress(cdnUrl, ['https:', 'http:']) && 'An address, such as https://pictures.example.com.'
  return preset === 'r2' && 'Cloudflare shows originals to everyone only by a public address of the bucket.'
}
