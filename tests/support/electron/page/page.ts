import type { Target } from '../chromium/targets.ts'
import { makeEvent } from '../events.ts'
import { chromium, host } from '../host.ts'
import { followConsole } from './console.ts'
import { tellFilePaths } from './file-paths.ts'
import { Frames } from './frames.ts'
import { Navigation } from './navigation.ts'
import { followOpenings } from './openings.ts'
import type { Owner } from './owner.ts'
import { Preload } from './preload.ts'
import { Requests } from './requests.ts'
import { followTitle } from './title.ts'
import { Zoom } from './zoom.ts'

interface Plan {
  target: Target
  owner: Owner
  preferences: Electron.WebPreferences
  size: { width: number; height: number }
}

/** A page in Chromium with all that Electron adds to it. */
export class Page {
  readonly target: Target
  readonly frames: Frames
  readonly navigation: Navigation
  readonly preload: Preload
  readonly zoom: Zoom
  isCrashed = false
  readonly #owner: Owner

  constructor({ target, owner, preferences, size }: Plan) {
    const { session, id } = target
    this.target = target
    this.#owner = owner
    this.frames = new Frames(id)
    this.navigation = new Navigation(session, this.frames, owner)
    this.preload = new Preload({ session, frames: this.frames, owner }, preferences)
    this.zoom = new Zoom(session, size, preferences.zoomFactor ?? 1)
  }

  /** The page has waited until now. */
  async equip(): Promise<void> {
    const { session } = this.target
    const { frames, navigation } = this
    this.frames.follow(session)
    this.navigation.follow()
    followOpenings(session, this.#owner)
    this.#followCrashes()
    const requests = new Requests({ session, frames, navigation, owner: this.#owner })
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      session.send('Inspector.enable'),
      this.preload.install(),
      requests.follow(),
      tellFilePaths(session),
      followConsole(session, frames, this.#owner),
      followTitle(session, frames, title => this.#owner.titled(title)),
      this.#tellUserAgent(),
      session.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      session.send('Runtime.runIfWaitingForDebugger'),
    ])
  }

  reload(): void {
    this.navigation.reload(this.isCrashed)
    this.isCrashed = false
  }

  /** In the page's own world. Waits for a page that is being loaded, as Electron does. */
  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    if (this.navigation.isLoading) await new Promise(resolve => this.#owner.once('did-stop-loading', resolve))
    const how = { awaitPromise: true, returnByValue: true, userGesture }
    const { result, exceptionDetails } = await this.target.session.send('Runtime.evaluate', { expression, ...how })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  crash(): void {
    this.target.session.send('Page.crash').catch(() => {})
  }

  #followCrashes(): void {
    this.target.session.on('Inspector.targetCrashed', () => {
      this.isCrashed = true
      this.#owner.emit('render-process-gone', makeEvent({}), { reason: 'crashed', exitCode: 133 })
    })
  }

  async #tellUserAgent(): Promise<unknown> {
    const { userAgent } = await chromium().browser.send('Browser.getVersion')
    const own = `${host.name}/${host.version} Chrome`
    const words = userAgent.replace('HeadlessChrome', 'Chrome').replace('Chrome', own)
    const asElectron = words.replace('Safari', `Electron/${process.versions.electron} Safari`)
    return this.target.session.send('Emulation.setUserAgentOverride', { userAgent: asElectron })
  }
}
