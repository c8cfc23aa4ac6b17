import { openSecretStore, type SecretStore } from '../accounts/index.ts'

export interface OpenedSecrets {
  store: SecretStore
  /** Where secrets do not outlive the program: a sentence that says so. */
  notice: string | null
}

/** The keychain, opened with the first question for it: whoever has no secrets is never asked to unlock one. */
export function createSecrets(environment: NodeJS.ProcessEnv, openSecrets = openSecretStore) {
  let opening: Promise<OpenedSecrets> | undefined

  return function opened(): Promise<OpenedSecrets> {
    // A keychain that did not answer is asked again the next time.
    opening ??= openSecrets({ environment }).catch(cause => {
      opening = undefined
      throw cause
    })
    return opening
  }
}
