import { text } from 'node:stream/consumers'
import { CallFailed } from '../../shared/contract.ts'
import type { ConnectionReport, StorageOverview, StorageSettings } from '../../shared/storage.ts'
import type { App } from '../app.ts'
import { createHeadlessApp, type ProgramFiles, printable } from './program.ts'
import { amountText } from './storage-progress.ts'

export interface StoreOptions {
  library: string
  json: boolean
}

/** Opens the library without setting its work going. */
async function withApp(
  { library }: StoreOptions,
  files: ProgramFiles,
  run: (app: App) => Promise<number>,
): Promise<number> {
  const app = await createHeadlessApp(library, files)
  try {
    return await run(app)
  } finally {
    await app.stop()
  }
}

/** `burg-ink storage`: how much is where. @returns the exit code. */
export function storageStatusCommand(options: StoreOptions, files: ProgramFiles): Promise<number> {
  return withApp(options, files, async app => {
    const overview = await app.handlers['storage.overview']({})
    if (overview.notice) console.error(overview.notice)
    console.log(options.json ? JSON.stringify(overview) : statusText(overview))
    return 0
  })
}

function statusText({ settings, disk, cloud, cloudOnly, sending, move, faults }: StorageOverview): string {
  const lines: [string, string][] = [
    ['kept', settings.keepsIn === 'disk' ? 'on this computer' : `on this computer and in ${placeText(settings)}`],
    ['on this computer', amountText(disk)],
    ['in the cloud', amountText(cloud)],
    ['only in the cloud', amountText(cloudOnly)],
  ]
  if (sending.state !== 'off') {
    lines.push([
      'sending',
      [`${sending.state}, ${amountText(sending.left)} left`, sending.message].filter(Boolean).join(': '),
    ])
  }
  if (move) {
    const { direction, state, done, total, message } = move
    lines.push([`move ${direction}`, [`${state}, ${done.count} of ${total.count}`, message].filter(Boolean).join(': ')])
  }
  lines.push(...faults.items.map(({ filename, message }): [string, string] => ['failed', `${filename}: ${message}`]))
  return lines.map(([name, value]) => `${name.padEnd(19)}${printable(value)}`).join('\n')
}

const services = { spaces: 'DigitalOcean Spaces', aws: 'Amazon S3', r2: 'Cloudflare R2', custom: '' }

function placeText({ preset, endpoint, region, bucket, prefix }: StorageSettings): string {
  const place = [bucket, prefix].filter(Boolean).join('/')
  return preset === 'custom' ? `${place} at ${endpoint}` : `${place} of ${services[preset]} (${region})`
}

/** `burg-ink storage test`. @returns the exit code: 0 when the store can be written, read and deleted from. */
export function storageTestCommand(options: StoreOptions, files: ProgramFiles): Promise<number> {
  return withApp(options, files, async app => {
    const { settings } = await app.handlers['storage.overview']({})
    if (settings.bucket === '') throw new CallFailed('bad-input', noStore)
    const report = await app.handlers['storage.test']({ settings })
    if (options.json) console.log(JSON.stringify(report))
    else for (const line of reportLines(report)) console.log(printable(line))
    return report.ok ? 0 : 1
  })
}

const noStore = 'No store in the cloud is set. "burg-ink storage set --help" says how.'

const steps = ['write', 'read', 'delete'] as const

function reportLines(report: ConnectionReport): string[] {
  const failedAt = report.ok ? steps.length : steps.indexOf(report.step)
  const lines = steps.slice(0, failedAt).map(step => `${step.padEnd(8)}works`)
  if (!report.ok) return [...lines, `${report.step.padEnd(8)}failed: ${report.message}`]
  return report.notice ? [...lines, report.notice] : lines
}

/** `burg-ink storage set`. @returns the exit code. */
export function storageSetCommand(
  changes: Partial<StorageSettings>,
  options: StoreOptions & { secretStdin: boolean },
  files: ProgramFiles,
): Promise<number> {
  return withApp(options, files, async app => {
    const secretAccessKey = await givenSecret(options.secretStdin)
    // What waited for other settings goes on at once, and work needs something to run on.
    await app.start()
    const { settings: saved } = await app.handlers['storage.overview']({})
    const settings = { ...baseOf(saved, changes), ...changes }
    await app.handlers['storage.save']({ settings, ...(secretAccessKey && { secretAccessKey }) })
    const overview = await app.handlers['storage.overview']({})
    if (overview.notice) console.error(overview.notice)
    if (options.json) console.log(JSON.stringify({ settings: overview.settings, hasSecret: overview.hasSecret }))
    else console.log(statusText(overview))
    return 0
  })
}

/** Of another kind of store, where it is means something else. */
function baseOf(saved: StorageSettings, { preset }: Partial<StorageSettings>): StorageSettings {
  if (preset === undefined || preset === saved.preset) return saved
  return { ...saved, region: '', endpoint: '', cdnUrl: '', usesCdn: false, isPathStyle: false }
}

/** Of a variable, or of standard input without the end of its line. */
async function givenSecret(isOnStandardInput: boolean): Promise<string | undefined> {
  if (!isOnStandardInput) return process.env.STORAGE_SECRET_ACCESS_KEY || undefined
  const secret = (await text(process.stdin)).trim()
  if (secret === '') throw new CallFailed('bad-input', 'There was no secret key on standard input.')
  return secret
}
