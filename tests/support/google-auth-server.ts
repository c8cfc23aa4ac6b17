import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Person {
  subject: string
  email: string
  name: string
}

interface Answer {
  status: number
  /** Sent as JSON, or as it is when it is text. */
  body: unknown
  location?: string
}

export interface GoogleAuthBehaviour {
  /** Who is signed in in the browser. */
  person: Person
  /** What the consent page ends with instead of a code, such as `access_denied`. */
  consentError: string | null
  /** Boxes that were left unticked. */
  withheldScopes: string[]
  accessTokenLifetimeSeconds: number
  /** Every refresh gives a new refresh token and ends the old one. */
  rotates: boolean
  /** Answers the token endpoint with this for as long as it is set; a drop ends the connection without an answer. */
  tokenFault: Answer | 'drop' | null
  /** Holds answers of the token endpoint back until it is resolved. */
  tokenGate: Promise<void> | null
  revokeFault: number | null
  /** The client that ID tokens are made for; null for the right one. */
  audience: string | null
}

interface Consent {
  challenge: string
  redirectUri: string
  person: Person
  scopes: string[]
}

export const anna: Person = { subject: '104857600000000000001', email: 'anna@example.com', name: 'Anna Öl' }
export const ben: Person = { subject: '104857600000000000002', email: 'ben@example.com', name: 'Ben' }

export type GoogleAuthServer = Awaited<ReturnType<typeof startGoogleAuthServer>>

/**
 * An authorization server on loopback that is as strict as Google where a client can be wrong: PKCE, redirect address, client
 * and secret, codes that serve once, and no token in any URL. Grants are in memory.
 */
export async function startGoogleAuthServer() {
  const client = { id: `${randomBytes(6).toString('hex')}.apps.googleusercontent.com`, secret: newSecret('GOCSPX-') }
  const behaviour: GoogleAuthBehaviour = {
    person: anna,
    consentError: null,
    withheldScopes: [],
    accessTokenLifetimeSeconds: 3599,
    rotates: false,
    tokenFault: null,
    tokenGate: null,
    revokeFault: null,
    audience: null,
  }
  /** Everything that must not be seen anywhere, from the first to the last. */
  const secrets = new Set<string>([client.secret])
  const consents = new Map<string, Consent>()
  const refreshTokens = new Map<string, { person: Person; scopes: string[] }>()
  const accessTokens = new Map<string, { person: Person; expiresMs: number }>()
  const requests: string[] = []

  function issue(prefix: string): string {
    const secret = newSecret(prefix)
    secrets.add(secret)
    return secret
  }

  function authorize(query: URLSearchParams): Answer {
    const redirectUri = query.get('redirect_uri') ?? ''
    const problem = problemOf(query, redirectUri)
    if (problem !== null) return { status: 400, body: { error: problem } }
    const { person, consentError, withheldScopes } = behaviour
    const back = new URL(redirectUri)
    back.searchParams.set('state', query.get('state') ?? '')
    if (consentError !== null) back.searchParams.set('error', consentError)
    else {
      const scopes = (query.get('scope') ?? '').split(' ').filter(scope => !withheldScopes.includes(scope))
      const code = issue('4/0A')
      consents.set(code, { challenge: query.get('code_challenge') ?? '', redirectUri, person, scopes })
      back.searchParams.set('code', code)
      back.searchParams.set('scope', scopes.join(' '))
    }
    return { status: 302, body: '', location: back.href }
  }

  function problemOf(query: URLSearchParams, redirectUri: string): string | null {
    if (query.get('client_id') !== client.id) return 'invalid_client'
    if (query.get('response_type') !== 'code' || query.get('access_type') !== 'offline') return 'invalid_request'
    if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(redirectUri)) return 'redirect_uri_mismatch'
    if (query.get('code_challenge_method') !== 'S256') return 'invalid_request'
    return /^[\w-]{43}$/.test(query.get('code_challenge') ?? '') ? null : 'invalid_request'
  }

  async function token(form: URLSearchParams): Promise<Answer | 'drop'> {
    requests.push(`token ${form.get('grant_type')}`)
    await behaviour.tokenGate
    if (behaviour.tokenFault) return behaviour.tokenFault
    if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) {
      return { status: 401, body: { error: 'invalid_client', error_description: 'The OAuth client was not found.' } }
    }
    const granted = form.get('grant_type') === 'refresh_token' ? refresh(form) : redeem(form)
    return granted ? { status: 200, body: granted } : { status: 400, body: { error: 'invalid_grant' } }
  }

  function redeem(form: URLSearchParams): object | null {
    const code = form.get('code') ?? ''
    const consent = consents.get(code)
    consents.delete(code)
    const verifier = form.get('code_verifier') ?? ''
    if (!consent || consent.redirectUri !== form.get('redirect_uri')) return null
    if (!/^[\w.~-]{43,128}$/.test(verifier)) return null
    if (createHash('sha256').update(verifier).digest('base64url') !== consent.challenge) return null
    secrets.add(verifier)
    const refreshToken = issue('1//0')
    refreshTokens.set(refreshToken, consent)
    return { ...accessFor(consent), refresh_token: refreshToken, id_token: idTokenOf(consent.person) }
  }

  function refresh(form: URLSearchParams): object | null {
    const used = form.get('refresh_token') ?? ''
    const grant = refreshTokens.get(used)
    if (!grant) return null
    if (!behaviour.rotates) return accessFor(grant)
    const next = issue('1//0')
    refreshTokens.delete(used)
    refreshTokens.set(next, grant)
    return { ...accessFor(grant), refresh_token: next }
  }

  function accessFor({ person, scopes }: { person: Person; scopes: string[] }): object {
    const { accessTokenLifetimeSeconds } = behaviour
    const accessToken = issue('ya29.')
    accessTokens.set(accessToken, {
      person,
      expiresMs: Date.now() + accessTokenLifetimeSeconds * 1000,
    })
    return {
      access_token: accessToken,
      expires_in: accessTokenLifetimeSeconds,
      scope: scopes.join(' '),
      token_type: 'Bearer',
    }
  }

  function idTokenOf({ subject, email, name }: Person): string {
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url')
    const claims = {
      iss: 'https://accounts.google.com',
      aud: behaviour.audience ?? client.id,
      sub: subject,
      email,
      name,
    }
    const idToken = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${newSecret('')}`
    secrets.add(idToken)
    return idToken
  }

  function revoke(form: URLSearchParams): Answer {
    requests.push('revoke')
    const { revokeFault } = behaviour
    if (revokeFault !== null) return { status: revokeFault, body: { error: 'internal_failure' } }
    const grant = refreshTokens.get(form.get('token') ?? '')
    if (!grant) return { status: 400, body: { error: 'invalid_token' } }
    endGrant(grant.person)
    return { status: 200, body: {} }
  }

  function endGrant({ subject }: Person): void {
    for (const [token, grant] of refreshTokens) if (grant.person.subject === subject) refreshTokens.delete(token)
    for (const [token, access] of accessTokens) if (access.person.subject === subject) accessTokens.delete(token)
  }

  async function answerTo(request: IncomingMessage): Promise<Answer | 'drop'> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const form = new URLSearchParams(await text(request))
    if (request.method === 'GET' && pathname === '/authorize') return authorize(searchParams)
    if (request.method !== 'POST' || searchParams.size > 0) return { status: 400, body: { error: 'invalid_request' } }
    if (pathname === '/token') return token(form)
    if (pathname === '/revoke') return revoke(form)
    return { status: 404, body: { error: 'not_found' } }
  }

  const server = createServer((request, response) => {
    response.once('close', () => response.writableFinished || requests.push('hung up'))
    void answerTo(request).then(answer => send(response, answer))
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    client,
    behaviour,
    secrets,
    /** What was asked, in order: `token authorization_code`, `token refresh_token`, `revoke`; `hung up` when nobody waited for the answer. */
    requests,
    endpoints: { authorizeUrl: `${origin}/authorize`, tokenUrl: `${origin}/token`, revokeUrl: `${origin}/revoke` },
    /** The person in the account's settings: no token of theirs is good any more. */
    endGrant,
    /** Every access token is over before its time. */
    expireAccessTokens: () => accessTokens.clear(),
    /** One that somebody got elsewhere. */
    issueAccessToken(person: Person): string {
      const accessToken = issue('ya29.')
      accessTokens.set(accessToken, { person, expiresMs: Date.now() + 3_599_000 })
      return accessToken
    },
    ownerOf: (accessToken: string) => accessTokens.get(accessToken)?.person ?? anna,
    isAccessTokenGood: (accessToken: string) => (accessTokens.get(accessToken)?.expiresMs ?? 0) > Date.now(),
    isRefreshTokenGood: (refreshToken: string) => refreshTokens.has(refreshToken),
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A browser whose person says yes at Google: follows the redirect and shows what it ends at. */
export async function browse(url: string): Promise<{ status: number; headers: Headers; page: string }> {
  const answer = await fetch(url)
  return { status: answer.status, headers: answer.headers, page: await answer.text() }
}

/** Where the consent page sends the browser, without going there. */
export async function redirectOf(consentUrl: string): Promise<URL> {
  const answer = await fetch(consentUrl, { redirect: 'manual' })
  const location = answer.headers.get('location')
  if (location === null) throw new Error(`The consent page answered ${answer.status}: ${await answer.text()}`)
  return new URL(location)
}

function send(response: ServerResponse, answer: Answer | 'drop'): void {
  if (answer === 'drop') {
    response.destroy()
    return
  }
  const { status, body, location } = answer
  const isText = typeof body === 'string'
  response.writeHead(status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...(location && { location }),
  })
  response.end(isText ? body : JSON.stringify(body))
}

const newSecret = (prefix: string) => `${prefix}${randomBytes(24).toString('base64url')}`
