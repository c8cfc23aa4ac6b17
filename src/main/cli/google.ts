import type { Account } from '../../shared/accounts.ts'
import { CallFailed } from '../../shared/contract.ts'
import type { App } from '../app.ts'
import { followImport } from './import.ts'
import { createHeadlessApp, type ProgramFiles, printable } from './program.ts'

export interface SyncOptions {
  library: string
  json: boolean
  /** Address or number of the account; may be left out where there is only one. */
  account?: string
  /** Left out: as before. */
  watch?: boolean
}

/** `burg-ink sync`: a folder of Google Drive, or what changed in it since the last time. @returns the exit code. */
export function syncCommand(folder: string, options: SyncOptions, files: ProgramFiles): Promise<number> {
  return followImport(options, files, async app => {
    const { accounts } = await app.handlers['accounts.list']({})
    const { id: accountId } = chosen(accounts, options.account)
    const { watch: isWatched } = options
    const { syncId } = await app.handlers['drive.import']({ accountId, folderId: folderIdOf(folder), isWatched })
    return { syncIds: [syncId] }
  })
}

/** Also the address of a folder, as the browser shows it. */
function folderIdOf(folder: string): string {
  return /\/folders\/([\w-]+)/.exec(folder)?.[1] ?? folder
}

export type AccountAction = 'list' | 'add' | 'remove'

/** `burg-ink accounts`: who is connected; connects one by the browser, or disconnects one. @returns the exit code. */
export async function accountsCommand(
  action: AccountAction,
  which: string | undefined,
  options: { library: string; json: boolean },
  files: ProgramFiles,
): Promise<number> {
  const app = await createHeadlessApp(options.library, files)
  try {
    if (action === 'add') await connect(app)
    if (action === 'remove') await disconnect(app, which)
    const { accounts, hasClient, notice } = await app.handlers['accounts.list']({})
    if (options.json) {
      console.log(JSON.stringify({ accounts, hasClient, notice }))
      return 0
    }
    if (notice) console.error(notice)
    if (accounts.length === 0) console.log('No Google account is connected. "burg-ink accounts add" connects one.')
    for (const { id, email, name, state } of accounts) {
      console.log(
        `${id}  ${printable(email)}  ${printable(name)}  ${state === 'connected' ? 'connected' : 'has to be connected again'}`,
      )
    }
    return 0
  } finally {
    await app.stop()
  }
}

async function connect(app: App): Promise<void> {
  const cancel = () => void app.handlers['account.cancelConnect']({})
  process.once('SIGINT', cancel)
  try {
    await app.handlers['account.connect']({})
  } finally {
    process.off('SIGINT', cancel)
  }
}

async function disconnect(app: App, which: string | undefined): Promise<void> {
  const { accounts } = await app.handlers['accounts.list']({})
  const { notice } = await app.handlers['account.disconnect']({ id: chosen(accounts, which).id })
  if (notice) console.error(notice)
}

function chosen(accounts: Account[], which: string | undefined): Account {
  const found =
    which === undefined ? accounts : accounts.filter(({ id, email }) => email === which || String(id) === which)
  const [account] = found
  if (!account) {
    throw new CallFailed(
      'not-found',
      which === undefined
        ? 'No Google account is connected. "burg-ink accounts add" connects one.'
        : `No account ${which} is connected. "burg-ink accounts" lists them.`,
    )
  }
  if (found.length > 1) {
    throw new CallFailed(
      'bad-input',
      `Several accounts are connected: name one of ${found.map(({ email }) => email).join(', ')}.`,
    )
  }
  return account
}
