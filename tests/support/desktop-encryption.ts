import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { DesktopEncryption } from '../../src/main/accounts/index.ts'

/** Stands in for Electron's `safeStorage`, whose key the system would keep. */
export function makeDesktopEncryption(backend = 'gnome_libsecret'): DesktopEncryption {
  const key = randomBytes(32)
  return {
    isAsyncEncryptionAvailable: async () => true,
    getSelectedStorageBackend: () => backend,
    async encryptStringAsync(text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([iv, cipher.getAuthTag(), encrypted])
    },
    async decryptStringAsync(encrypted) {
      const decipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12), { authTagLength: 16 })
      decipher.setAuthTag(encrypted.subarray(12, 28))
      const result = Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()]).toString('utf8')
      return { result }
    },
  }
}
