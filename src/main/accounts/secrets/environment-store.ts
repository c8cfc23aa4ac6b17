import { refuseEmptySecret, type SecretStore } from './port.ts'

/**
 * Secrets a person gives to a headless host by variables: `google-client-secret` is GOOGLE_CLIENT_SECRET, and
 * `google-refresh-token-123` is GOOGLE_REFRESH_TOKEN_123. Variables are read only, so what is set or deleted here lies over
 * them for this run.
 */
export function createEnvironmentStore(environment: NodeJS.ProcessEnv): SecretStore {
  const changed = new Map<string, string | null>()
  return {
    kind: 'environment',
    async get(name) {
      const secret = changed.get(name)
      return secret === undefined ? environment[variableOf(name)] || null : secret
    },
    async set(name, secret) {
      refuseEmptySecret(name, secret)
      changed.set(name, secret)
    },
    async delete(name) {
      changed.set(name, null)
    },
  }
}

export function holdsSecrets(environment: NodeJS.ProcessEnv): boolean {
  return Object.keys(environment).some(
    name => /^GOOGLE_(CLIENT_SECRET$|REFRESH_TOKEN_)/.test(name) && environment[name],
  )
}

const variableOf = (name: string) => name.toUpperCase().replaceAll('-', '_')
