import { type Accounts, createAccounts, type GoogleEndpoints, type openSecretStore } from '../accounts/index.ts'
import type { Library } from '../library/index.ts'
import { createDriveSource, type Pacing } from '../sources/index.ts'
import { createLentAccess } from './lent-access.ts'
import type { createSecrets } from './secrets.ts'

export interface GoogleConfig {
  environment: NodeJS.ProcessEnv
  /** Shows a page to the person. */
  openBrowser(url: string): Promise<void>
  /** Where secrets are kept; left out: the best place this computer has. */
  openSecrets?: typeof openSecretStore
  /** Where Google is, when it is not where it is. */
  endpoints?: GoogleEndpoints
  driveUrl?: string
  /** How its requests wait, where a test has no time for it. */
  pacing?: Pacing
}

interface Opened {
  accounts: Accounts
  /** Where secrets do not outlive the program: a sentence that says so. */
  notice: string | null
}

/** Google accounts and their Drive. Whoever has no account does not wait for a keychain. */
export function createGoogle(library: Library, config: GoogleConfig, secrets: ReturnType<typeof createSecrets>) {
  const { environment, openBrowser, endpoints, driveUrl, pacing } = config
  let opening: Promise<Opened> | undefined

  async function open(): Promise<Opened> {
    const { store, notice } = await secrets()
    const savedClientId = () => library.settings.get().googleClientId || null
    const parts = { registry: library.accounts, secrets: store, savedClientId, environment, openBrowser }
    const accounts = createAccounts({ ...parts, ...(endpoints && { endpoints }) })
    await accounts.markForgotten()
    return { accounts, notice }
  }

  const opened = (): Promise<Opened> => {
    // A keychain that did not answer is asked again the next time.
    opening ??= open().catch(cause => {
      opening = undefined
      throw cause
    })
    return opening
  }

  const lent = createLentAccess(library)
  const source = createDriveSource({
    accessToken: async ({ accountId, folderId }, refused) =>
      lent.tokenFor(`${accountId}/${folderId}`, refused) ?? (await opened()).accounts.accessToken(accountId, refused),
    ...(driveUrl && { apiUrl: driveUrl }),
    ...(pacing && { pacing }),
  })

  return {
    opened,
    source,
    lending: {
      lend: (runId: string, accessToken: string, folderId: string) => lent.lend(source, runId, accessToken, folderId),
      takeBack: lent.takeBack,
    },
  }
}
