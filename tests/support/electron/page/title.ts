import type { Session } from '../chromium/pipe.ts'
import type { Frames } from './frames.ts'

const bindingName = '__electron_harness_title'
const worldName = 'Electron Harness Title'

/** Chromium tells nobody of a title that changes: a script in a world of its own does. Titles stand in the head of a page. */
const source = `if (window === window.top) {
  const post = globalThis.${bindingName}
  let told = ''
  const tell = () => {
    if (document.title !== told) post(told = document.title)
  }
  addEventListener('DOMContentLoaded', () => {
    tell()
    new MutationObserver(tell).observe(document.head, { subtree: true, childList: true, characterData: true })
  })
}`

export function followTitle(session: Session, frames: Frames, titled: (title: string) => void): Promise<unknown> {
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === bindingName && frames.main.url !== 'about:blank') titled(payload)
  })
  return Promise.all([
    session.send('Runtime.addBinding', { name: bindingName, executionContextName: worldName }),
    session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName }),
  ])
}
