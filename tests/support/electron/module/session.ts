import { KnownEvents } from '../events.ts'
import { strict } from '../strict.ts'
import { watchDownloads } from './downloads.ts'
import { shownPermissions } from './permissions.ts'
import { fetchAny, protocol } from './protocol.ts'
import { shownWebRequest } from './web-request.ts'

const events = new KnownEvents('session', ['will-download'])
watchDownloads((event, item, contents) => events.emit('will-download', event, item, contents))

/** The one that pages are in. */
export const defaultSession = strict(
  'session',
  Object.assign(events, {
    ...shownPermissions,
    protocol,
    webRequest: shownWebRequest,
    fetch: fetchAny,
    setSpellCheckerEnabled() {},
    isPersistent: () => true,
  }),
)

const partitions = new Map<string, object>()

/** Others are for requests of the program itself: no page can be in one. */
function fromPartition(name: string): object {
  const known =
    partitions.get(name) ?? strict('session', { fetch: fetchAny, isPersistent: () => name.startsWith('persist:') })
  partitions.set(name, known)
  return known
}

export const session = strict('session', { defaultSession, fromPartition })
