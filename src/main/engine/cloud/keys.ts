import { createHash } from 'node:crypto'

/** Hexadecimal; Inngest Cloud names the environment before it. */
const signingKeyShape = /^(signkey-\w+-)?((?:[0-9a-f]{2})+)$/i

/**
 * `Authorization` as Inngest's API wants it: of the signing key only a hash travels.
 * @throws {Error} in words for a person, when it can be no signing key.
 */
export function authorizationOf(signingKey: string): string {
  const [, prefix = '', hex] = signingKeyShape.exec(signingKey) ?? []
  if (hex === undefined) {
    throw new Error(
      'The signing key of Inngest is hexadecimal, with or without “signkey-…-” before it. This one is not.',
    )
  }
  return `Bearer ${prefix}${createHash('sha256').update(hex, 'hex').digest('hex')}`
}
