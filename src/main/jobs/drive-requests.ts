import { randomUUID } from 'node:crypto'
import { googleImagesRequested } from './events.ts'
import type { Outbox } from './outbox.ts'
import { accessPurpose, type Sealing } from './sealing.ts'

/** The data of `google.images.process`; `accessToken` sealed. */
export type DriveRequest = Parameters<typeof googleImagesRequested.create>[0]

export type DriveRequests = ReturnType<typeof createDriveRequests>

/**
 * Requests to bring in a folder of Google Drive, by whoever may have brought a token for it. A token must not be in the library, so
 * that they are kept in memory until they have ended: an engine that does not know of them is sent them again.
 */
export function createDriveRequests(outbox: Outbox, sealing: Sealing) {
  const open = new Map<string, { request: DriveRequest; isSent: boolean }>()
  /** Engines so far: each is to take what another one was sent. */
  let term = 0

  async function send(request: DriveRequest, requestId: string): Promise<string> {
    const [id] = await outbox.send(googleImagesRequested.create(request, { id: `drive-${requestId}-${term}` }))
    return id as string
  }

  async function keep(request: DriveRequest): Promise<string> {
    const requestId = randomUUID()
    const kept = { request: { ...request, requestId }, isSent: false }
    open.set(requestId, kept)
    try {
      const eventId = await send(kept.request, requestId)
      kept.isSent = true
      return eventId
    } catch (cause) {
      open.delete(requestId)
      throw cause
    }
  }

  return {
    /**
     * `folderId` is Google's.
     * @param accessToken opens the folder where no account is connected that does. It serves this one request, is sealed before it
     *   leaves this process, and ends with it.
     * @returns the id of the event, at once.
     */
    ask(userId: number, folderId: string, accessToken?: string): Promise<string> {
      const access = accessToken && { accessToken: sealing.seal(accessToken, accessPurpose(userId, folderId)) }
      return keep({ userId, folderId, ...access })
    },

    /** The same once more. */
    async askAgain(request: DriveRequest): Promise<void> {
      await keep(request)
    },

    ended(requestId: string): void {
      open.delete(requestId)
    },

    /** The engine goes: the next one is to take up what this one had. */
    letGo(): void {
      term += 1
    },

    /** To an engine that may not know of them. What has not left yet is on its way to it. */
    async sendUnfinished(): Promise<void> {
      for (const [requestId, { request, isSent }] of open) if (isSent) await send(request, requestId)
    },
  }
}
