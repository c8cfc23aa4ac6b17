import type { AppUpdater } from 'electron-updater'
import type { UpdateChannel, UpdateState } from '../../shared/host.ts'
import { sentenceOfFailure } from './update-failures.ts'
import { whyUpdatesAreOff } from './update-reasons.ts'

/** macOS installs by itself at the end of the program; the others are told to. */
export type Updater = AppUpdater & { install?(isSilent: boolean, isForceRunAfter: boolean): boolean }

export interface UpdatesParts {
  channel: UpdateChannel
  isPackaged: boolean
  /** Where the package keeps the address of newer versions. */
  resourcesFolder: string
  /** Hears every change. */
  say(state: UpdateState): void
  /** Hears what went wrong in full. */
  report(error: unknown): void
  /** Ends the program in its own order. */
  quit(): void
  /** The handler runs as the last thing before the process is gone. */
  onQuit(handler: (exitCode: number) => void): void
  loadUpdater?: () => Promise<Updater>
}

export interface Updates {
  readonly state: UpdateState
  setChannel(channel: UpdateChannel): void
  /** Looks for a newer version and downloads it. Never fails: `state` says how it went. */
  check(): Promise<void>
  /** Ends the program and starts the newer one, where one is ready. */
  install(): void
  close(): void
}

/** The start belongs to the person: the network can wait. */
const firstCheckMs = 60_000
const betweenChecksMs = 4 * 3_600_000

/**
 * Newer versions of the program: looked for now and then, downloaded in the background, installed when the program ends
 * or when a person asks. Nothing is loaded and nobody is asked where that cannot be.
 */
export function createUpdates({ say, report, quit, onQuit, loadUpdater = loadOurs, ...parts }: UpdatesParts): Updates {
  let channel = parts.channel
  let state: UpdateState = stateAtRest()
  let updater: Promise<Updater> | undefined
  let wantsRestart = false
  /** Which channel the round under way looks at: what it says is of no interest once another was chosen. */
  let asked: UpdateChannel = 'off'
  let cancelDownload: (() => void) | undefined
  let round: Promise<void> = Promise.resolve()

  function stateAtRest(): UpdateState {
    const why = whyUpdatesAreOff({ ...parts, channel })
    return why === null ? { kind: 'idle', checkedAt: null } : { kind: 'off', why }
  }

  function become(next: UpdateState): void {
    state = next
    say(next)
  }

  /** What is ready stays so while a newer one is looked for, and also if none can be. */
  function becomeUnlessReady(next: UpdateState): void {
    if (asked === channel && state.kind !== 'ready') become(next)
  }

  async function prepare(): Promise<Updater> {
    const loaded = await loadUpdater()
    loaded.logger = null
    loaded.autoInstallOnAppQuit = loaded.install === undefined
    loaded.disableWebInstaller = true
    // It would send a lasting number of this computer; no server of ours needs one.
    loaded.requestHeaders = { 'x-user-staging-id': 'none' }
    listen(loaded)
    if (loaded.install) onQuit(exitCode => installAtTheEnd(loaded, exitCode))
    return loaded
  }

  function listen(loaded: Updater): void {
    let version = ''
    loaded.on('checking-for-update', () => becomeUnlessReady({ kind: 'checking' }))
    loaded.on('update-not-available', () => becomeUnlessReady({ kind: 'idle', checkedAt: new Date().toISOString() }))
    loaded.on('update-available', found => {
      version = found.version
      const isReady = state.kind === 'ready' && state.version === version
      if (asked === channel && !isReady) become({ kind: 'downloading', version, share: 0 })
    })
    loaded.on('download-progress', ({ percent }) =>
      becomeUnlessReady({ kind: 'downloading', version, share: percent / 100 }),
    )
    loaded.on('update-downloaded', found => becomeUnlessReady({ kind: 'ready', version: found.version }))
    loaded.on('error', error => {
      report(error)
      becomeUnlessReady({ kind: 'failed', message: sentenceOfFailure(error) })
    })
  }

  function installAtTheEnd(loaded: Updater, exitCode: number): void {
    // A program that ended badly is not replaced by one that nobody has seen start.
    if (exitCode === 0 && state.kind === 'ready') loaded.install?.(true, wantsRestart)
  }

  /** Undefined where it could not be loaded, which is tried again. */
  function load(): Promise<Updater | undefined> {
    updater ??= prepare()
    return updater.catch(error => {
      updater = undefined
      report(error)
      becomeUnlessReady({ kind: 'failed', message: sentenceOfFailure(error) })
      return undefined
    })
  }

  async function look(): Promise<void> {
    asked = channel
    const loaded = state.kind === 'off' ? undefined : await load()
    if (!loaded) return
    loaded.channel = asked
    // Setting a channel allows it.
    loaded.allowDowngrade = false
    // What fails is told by the event as well.
    await download(loaded).catch(() => {})
    cancelDownload = undefined
  }

  async function download(loaded: Updater): Promise<void> {
    const found = await loaded.checkForUpdates()
    cancelDownload = () => found?.cancellationToken?.cancel()
    if (asked !== channel) cancelDownload()
    await found?.downloadPromise
  }

  function check(): Promise<void> {
    round = round.then(look)
    return round
  }

  const isOn = () => state.kind !== 'off'
  const first = setTimeout(() => isOn() && check(), firstCheckMs).unref()
  const later = setInterval(() => isOn() && check(), betweenChecksMs).unref()

  return {
    get state() {
      return state
    },
    setChannel(next) {
      if (next === channel) return
      channel = next
      cancelDownload?.()
      become(stateAtRest())
      if (isOn()) void check()
    },
    check,
    install() {
      if (state.kind !== 'ready') return
      wantsRestart = true
      updater?.then(loaded => (loaded.install ? quit() : loaded.quitAndInstall())).catch(report)
    },
    close() {
      clearTimeout(first)
      clearInterval(later)
    },
  }
}

/** Only here, and only when it is first needed. It is CommonJS, and makes its updater when it is asked for the name. */
async function loadOurs(): Promise<Updater> {
  const { default: electronUpdater } = await import('electron-updater')
  return electronUpdater.autoUpdater
}
