import { availableParallelism } from 'node:os'
import { type ChildEnd, type ChildHost, DecoderChild, defaultChildEntry } from './child-process.ts'
import { defaultLimits, defaultWear, type Limits, type Wear } from './limits.ts'
import { startNode } from './node-child.ts'
import type { DerivedPicture, Imaging, PreviewTargets } from './port.ts'
import { errorFromWire, type Work } from './protocol.ts'
import { refuse, refuseSlow } from './refusals.ts'
import type { StartChild } from './start-child.ts'
import { findFfmpeg } from './video/find-ffmpeg.ts'

export interface ImagingOptions {
  /** Threads that decode: one for each picture, or all for a picture that is alone. Default: the cores there are. */
  cores?: number
  limits?: Partial<Limits>
  wear?: Wear
  /** Milliseconds without work after which the child is ended; the next picture starts another. */
  idleMs?: number
  /** Where the child's program lies, when it is not beside this one: outside an archive that plain Node cannot read. */
  childEntry?: string
  /** How the child is started. Default: by the Node that runs this. */
  startChild?: StartChild
  /** The program that shows frames of videos, or none. Default: the one of this computer, looked for at each start of a child. */
  ffmpeg?: string | null
}

interface Job {
  id: number
  work: Work
  resolve(result: never): void
  reject(error: unknown): void
}

/** A child that dies this often before it is ready will not start the next time either. */
const startAttempts = 3

/** Imaging by sharp in a child process, so that a decoder that crashes or hangs takes down only the child. */
export function createImaging(options: ImagingOptions = {}): Imaging {
  return new ChildImaging(options)
}

class ChildImaging implements Imaging {
  readonly #host: ChildHost
  readonly #cores: number
  readonly #limits: Limits
  readonly #wear: Wear
  readonly #idleMs: number
  readonly #findFfmpeg: () => string | null
  readonly #queue: Job[] = []
  /** Pictures that were in a child when it died: each is tried again alone in a fresh child, which shows who was at fault. */
  readonly #suspects: Job[] = []
  readonly #inFlight = new Map<number, Job>()
  #child: DecoderChild | undefined
  #stopping: Promise<void> | undefined
  #isAlone = false
  #isClosed = false
  #nextId = 1
  #failedStarts = 0
  #idleTimer: NodeJS.Timeout | undefined

  constructor({
    cores = availableParallelism(),
    limits,
    wear = defaultWear,
    idleMs = 30_000,
    childEntry = defaultChildEntry(),
    startChild = startNode(),
    ffmpeg,
  }: ImagingOptions) {
    this.#host = { entry: childEntry, start: startChild }
    this.#cores = cores
    this.#limits = { ...defaultLimits, ...limits }
    this.#wear = wear
    this.#idleMs = idleMs
    this.#findFfmpeg = ffmpeg === undefined ? () => findFfmpeg() : () => ffmpeg
  }

  derive(originalPath: string, targets: PreviewTargets): Promise<DerivedPicture> {
    return this.#ask({ kind: 'derive', originalPath, targets })
  }

  reduce(path: string, { longSide }: { longSide: number }): Promise<Uint8Array> {
    return this.#ask({ kind: 'reduce', path, longSide })
  }

  canShowVideos(): boolean {
    return this.#findFfmpeg() !== null
  }

  /** What the child answers is what this kind of work gives. */
  #ask<T>(work: Work): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('Imaging is closed.'))
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ id: this.#nextId++, work, resolve, reject })
      this.#advance()
    })
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#idleTimer)
    const left = [...this.#inFlight.values(), ...this.#suspects, ...this.#queue]
    this.#inFlight.clear()
    this.#suspects.length = 0
    this.#queue.length = 0
    for (const job of left) job.reject(new Error('Imaging was closed.'))
    this.#stopChild()
    await this.#stopping
  }

  #advance(): void {
    if (this.#isClosed || this.#isAlone) return
    if (this.#suspects.length > 0) this.#tryNextAlone()
    else this.#fillChild()
  }

  /** One picture more than cores keeps them busy while another is measured and written: a tenth faster on two cores. */
  #fillChild(): void {
    if (this.#child?.isWorn(this.#wear)) {
      if (this.#inFlight.size > 0) return
      this.#stopChild()
    }
    while (this.#queue.length > 0 && this.#inFlight.size <= this.#cores) this.#send(this.#queue.shift() as Job)
    if (this.#inFlight.size === 0) this.#endWhenIdle()
  }

  #tryNextAlone(): void {
    if (this.#inFlight.size > 0) return
    if (this.#child?.isFresh === false) this.#stopChild()
    this.#isAlone = true
    this.#send(this.#suspects.shift() as Job)
  }

  #send(job: Job): void {
    clearTimeout(this.#idleTimer)
    this.#inFlight.set(job.id, job)
    this.#child ??= this.#startChild()
    this.#child.send({ id: job.id, work: job.work })
  }

  #startChild(): DecoderChild {
    return new DecoderChild(
      this.#host,
      { limits: this.#limits, cores: this.#cores, ffmpeg: this.#findFfmpeg() },
      {
        ready: () => {
          this.#failedStarts = 0
        },
        settled: message => {
          const job = this.#takeJob(message.id)
          if (message.kind === 'did') job?.resolve(message.result as never)
          else job?.reject(errorFromWire(message.error))
          this.#isAlone = false
          this.#advance()
        },
        ended: end => this.#childEnded(end),
      },
    )
  }

  #takeJob(id: number): Job | undefined {
    const job = this.#inFlight.get(id)
    this.#inFlight.delete(id)
    return job
  }

  #childEnded(end: ChildEnd): void {
    this.#child = undefined
    const jobs = [...this.#inFlight.values()]
    this.#inFlight.clear()
    if (end.how === 'never-started') this.#startAgain(jobs, end.cause)
    else if (this.#isAlone) for (const job of jobs) job.reject(this.#verdict(end))
    else this.#suspects.push(...jobs)
    this.#isAlone = false
    this.#advance()
  }

  #verdict(end: Exclude<ChildEnd, { how: 'never-started' }>): Error {
    if (end.how === 'died') return refuse('decoder-crashed', undefined, end.cause)
    if (end.how === 'too-slow') return refuseSlow(this.#limits.timeoutMs)
    const gibibytes = (end.rssBytes / 2 ** 30).toFixed(1)
    return refuse('too-much-memory', `Decoding needed ${gibibytes} GiB of memory and was stopped.`)
  }

  #startAgain(jobs: Job[], cause: Error): void {
    this.#failedStarts += 1
    if (this.#failedStarts < startAttempts) {
      if (this.#isAlone) this.#suspects.unshift(...jobs)
      else this.#queue.unshift(...jobs)
      return
    }
    this.#failedStarts = 0
    const error = new Error('The process that decodes pictures does not start.', { cause })
    for (const job of [...jobs, ...this.#suspects.splice(0), ...this.#queue.splice(0)]) job.reject(error)
  }

  #endWhenIdle(): void {
    clearTimeout(this.#idleTimer)
    this.#idleTimer = setTimeout(() => this.#stopChild(), this.#idleMs)
    this.#idleTimer.unref()
  }

  #stopChild(): void {
    const child = this.#child
    this.#child = undefined
    if (child) this.#stopping = Promise.all([this.#stopping, child.stop()]).then(() => {})
  }
}
