import type { ConnectionReport, StorageSettings } from '../../lib/contract.ts'

export type Preset = StorageSettings['preset']
/** What is typed as text; `secret` and `budget` are not settings as they are typed. */
export type FieldName = 'endpoint' | 'region' | 'bucket' | 'accessKeyId' | 'secret' | 'prefix' | 'cdnUrl' | 'budget'
export type TextFieldName = Exclude<FieldName, 'secret' | 'budget'>

export interface Field {
  name: TextFieldName
  label: string
  example: string
  hint: string
}

const bucket: Field = {
  name: 'bucket',
  label: 'Bucket',
  example: 'anna-originals',
  hint: 'Its name alone, without an address. It has to be there already.',
}
const accessKeyId: Field = { name: 'accessKeyId', label: 'Key id', example: '', hint: 'The public half of the key.' }
const prefix: Field = {
  name: 'prefix',
  label: 'Folder in it',
  example: 'burg-ink',
  hint: 'May be left empty. Several libraries can share a bucket when each has a folder of its own.',
}

interface PresetLooks {
  /** Where it is, before the key. */
  place: readonly Field[]
  /** How the secret is called there. */
  secretHint: string
  publicAddress: Field
}

const ownDomain: Field = {
  name: 'cdnUrl',
  label: 'Own domain',
  example: 'https://pictures.example.com',
  hint: 'May be left empty. Links to public originals then begin with it.',
}

export const presets: Record<Preset, PresetLooks> = {
  spaces: {
    place: [
      {
        name: 'region',
        label: 'Region',
        example: 'nyc3',
        hint: 'The data centre of the bucket: nyc3, fra1, ams3, sgp1, syd1, …',
      },
      bucket,
    ],
    secretHint: 'Shown once, when the key is made under Spaces, Access keys.',
    publicAddress: ownDomain,
  },
  aws: {
    place: [{ name: 'region', label: 'Region', example: 'eu-central-1', hint: 'The region of the bucket.' }, bucket],
    secretHint: 'Shown once, when the access key is made in IAM.',
    publicAddress: { ...ownDomain, label: 'CDN', hint: 'May be left empty. CloudFront, or a domain of your own.' },
  },
  r2: {
    place: [
      {
        name: 'region',
        label: 'Account id',
        example: '32 letters and digits',
        hint: 'On the page of R2, at the right, under Account details.',
      },
      bucket,
    ],
    secretHint: 'Shown once, when the API token is made: the secret access key, not the token itself.',
    publicAddress: {
      ...ownDomain,
      label: 'Public address',
      hint: 'A domain that you connected to the bucket, or its r2.dev address. Needed for public originals.',
    },
  },
  custom: {
    place: [
      {
        name: 'endpoint',
        label: 'Address',
        example: 'https://s3.example.com',
        hint: 'Of the server, without the bucket: MinIO, Ceph, Garage, Backblaze, …',
      },
      {
        name: 'region',
        label: 'Region',
        example: 'us-east-1',
        hint: 'What the server calls it; us-east-1 where it has none.',
      },
      bucket,
    ],
    secretHint: 'Made together with the key id.',
    publicAddress: ownDomain,
  },
}

export const keyField = accessKeyId
export const prefixField = prefix

/** Every field that this kind of store asks for, in their order on the page. */
export function fieldsOf({ preset, isPublic, localBudgetBytes }: StorageSettings): FieldName[] {
  return [
    ...presets[preset].place.map(field => field.name),
    'accessKeyId',
    'secret',
    'prefix',
    ...(isPublic ? (['cdnUrl'] as const) : []),
    ...(localBudgetBytes !== null ? (['budget'] as const) : []),
  ]
}

type Failure = Extract<ConnectionReport, { ok: false }>

/** The field that a failed test is about; null where it is about none of them. */
export function fieldOfFailure({ code }: Pick<Failure, 'code'>, preset: Preset): FieldName | null {
  switch (code) {
    case 'bad-key-id':
      return 'accessKeyId'
    case 'bad-secret':
      return 'secret'
    case 'no-bucket':
      return 'bucket'
    case 'wrong-region':
      return 'region'
    case 'bad-endpoint':
    case 'tls':
    case 'unreachable':
      return preset === 'custom' ? 'endpoint' : code === 'bad-endpoint' ? 'region' : null
    default:
      return null
  }
}
