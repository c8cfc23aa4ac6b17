import { fromWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import { notSupported } from '../strict.ts'
import type { Owner } from './owner.ts'

/** Windows that the page asks for while the program has a handler: Chromium gives the page null (see requests.ts). */
export function followOpenings(session: Session, owner: Owner): void {
  session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
    if (!owner.windowOpenHandler) return
    const answer = owner.windowOpenHandler({
      url: fromWeb(url),
      frameName: windowName === '_blank' ? '' : windowName,
      features: windowFeatures.join(),
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'default' },
    })
    if (answer?.action === 'allow') throw notSupported("setWindowOpenHandler(() => ({ action: 'allow' }))")
  })
}
