import { SecretStoreFailed } from '../secrets/port.ts'
import type { GoogleClient } from './client.ts'
import { safeProtocolCode } from './failure-of.ts'
import { GoogleAuthFailed } from './failures.ts'
import { type GoogleOAuth, type Grant, newSignInSecrets } from './oauth.ts'
import { listenForRedirect, type Redirect, type RedirectListener } from './redirect-listener.ts'

export interface SignIn<T> {
  oauth: GoogleOAuth
  client: GoogleClient
  /** Shows the page to the person; may also just tell where it is. */
  openBrowser(url: string): Promise<void>
  /** Called with what was allowed; the browser is told that all is well when it has ended. */
  keep(grant: Grant): Promise<T>
  /** Cancels. */
  signal?: AbortSignal | undefined
  timeoutMs: number
}

/**
 * One sign-in, from opening the browser to a kept grant.
 * @throws {GoogleAuthFailed} also when it is cancelled or nobody answers; nothing is kept then.
 */
export async function signIn<T>({ oauth, client, openBrowser, keep, signal, timeoutMs }: SignIn<T>): Promise<T> {
  const end = endOf(signal, timeoutMs)
  const secrets = newSignInSecrets()
  const listener = await listenForRedirect(secrets.state)
  const { redirectUri } = listener

  async function run(): Promise<T> {
    const url = await oauth.consentUrl(client, secrets, redirectUri)
    end.signal.throwIfAborted()
    const code = codeOf(await redirectAfter(openBrowser(url), listener))
    const grant = await oauth.exchange(client, { code, codeVerifier: secrets.codeVerifier, redirectUri }, end.signal)
    end.signal.throwIfAborted()
    // From here on it is too late to cancel: what is kept is kept.
    end.clear()
    return keep(grant)
  }

  try {
    const kept = await Promise.race([run(), end.reached])
    await listener.tell('Connected', 'Burg Ink can read your Google Drive now.')
    return kept
  } catch (failure) {
    const isForPeople = failure instanceof GoogleAuthFailed || failure instanceof SecretStoreFailed
    await listener.tell('Not connected', isForPeople ? failure.message : 'Burg Ink could not keep the account.')
    throw failure
  } finally {
    end.clear()
    await listener.close()
  }
}

/** Openers differ: some end when the browser is there, some when it is gone. */
function redirectAfter(opened: Promise<void>, { redirect }: RedirectListener): Promise<Redirect> {
  const afterOpening = opened.then(
    () => redirect,
    () => Promise.reject(new GoogleAuthFailed('no-browser')),
  )
  return Promise.race([redirect, afterOpening])
}

function codeOf(redirect: Redirect): string {
  if ('code' in redirect) return redirect.code
  if (redirect.error === 'access_denied') throw new GoogleAuthFailed('denied')
  throw new GoogleAuthFailed('refused', safeProtocolCode(redirect.error) ?? undefined)
}

/** Cancelled or too late, whichever comes first. */
function endOf(cancelled: AbortSignal | undefined, timeoutMs: number) {
  const end = new AbortController()
  const { promise: reached, reject } = Promise.withResolvers<never>()
  // Nobody may be waiting for it any more.
  reached.catch(() => {})
  end.signal.addEventListener('abort', () => reject(end.signal.reason), { once: true })
  const cancel = () => end.abort(new GoogleAuthFailed('cancelled'))
  const timer = setTimeout(() => end.abort(new GoogleAuthFailed('timed-out')), timeoutMs)
  cancelled?.addEventListener('abort', cancel, { once: true })
  if (cancelled?.aborted) cancel()
  return {
    signal: end.signal,
    reached,
    clear() {
      clearTimeout(timer)
      cancelled?.removeEventListener('abort', cancel)
    },
  }
}
