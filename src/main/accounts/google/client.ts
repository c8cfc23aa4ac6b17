import type { SecretStore } from '../secrets/port.ts'

/** What a person made in the Google Cloud console, of the kind "Desktop app". */
export interface GoogleClient {
  id: string
  /** Asked for by Google's token endpoint. Of a desktop client it proves nothing, and is kept like a secret all the same. */
  secret: string
}

export const clientSecretName = 'google-client-secret'

/** Variables go before what was saved: whoever starts the program has the last word. Null when there is no whole client. */
export async function readGoogleClient(
  environment: NodeJS.ProcessEnv,
  savedId: string | null,
  secrets: SecretStore,
): Promise<GoogleClient | null> {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET } = environment
  const id = GOOGLE_CLIENT_ID || savedId
  if (!id) return null
  const secret = (GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET) || (await secrets.get(clientSecretName))
  return secret ? { id, secret } : null
}
