/**
 * Where keys and tokens are kept: never in the library, never in a log. Names are lower case words joined by `-`, such as
 * `google-client-secret`. One adapter a place.
 */
export interface SecretStore {
  /**
   * 'keychain' and 'desktop' (Electron's safeStorage) survive the program; 'environment' was read from variables, which
   * are never written; what is set in it and in 'memory' ends with this run.
   */
  readonly kind: 'keychain' | 'desktop' | 'environment' | 'memory'
  /** Null when there is none of that name. @throws {SecretStoreFailed} */
  get(name: string): Promise<string | null>
  /** In place of what was there. An empty secret is refused: not every keychain can hold one. @throws {SecretStoreFailed} */
  set(name: string, secret: string): Promise<void>
  /** What is not there is deleted already. @throws {SecretStoreFailed} */
  delete(name: string): Promise<void>
}

/** The place itself does not work. `message` is for a person; no error ever holds a secret. */
export class SecretStoreFailed extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SecretStoreFailed'
  }
}

export function refuseEmptySecret(name: string, secret: string): void {
  if (secret === '') throw new SecretStoreFailed(`The secret ${name} is empty.`)
}
