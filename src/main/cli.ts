import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { artworkStatuses } from '../shared/artworks.ts'
import { catalogueLayouts, labelSizeNames, pageSizeNames } from '../shared/printing.ts'
import { complain, defaultLibraryFolder } from './cli/program.ts'
import { addStorageCommands } from './cli/storage-options.ts'

// The commands below are compiled once for all starts, which are then a fourth shorter.
enableCompileCache()

// An import makes much short-lived garbage, and V8 answers with a young generation of a hundred megabytes and an old one that
// may double before it is swept. Both kept near what is in use, the process of an import is half as large, in the same time.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=30')

// Whoever does not listen any more, as in `burg-ink status | head -1`, is no failure of the program.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {})

/** Sources and build lie equally deep, so that this holds for both. */
const programFolder = join(import.meta.dirname, '../..')
const files = {
  pageFolder: join(programFolder, 'out/renderer'),
  samplesFolder: join(programFolder, 'resources/samples'),
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.')
  return port
}

/** US dollars. */
function amount(text: string): number {
  if (!/^\$?\d{1,7}(\.\d{1,6})?$/.test(text)) throw new InvalidArgumentError('An amount in US dollars, such as 1.50.')
  return Number(text.replace('$', ''))
}

const amountOrNone = (text: string): number | null => (text === 'none' ? null : amount(text))

const collect = (value: string, before: string[]): string[] => [...before, value]

const libraryOption = ['--library <folder>', 'the library folder; made when it is not there'] as const

const program = new Command('burg-ink')
  .description('A local library for artists: every picture kept safe, previewed, described and found again.')
  .showHelpAfterError('(--help says how)')

// Each command loads what it needs and no more: `--help` answers at once.
program
  .command('import')
  .description('Import folders and single pictures, and wait until it is done. Originals stay where they are.')
  .argument('<path...>', 'a folder to import, with everything in it; or pictures, several folders, or both')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--copy', 'keep a copy of every original in the library as well')
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (paths, options) => {
    const { importCommand } = await import('./cli/import.ts')
    process.exitCode = await importCommand(paths, options, files)
  })

program
  .command('sync')
  .description(
    'Bring in a folder of Google Drive, or what changed in it since the last time. The library keeps the originals.',
  )
  .argument('<folder>', "the folder's id in Drive, its address in the browser, or root for all of My Drive")
  .option(...libraryOption, defaultLibraryFolder())
  .option('--account <address>', 'the account it is in, where several are connected')
  .option('--watch', 'keep it in step from now on, whenever Burg Ink runs')
  .option('--no-watch', 'do not keep it in step any more')
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (folder, options) => {
    const { syncCommand } = await import('./cli/google.ts')
    process.exitCode = await syncCommand(folder, options, files)
  })

program
  .command('accounts')
  .description('List the Google accounts that are connected; add one by the browser, or remove one.')
  .addArgument(new Argument('[action]', 'what to do').choices(['list', 'add', 'remove']).default('list'))
  .argument('[account]', 'address or number of the account to remove')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--json', 'print them as one line of JSON', false)
  .action(async (action, account, options) => {
    const { accountsCommand } = await import('./cli/google.ts')
    process.exitCode = await accountsCommand(action, account, options, files)
  })

addStorageCommands(program, files)

program
  .command('describe')
  .description('Have a model say what pictures show: says what it costs, and waits until it is done. Ctrl-C pauses.')
  .argument('[words...]', 'words to find the pictures by')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--all', 'every picture that the model and prompt have not described')
  .option('--folder <folder>', 'the pictures of a folder: its number, name or path')
  .option('--model <name>', 'another model than the saved one')
  .option('--prompt <name>', 'another prompt than the saved one; default is the one of Burg Ink')
  .option('--batch', 'at half the price, within a day (OpenAI)')
  .option('--no-batch', 'now, at the full price')
  .option('--cap <usd>', 'the most it may cost, in US dollars', amount)
  .option('--yes', 'also where no cap is saved and none is given')
  .option('--estimate', 'only say what it would cost')
  .option('--resume', 'go on with the run that was paused')
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (words, options) => {
    const { describeCommand } = await import('./cli/describe.ts')
    process.exitCode = await describeCommand(words.join(' '), options, files)
  })

program
  .command('analysis')
  .description('Say who describes pictures, what was spent and how the last runs ended; or change the settings.')
  .addArgument(new Argument('[action]', 'what to do').choices(['status', 'set']).default('status'))
  .option(...libraryOption, defaultLibraryFolder())
  .addOption(new Option('--analyser <who>', 'who describes').choices(['builtin', 'openai', 'compatible']))
  .option('--base-url <address>', 'of a server of your own, such as http://localhost:11434/v1')
  .option('--model <name>', 'a model that can see pictures')
  .addOption(new Option('--detail <how>', 'how closely it looks').choices(['low', 'high', 'auto']))
  .option('--language <name>', 'what answers are written in')
  .option('--prompt <name>', 'one of your prompts, or default')
  .option('--automatic', 'describe new pictures by themselves')
  .option('--no-automatic', 'describe pictures only when told to')
  .option('--batch', 'at half the price, within a day (OpenAI)')
  .option('--no-batch', 'now, at the full price')
  .option('--day-cap <usd>', 'the most a day may cost, or none', amountOrNone)
  .option('--run-cap <usd>', 'the most a run may cost, or none', amountOrNone)
  .option('--embedding-model <name>', 'what descriptions are compared by')
  .option('--key <from>', 'keep a key: stdin reads it, env:NAME takes it from a variable, none forgets it')
  .option('--json', 'print it as one line of JSON', false)
  .action(async (action, options) => {
    const { analysisCommand } = await import('./cli/analysis.ts')
    process.exitCode = await analysisCommand(action, options, files)
  })

const formats = ['csv', 'json', 'xmp', 'works-csv', 'works-json', 'catalogue', 'labels', 'portfolio']

program
  .command('export')
  .description(
    'Write what is known of pictures or artworks for others: a table, JSON, XMP sidecars, a portfolio site, a catalogue or wall labels to print. Originals stay as they are.',
  )
  .addArgument(new Argument('<format>', 'what to write').choices(formats))
  .argument('[words...]', 'words to find the pictures or artworks by; all of them when left out')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--to <path>', 'a folder, or a new file')
  .option('--folder <folder>', 'the pictures of a folder: its number, name or path')
  .option('--tag <name>', 'only those with this tag; may be given several times', collect, [])
  .addOption(new Option('--status <status>', 'only artworks of this status').choices(artworkStatuses))
  .option('--plain', 'tables: every value as it is, where no spreadsheet reads it', false)
  .option('--beside', 'xmp: beside the originals', false)
  .option('--long-names', 'xmp: barn.jpg.xmp and not barn.xmp', false)
  .option('--suggestions', 'xmp: also what nobody has confirmed', false)
  .option('--artist <name>', 'portfolio, catalogue, labels: whose works they are; else as in the settings')
  .addOption(
    new Option('--show <what...>', 'portfolio, catalogue, labels: also these')
      .choices(['status', 'prices', 'provenance', 'statements', 'list'])
      .default([]),
  )
  .option('--title <title>', 'catalogue: its title', 'Works')
  .addOption(
    new Option('--page-size <size>', 'catalogue, labels: of the paper; that of the settings when left out').choices(
      pageSizeNames,
    ),
  )
  .addOption(
    new Option('--layout <layout>', 'catalogue: works on a page').choices(catalogueLayouts).default('one' as const),
  )
  .addOption(
    new Option('--label <size>', 'labels: width and height in mm').choices(labelSizeNames).default('90x50' as const),
  )
  .option('--about <file>', 'portfolio: a text file that tells of the artist')
  .option(
    '--contact <line>',
    'portfolio: an address of mail, of the web or else; may be given several times',
    collect,
    [],
  )
  .option('--address <url>', 'portfolio: where it will be on the web')
  .option('--unlisted', 'portfolio: search engines shall not list it', false)
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (format, words, options) => {
    const { exportCommand } = await import('./cli/export.ts')
    process.exitCode = await exportCommand(format, words.join(' '), options, files)
  })

program
  .command('import-table')
  .description(
    'Bring in a table of another program: works by their inventory number, or what is said of pictures. All of it is one command that can be undone.',
  )
  .argument('<file>', 'a CSV file, or one with semicolons or tabs')
  .option(...libraryOption, defaultLibraryFolder())
  .addOption(
    new Option('--as <what>', 'what each row is of; told by the columns when left out').choices(['works', 'pictures']),
  )
  .option('--dry-run', 'only say what would become of the rows', false)
  .option('--clear-empty', 'empty cells take away what there is', false)
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (file, options) => {
    const { importTableCommand } = await import('./cli/import-table.ts')
    process.exitCode = await importTableCommand(file, options, files)
  })

program
  .command('import-sidecars')
  .description(
    'Read what other programs wrote in XMP sidecars beside the originals: titles, descriptions, tags, stars, labels.',
  )
  .argument('[folder]', 'of the pictures of a folder: its number, name or path; all of them when left out')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--preview', 'only say what would change', false)
  .addOption(
    new Option('--conflicts <how>', 'where you have said something else: keep yours, or take theirs')
      .choices(['keep', 'take'])
      .default('keep'),
  )
  .option('--json', 'print the result as one line of JSON', false)
  .action(async (folder, options) => {
    const { importSidecarsCommand } = await import('./cli/import-sidecars.ts')
    process.exitCode = await importSidecarsCommand(folder, options, files)
  })

program
  .command('serve')
  .description('Serve the library to a browser on this computer, until stopped. BURG_INK_TOKEN sets the token.')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--port <number>', 'the port; a free one when it is left out', portNumber, 0)
  .action(async options => {
    const { serveCommand } = await import('./cli/serve.ts')
    process.exitCode = await serveCommand(options, files)
  })

program
  .command('open')
  .description('Serve the library and open it in the browser, importing a folder or the samples.')
  .argument('[folder]', 'a folder to import')
  .option('--samples', 'import the pictures that come with Burg Ink', false)
  .option(...libraryOption, defaultLibraryFolder())
  .option('--port <number>', 'the port; a free one when it is left out', portNumber, 0)
  .action(async (folder, options) => {
    const { openCommand } = await import('./cli/serve.ts')
    process.exitCode = await openCommand({ ...options, folder }, files)
  })

program
  .command('status')
  .description('Say how many pictures are waiting, in work, done and failed. Works while the library is open.')
  .option(...libraryOption, defaultLibraryFolder())
  .option('--json', 'print it as one line of JSON: what /api/inngest/status answers of pictures and imports', false)
  .action(async options => {
    const { statusCommand } = await import('./cli/status.ts')
    process.exitCode = statusCommand(options)
  })

program
  .command('restore')
  .description('Put the newest copy of the database in place of a damaged one, which is kept.')
  .option(...libraryOption, defaultLibraryFolder())
  .action(async options => {
    const { restoreCommand } = await import('./cli/restore.ts')
    process.exitCode = await restoreCommand(options)
  })

program.parseAsync().catch(error => {
  complain(error)
  process.exitCode = 1
})
