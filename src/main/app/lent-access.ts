import type { Library } from '../library/index.ts'
import type { createDriveSource } from '../sources/index.ts'

interface Loan {
  /** Of the folder it opens; of another spelling of it before that is known. */
  root: string
  accessToken: string
}

/** Access tokens that came with a request and not from a sign-in: in memory, each for one request and its folder. */
export function createLentAccess(library: Library) {
  /** By request. */
  const loans = new Map<string, Loan>()

  return {
    /** @param refused one that Google does not accept any more: it is forgotten. */
    tokenFor(root: string, refused?: string): string | null {
      for (const [requestId, loan] of loans) {
        if (loan.root !== root) continue
        if (loan.accessToken !== refused) return loan.accessToken
        loans.delete(requestId)
      }
      return null
    },

    /**
     * Until the request takes it back, work on the folder goes by this token. Its account is noted, not connected.
     * @returns the root of the folder.
     * @throws {SourceUnavailable}
     */
    async lend(
      source: ReturnType<typeof createDriveSource>,
      requestId: string,
      accessToken: string,
      folderId: string,
    ): Promise<string> {
      const owner = await source.ownerOf(accessToken)
      const { id } = library.accounts.note({ provider: 'google', ...owner })
      const loan = { root: `${id}/${folderId}`, accessToken }
      loans.set(requestId, loan)
      loan.root = (await source.resolveRoot(loan.root)).root
      return loan.root
    },

    takeBack(requestId: string): void {
      loans.delete(requestId)
    },
  }
}
