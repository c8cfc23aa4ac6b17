import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { refuseEmptySecret, type SecretStore, SecretStoreFailed } from './port.ts'

/** What Electron's `safeStorage` offers: encryption by a key that the system keeps for this person and program. */
export interface DesktopEncryption {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  /** Rejects what was encrypted by another person or computer. */
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string }>
  /** Linux only. `basic_text` is a key that every copy of Electron has. */
  getSelectedStorageBackend?(): string
}

/** Whether it hides anything from whoever reads the file. */
export async function canHide(encryption: DesktopEncryption): Promise<boolean> {
  const isAvailable = await encryption.isAsyncEncryptionAvailable()
  return isAvailable && encryption.getSelectedStorageBackend?.() !== 'basic_text'
}

/** Secrets in a file of the program's own folder, each encrypted. For one process at a time. */
export function createDesktopStore(encryption: DesktopEncryption, path: string): SecretStore {
  let last: Promise<unknown> = Promise.resolve()

  /** One change after the other, or one would be lost. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const running = last.then(act, act)
    last = running.catch(() => {})
    return running
  }

  async function read(): Promise<Record<string, string>> {
    try {
      return JSON.parse(await readFile(path, 'utf8'))
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {}
      throw new SecretStoreFailed(`The file of secrets cannot be read. Check or remove ${path}, then try again.`, {
        cause,
      })
    }
  }

  async function write(secrets: Record<string, string>): Promise<void> {
    const beside = `${path}.new`
    try {
      await writeFile(beside, JSON.stringify(secrets), { mode: 0o600, flush: true })
      await rename(beside, path)
    } catch (cause) {
      await rm(beside, { force: true }).catch(() => {})
      throw new SecretStoreFailed(`The file of secrets cannot be written. Check ${path}, then try again.`, { cause })
    }
  }

  return {
    kind: 'desktop',
    async get(name) {
      const encrypted = (await inTurn(read))[name]
      if (encrypted === undefined) return null
      try {
        return (await encryption.decryptStringAsync(Buffer.from(encrypted, 'base64'))).result
      } catch {
        // Another computer's, or the system's key was made anew: it opens nothing any more.
        return null
      }
    },
    async set(name, secret) {
      refuseEmptySecret(name, secret)
      const encrypted = (await encryption.encryptStringAsync(secret)).toString('base64')
      await inTurn(async () => write({ ...(await read()), [name]: encrypted }))
    },
    delete: name =>
      inTurn(async () => {
        const { [name]: gone, ...others } = await read()
        if (gone !== undefined) await write(others)
      }),
  }
}
