import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import type { Move, StorageSettings } from '../../shared/storage.ts'
import { defaultLibraryFolder, type ProgramFiles } from './program.ts'
import type { StoreOptions } from './storage.ts'

// Not those of the schemas, which would have to be loaded for every --help.
const presets = ['spaces', 'aws', 'r2', 'custom'] satisfies StorageSettings['preset'][]
const directions = ['to-cloud', 'to-disk'] satisfies Move['direction'][]
const gigabyte = 1e9

function gigabytes(text: string): number | null {
  if (text === 'off') return null
  const count = Number(text)
  if (!(count > 0)) throw new InvalidArgumentError('A number of gigabytes above 0, or off.')
  return Math.round(count * gigabyte)
}

const secretNotes = `
The secret key is never an argument, where others on this computer could read it. Give it by the variable
STORAGE_SECRET_ACCESS_KEY, or on standard input with --secret-stdin. Left out, the saved one stays.

What is left out of the command stays as it is. Examples:
  burg-ink storage set --preset spaces --region fra1 --bucket anna-originals --key-id DO00ABC --secret-stdin < key.txt
  burg-ink storage set --preset custom --endpoint https://s3.example.com --path-style --bucket originals --key-id anna
  burg-ink storage set --keep-in disk`

interface SetOptions extends StoreOptions {
  keepIn: StorageSettings['keepsIn']
  preset?: StorageSettings['preset']
  endpoint?: string
  region?: string
  accountId?: string
  bucket?: string
  prefix?: string
  keyId?: string
  secretStdin: boolean
  cdnUrl?: string
  cdn?: boolean
  pathStyle?: boolean
  public?: boolean
  budgetGb?: number | null
}

/** The options as settings: only those that were given. */
function changesOf(options: SetOptions): Partial<StorageSettings> {
  const { preset, endpoint, bucket, prefix, cdnUrl } = options
  const changes = {
    keepsIn: options.keepIn,
    preset,
    endpoint,
    region: options.accountId ?? options.region,
    bucket,
    prefix,
    cdnUrl,
    usesCdn: options.cdn,
    isPathStyle: options.pathStyle,
    isPublic: options.public,
    accessKeyId: options.keyId,
    localBudgetBytes: options.budgetGb,
  }
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
}

/** `burg-ink storage` and what belongs to it. Loads the program only when one of them runs. */
export function addStorageCommands(program: Command, files: ProgramFiles): void {
  const storage = program
    .command('storage')
    .description('Where originals are kept: on this computer, or in a store in the cloud as well.')
  const subcommand = (name: string, description: string, isDefault = false): Command =>
    storage
      .command(name, { isDefault })
      .description(description)
      .option('--library <folder>', 'the library folder; made when it is not there', defaultLibraryFolder())
      .option('--json', 'print the result as one line of JSON', false)

  subcommand('status', 'Say how many originals are where, and how far the way to the cloud is.', true).action(
    async (options: StoreOptions) => {
      const { storageStatusCommand } = await import('./storage.ts')
      process.exitCode = await storageStatusCommand(options, files)
    },
  )

  subcommand('test', 'Write, read and delete one small object in the store, and say what does not work.').action(
    async (options: StoreOptions) => {
      const { storageTestCommand } = await import('./storage.ts')
      process.exitCode = await storageTestCommand(options, files)
    },
  )

  subcommand('set', 'Set which store originals are kept in, and how.')
    .addOption(new Option('--keep-in <place>', 'where originals are kept').choices(['disk', 'cloud']).default('cloud'))
    .addOption(new Option('--preset <kind>', 'whose store it is').choices(presets))
    .option('--endpoint <address>', 'of the server; only for custom')
    .option('--region <name>', 'of the bucket, such as nyc3 or eu-central-1')
    .option('--account-id <id>', 'of the account; only for r2')
    .option('--bucket <name>', 'the bucket, which has to be there')
    .option('--prefix <folder>', 'a folder in the bucket; empty for none')
    .option('--key-id <id>', 'the id of the access key')
    .option('--secret-stdin', 'read the secret key from standard input', false)
    .option('--cdn-url <address>', 'a domain of your own for public addresses; empty for none')
    .option('--cdn', 'the CDN of Spaces is on for the bucket')
    .option('--no-cdn', 'it is off')
    .option('--path-style', 'the bucket is in the path and not in the host name; only for custom')
    .option('--no-path-style', 'it is in the host name')
    .option('--public', 'everyone who knows the address of an original can see it')
    .option('--no-public', 'nobody can without the key or a link')
    .option('--budget-gb <number>', 'how much room originals may take on this computer, or off', gigabytes)
    .addHelpText('after', secretNotes)
    .action(async (options: SetOptions) => {
      const { storageSetCommand } = await import('./storage.ts')
      process.exitCode = await storageSetCommand(changesOf(options), options, files)
    })

  subcommand('send', 'Send the originals that the store does not have yet, and wait until all are there.').action(
    async (options: StoreOptions) => {
      const { storageSendCommand } = await import('./storage-work.ts')
      process.exitCode = await storageSendCommand(options, files)
    },
  )

  subcommand('move', 'Move all originals to the cloud, or back to this computer, and wait until all are there.')
    .addArgument(
      new Argument('<direction>', 'where to; stop ends a move, and what was moved stays').choices([
        ...directions,
        'stop',
      ]),
    )
    .action(async (direction, options: StoreOptions) => {
      const { storageMoveCommand } = await import('./storage-work.ts')
      process.exitCode = await storageMoveCommand(direction, options, files)
    })
}
