import { host } from '../host.ts'

/**
 * Chromium as it is installed cannot show a page of a scheme it does not know, nor give it an origin. A page of `app://burg-ink`
 * is therefore shown to it as one of `https://burg-ink.app.electron-harness.invalid`, or of http where the program did not ask
 * for a secure scheme. So `location` in the page has this address; all that the program sees has its own.
 */
const suffix = 'electron-harness.invalid'

const isStandard = (scheme: string) => host.schemes.get(scheme)?.standard === true
const webScheme = (scheme: string) => (host.schemes.get(scheme)?.secure ? 'https' : 'http')

export function toWeb(url: string): string {
  const [, scheme = '', name, rest] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return isStandard(scheme) ? `${webScheme(scheme)}://${name}.${scheme}.${suffix}${rest || '/'}` : url
}

export function fromWeb(url: string): string {
  const [, name, scheme, rest = ''] =
    /^https?:\/\/(.*)\.([a-z0-9+-]+)\.electron-harness\.invalid(\/.*)?$/.exec(url) ?? []
  return scheme ? `${scheme}://${name}${rest}` : url
}

export const schemeOf = (url: string): string => url.slice(0, url.indexOf(':'))

/** A policy that allows `media:` has to allow what Chromium sees in its place. */
export function policyForWeb(policy: string): string {
  const sources = /(?<=[\s;])([a-z][a-z0-9+.-]*):(?:\/\/([^\s;/]+))?(?=[\s;/]|$)/g
  return policy.replace(sources, (source, scheme: string, name = '*') =>
    isStandard(scheme) ? `${source} ${webScheme(scheme)}://${name}.${scheme}.${suffix}` : source,
  )
}
