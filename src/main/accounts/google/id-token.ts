/** Who a Google account belongs to. */
export interface Identity {
  /** Google's own id of the person; the address may change, this does not. */
  subject: string
  email: string
  name: string
}

/**
 * Its signature is not checked: it came straight from the token endpoint over TLS, which OpenID Connect Core 3.1.3.7
 * accepts in its place. Null when it is none, or one for another client.
 */
export function readIdToken(idToken: string | null | undefined, clientId: string): Identity | null {
  const { aud, sub, email, name } = claimsOf(idToken)
  if (aud !== clientId || typeof sub !== 'string' || !/^[\w.-]{1,255}$/.test(sub) || typeof email !== 'string')
    return null
  return { subject: sub, email, name: typeof name === 'string' && name !== '' ? name : email }
}

function claimsOf(idToken: string | null | undefined): Record<string, unknown> {
  const payload = idToken?.split('.')[1]
  if (!payload) return {}
  try {
    return { ...JSON.parse(Buffer.from(payload, 'base64url').toString()) }
  } catch {
    return {}
  }
}
