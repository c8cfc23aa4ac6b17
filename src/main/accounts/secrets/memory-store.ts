import { refuseEmptySecret, type SecretStore } from './port.ts'

/** For this run only. */
export function createMemoryStore(): SecretStore {
  const secrets = new Map<string, string>()
  return {
    kind: 'memory',
    get: async name => secrets.get(name) ?? null,
    async set(name, secret) {
      refuseEmptySecret(name, secret)
      secrets.set(name, secret)
    },
    async delete(name) {
      secrets.delete(name)
    },
  }
}
