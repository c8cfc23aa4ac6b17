import { createHash, randomBytes } from 'node:crypto'
import type { CodeChallengeMethod, Credentials, OAuth2Client } from 'google-auth-library'
import type { GoogleClient } from './client.ts'
import { failureOf, isGrantEnded } from './failure-of.ts'
import { GoogleAuthFailed } from './failures.ts'
import { type Identity, readIdToken } from './id-token.ts'

export interface GoogleEndpoints {
  authorizeUrl: string
  tokenUrl: string
  revokeUrl: string
}

/** https://accounts.google.com/.well-known/openid-configuration */
export const googleEndpoints: GoogleEndpoints = {
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  revokeUrl: 'https://oauth2.googleapis.com/revoke',
}

export interface AccessToken {
  token: string
  /** Milliseconds since 1970. */
  expiresMs: number
}

export interface Tokens {
  access: AccessToken
  refreshToken: string
}

/** What a person allowed. */
export interface Grant extends Tokens {
  identity: Identity
}

/** Of one sign-in; the verifier leaves this process only in the exchange of the code. */
export interface SignInSecrets {
  state: string
  codeVerifier: string
}

const driveScope = 'https://www.googleapis.com/auth/drive.readonly'
const scopes = [driveScope, 'openid', 'email', 'profile']
const requestTimeoutMs = 30_000
const revokeTimeoutMs = 10_000

export type GoogleOAuth = ReturnType<typeof createGoogleOAuth>

/** OAuth 2.0 for a program on a desktop (RFC 8252) at Google. Every error is a GoogleAuthFailed without token or cause. */
export function createGoogleOAuth(endpoints: GoogleEndpoints) {
  async function open(client: GoogleClient, signal?: AbortSignal): Promise<OAuth2Client> {
    const { OAuth2Client } = await import('google-auth-library')
    return new OAuth2Client({
      clientId: client.id,
      clientSecret: client.secret,
      endpoints: { oauth2AuthBaseUrl: endpoints.authorizeUrl, oauth2TokenUrl: endpoints.tokenUrl },
      transporterOptions: { timeout: requestTimeoutMs, ...(signal && { signal }) },
      // These would write every answer of Google, tokens and all, to a log that GOOGLE_SDK_NODE_LOGGING turns on.
      useAuthRequestParameters: false,
    })
  }

  return {
    /** The page at Google where a person says yes. */
    async consentUrl(
      client: GoogleClient,
      { state, codeVerifier }: SignInSecrets,
      redirectUri: string,
    ): Promise<string> {
      return (await open(client)).generateAuthUrl({
        redirect_uri: redirectUri,
        scope: scopes,
        state,
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        code_challenge_method: 'S256' as CodeChallengeMethod,
        access_type: 'offline',
        // Without `consent` Google gives a refresh token at the first sign-in only; `select_account` lets a second account in.
        prompt: 'consent select_account',
      })
    },

    /** @throws {GoogleAuthFailed} */
    async exchange(
      client: GoogleClient,
      { code, codeVerifier, redirectUri }: { code: string; codeVerifier: string; redirectUri: string },
      signal: AbortSignal,
    ): Promise<Grant> {
      const google = await open(client, signal)
      const { tokens } = await google
        .getToken({ code, codeVerifier, redirect_uri: redirectUri })
        .catch((error: unknown) => Promise.reject(failureOf(error)))
      if (!tokens.scope?.split(' ').includes(driveScope)) throw new GoogleAuthFailed('drive-not-granted')
      const identity = readIdToken(tokens.id_token, client.id)
      if (!identity || !tokens.refresh_token) throw new GoogleAuthFailed('refused', 'incomplete answer')
      return { identity, access: accessOf(tokens), refreshToken: tokens.refresh_token }
    },

    /**
     * A new access token, and the refresh token to use from now on, which may be another one. Null when the grant has ended:
     * revoked, expired, or made for another client.
     * @throws {GoogleAuthFailed}
     */
    async refresh(client: GoogleClient, refreshToken: string): Promise<Tokens | null> {
      const google = await open(client)
      google.setCredentials({ refresh_token: refreshToken })
      let rotated: string | null | undefined
      // The library puts the old refresh token back into what it returns; only this event has the new one.
      google.once('tokens', tokens => {
        rotated = tokens.refresh_token
      })
      try {
        const { credentials } = await google.refreshAccessToken()
        return { access: accessOf(credentials), refreshToken: rotated ?? refreshToken }
      } catch (error) {
        if (isGrantEnded(error)) return null
        throw failureOf(error)
      }
    },

    /** Ends the grant at Google, for every token of it. False when Google could not be told. */
    async revoke(refreshToken: string): Promise<boolean> {
      // Not by the library, which puts the token into the URL.
      try {
        const answer = await fetch(endpoints.revokeUrl, {
          method: 'POST',
          body: new URLSearchParams({ token: refreshToken }),
          signal: AbortSignal.timeout(revokeTimeoutMs),
        })
        if (answer.ok) return true
        // Revoked already.
        const { error } = (await answer.json()) as { error?: unknown }
        return error === 'invalid_token'
      } catch {
        return false
      }
    },
  }
}

/** 256 bits each, as RFC 7636 advises for the verifier. */
export function newSignInSecrets(): SignInSecrets {
  return { state: randomBytes(32).toString('base64url'), codeVerifier: randomBytes(32).toString('base64url') }
}

function accessOf({ access_token: token, expiry_date: expiresMs }: Credentials): AccessToken {
  if (!token) throw new GoogleAuthFailed('refused', 'incomplete answer')
  return { token, expiresMs: expiresMs ?? Date.now() }
}
