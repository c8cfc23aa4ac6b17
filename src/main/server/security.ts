import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/**
 * Nothing but this page's own files; pictures may also be data the page made itself.
 * @param pictures where pictures and videos come from, if not from the page's own address: a scheme such as `media:`.
 */
export function contentSecurityPolicy(pictures = ''): string {
  return [
    "default-src 'self'",
    `img-src 'self' data: blob: ${pictures}`.trim(),
    `media-src 'self' ${pictures}`.trim(),
    "style-src 'self' 'unsafe-inline'",
    "script-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** @param loadableBy who may show what is answered: this very origin, or a page of another scheme. */
export function safeHeaders(
  policy = contentSecurityPolicy(),
  loadableBy: 'same-origin' | 'cross-origin' = 'same-origin',
): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-resource-policy', loadableBy)
    headers.set('cross-origin-opener-policy', 'same-origin')
  }
}

/**
 * Only pages of this very address may talk to it: another name for this computer means a rebound name server entry, and
 * another origin means another page. No CORS headers are ever sent. Any port will do, since a tunnel has one of its own.
 */
export const ownAddressOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? ''
  if (!/^(127\.0\.0\.1|localhost):\d+$/.test(host)) return c.text('This address is not served here.', 421)
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== `http://${host}`) return c.text('Not for other pages.', 403)
  // `same-site` is another page of this computer: sites do not tell ports apart, and so its requests carry our cookie.
  const site = c.req.header('sec-fetch-site')
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation(c)) return c.text('Not for other pages.', 403)
  return next()
}

/** Somebody followed a link to the page: it gets the shell, which is no secret. */
function isNavigation(c: Context): boolean {
  return c.req.path === '/' && c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
}

/** The token, as `Authorization: Bearer` or as the cookie of a session. */
export function tokenOnly(token: string): MiddlewareHandler {
  return async (c, next) => {
    const bearer = c.req.header('authorization')?.replace(/^Bearer /, '')
    const given = bearer ?? getCookie(c, cookieName(c))
    if (given === undefined || !isSame(given, token)) return c.text('Open the address that Burg Ink printed.', 401)
    return next()
  }
}

/** Trades the token for a cookie, so that pictures and the event stream, which cannot send headers, are let in too. */
export function openSession(c: Context, given: string, token: string): Response {
  if (!isSame(given, token)) return c.text('Open the address that Burg Ink printed.', 401)
  setCookie(c, cookieName(c), token, { httpOnly: true, sameSite: 'Strict', path: '/' })
  return c.json({ ok: true })
}

/** Cookies do not tell ports apart, and two libraries may be open at once. */
function cookieName(c: Context): string {
  return `burg_ink_${c.req.header('host')?.split(':')[1] ?? ''}`
}

function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
