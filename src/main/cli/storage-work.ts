import { CallFailed } from '../../shared/contract.ts'
import type { Move, StorageOverview } from '../../shared/storage.ts'
import type { App } from '../app.ts'
import { clearLine, complain, createHeadlessApp, type ProgramFiles, printable, stopRequested } from './program.ts'
import type { StoreOptions } from './storage.ts'
import { amountText, type Work, workLine } from './storage-progress.ts'

/** `burg-ink storage send`. @returns the exit code: 0 when every original is in the store or has a reason why not. */
export function storageSendCommand(options: StoreOptions, files: ProgramFiles): Promise<number> {
  return follow(options, files, {
    async start(app) {
      const { sending } = await app.handlers['storage.overview']({})
      if (sending.state === 'off') throw new CallFailed('bad-input', keptOnDisk)
      await app.handlers['storage.resume']({})
    },
    workOf: ({ sending, cloud }) => ({
      ...sending,
      done: cloud,
      total: { count: cloud.count + sending.left.count, bytes: cloud.bytes + sending.left.bytes },
    }),
    isOver: ({ sending }) => sending.state === 'idle' || sending.state === 'paused' || sending.state === 'off',
    async stop() {
      console.error('Stopped. Nothing is lost: the same command goes on where this one stopped.')
    },
    end({ sending, cloud }) {
      if (sending.state === 'idle') return `${amountText(cloud)} in the cloud.`
      throw new CallFailed('store-unavailable', sending.message ?? 'Sending was paused.')
    },
  })
}

const keptOnDisk =
  'Originals are kept on this computer only. "burg-ink storage set --help" says how to keep them in the cloud as well.'

type Direction = Move['direction']

/** `burg-ink storage move`. @returns the exit code: 0 when every original is where it should be or has a reason why not. */
export function storageMoveCommand(
  direction: Direction | 'stop',
  options: StoreOptions,
  files: ProgramFiles,
): Promise<number> {
  return direction === 'stop' ? stopMove(options, files) : move(direction, options, files)
}

const isUnderWay = (move: Move | null): move is Move =>
  move !== null && move.state !== 'completed' && move.state !== 'cancelled'

function move(direction: Direction, options: StoreOptions, files: ProgramFiles): Promise<number> {
  return follow(options, files, {
    async start(app) {
      const { move: last } = await app.handlers['storage.overview']({})
      if (!isUnderWay(last)) await app.handlers['storage.move']({ direction })
      else if (last.direction === direction) await app.handlers['storage.resumeMove']({})
      else throw new CallFailed('conflict', otherWay(last.direction))
    },
    workOf: ({ move: now }) => now && { ...now, bytesPerSecond: null },
    isOver: ({ move: now }) => !isUnderWay(now) || now.state === 'paused',
    async stop(app) {
      await app.handlers['storage.pauseMove']({})
      console.error(
        `Paused. "burg-ink storage move ${direction}" goes on where this one stopped; "burg-ink storage move stop" ends it, and what was moved stays where it is.`,
      )
    },
    end({ move: now, disk, cloud }) {
      if (now?.state !== 'completed') {
        throw new CallFailed(
          'store-unavailable',
          now?.message ?? 'The move was stopped. What was moved stays where it is.',
        )
      }
      if (now.message) console.error(printable(now.message))
      return direction === 'to-cloud' ? `${amountText(cloud)} in the cloud.` : `${amountText(disk)} on this computer.`
    },
  })
}

const otherWay = (direction: Direction): string =>
  `Another move is under way. "burg-ink storage move ${direction}" goes on with it, "burg-ink storage move stop" ends it.`

async function stopMove({ library }: StoreOptions, files: ProgramFiles): Promise<number> {
  const app = await createHeadlessApp(library, files)
  try {
    const { move: last } = await app.handlers['storage.overview']({})
    if (!isUnderWay(last)) throw new CallFailed('not-found', 'No move is under way.')
    await app.handlers['storage.pauseMove']({})
    await app.start()
    await app.handlers['storage.cancelMove']({})
    console.log('Stopped. What was moved stays where it is.')
    return 0
  } finally {
    await app.stop()
  }
}

interface Following {
  start(app: App): Promise<void>
  /** Null before there is something to show. */
  workOf(overview: StorageOverview): Work | null
  isOver(overview: StorageOverview): boolean
  /** Somebody pressed Ctrl-C. */
  stop(app: App): Promise<void>
  /** @returns what was reached, in a sentence. @throws when it was not. */
  end(overview: StorageOverview): string
}

/** Sets work going, shows how far it is, and says how it ended. @returns the exit code. */
async function follow(options: StoreOptions, files: ProgramFiles, following: Following): Promise<number> {
  const stopped = stopRequested()
  const app = await createHeadlessApp(options.library, files)
  try {
    await app.start()
    await following.start(app)
    const ended = await Promise.race([waitForEnd(app, following), stopped])
    clearLine()
    if (typeof ended === 'string') {
      await following.stop(app)
      return 130
    }
    const sentence = following.end(ended)
    const { faults, disk, cloud, cloudOnly } = ended
    if (options.json) console.log(JSON.stringify({ disk, cloud, cloudOnly, faults }))
    else {
      for (const { filename, message } of faults.items) console.log(`failed  ${printable(filename)}: ${message}`)
      console.log(sentence)
    }
    return 0
  } finally {
    await app.stop()
  }
}

/** Resolves when it is done, or stands still and does not go on by itself. */
function waitForEnd(app: App, { isOver, workOf }: Following): Promise<StorageOverview> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const overview = await app.handlers['storage.overview']({})
      showProgress(workOf(overview))
      if (!isOver(overview)) return
      unsubscribe()
      resolve(overview)
    }
    const unsubscribe = app.subscribe(event => {
      if (event.name === 'storage.changed') look().catch(reject)
    })
    // It may have ended before anybody listened.
    look().catch(reject)
  })
}

let toldOf: string | null = null

/** Where nobody watches the line, only why it waits is said, once for each reason. */
function showProgress(work: Work | null): void {
  if (!work) return
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${workLine(work, process.stderr.columns)}`)
  else if (work.message !== null && work.message !== toldOf) complain(work.message)
  toldOf = work.message
}
