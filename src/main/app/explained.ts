import { CallFailed } from '../../shared/contract.ts'
import { AccountDisconnected, GoogleAuthFailed, SecretStoreFailed } from '../accounts/index.ts'
import { SourceUnavailable } from '../sources/index.ts'

/** What a disk, Google or the keychain would not do, as a failed call with what to do about it. */
export async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof SourceUnavailable) throw new CallFailed('folder-unavailable', cause.message, { cause })
    const isExpected = [AccountDisconnected, GoogleAuthFailed, SecretStoreFailed].some(kind => cause instanceof kind)
    if (isExpected) throw new CallFailed('account-unavailable', (cause as Error).message)
    throw cause
  }
}
