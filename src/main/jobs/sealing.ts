import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const prefix = 'sealed.'
const ivBytes = 12
const tagBytes = 16

export type Sealing = ReturnType<typeof createSealing>

/**
 * For what an event has to carry past an engine that must not read it: AES-256-GCM. The key is in this process alone and
 * ends with it. What was sealed for one purpose opens for no other.
 */
export function createSealing() {
  const key = randomBytes(32)

  return {
    seal(text: string, purpose: string): string {
      const iv = randomBytes(ivBytes)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url')
    },

    /** What was never sealed is given back as it is. Null where it cannot be opened. */
    open(text: string, purpose: string): string | null {
      if (!text.startsWith(prefix)) return text
      const bytes = Buffer.from(text.slice(prefix.length), 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
      } catch {
        return null
      }
    },
  }
}

/** An access token serves the request it came with. */
export const accessPurpose = (userId: number, folderId: string) => `access to ${folderId} for ${userId}`
