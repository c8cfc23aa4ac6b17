import { fromWeb } from '../chromium/addresses.ts'
import type { Session } from '../chromium/pipe.ts'
import { strict } from '../strict.ts'

interface FrameState {
  id: string
  name: string
  url: string
  parent: FrameState | null
  children: FrameState[]
  isDetached: boolean
  /** What the program is given of it. */
  shown: Electron.WebFrameMain
}

let lastNumber = 0

/** Electron writes it without a slash; opaque ones are `null`. */
function originOf(url: string): string {
  if (!URL.canParse(url)) return 'null'
  const { protocol, host } = new URL(url)
  return host || protocol === 'file:' ? `${protocol}//${host}` : 'null'
}

const subtree = (frame: FrameState): FrameState[] => [frame, ...frame.children.flatMap(subtree)]
const topOf = (frame: FrameState): FrameState => (frame.parent ? topOf(frame.parent) : frame)

function show(frame: FrameState): Electron.WebFrameMain {
  lastNumber += 1
  const number = lastNumber
  return strict('WebFrameMain', {
    get url() {
      return frame.url
    },
    get origin() {
      return originOf(frame.url)
    },
    get name() {
      return frame.name
    },
    get parent() {
      return frame.parent?.shown ?? null
    },
    get top() {
      return topOf(frame).shown
    },
    get frames() {
      return frame.children.map(({ shown }) => shown)
    },
    get framesInSubtree() {
      return subtree(frame).map(({ shown }) => shown)
    },
    get detached() {
      return frame.isDetached
    },
    isDestroyed: () => frame.isDetached,
    frameTreeNodeId: number,
    routingId: number,
    processId: 1,
  } satisfies Partial<Electron.WebFrameMain>) as Electron.WebFrameMain
}

function makeFrame(id: string, parent: FrameState | null): FrameState {
  const frame = { id, parent, name: '', url: '', children: [], isDetached: false } as Omit<
    FrameState,
    'shown'
  > as FrameState
  frame.shown = show(frame)
  parent?.children.push(frame)
  return frame
}

/** The page's own frame and those in it. */
export class Frames {
  readonly main: FrameState
  readonly #byId = new Map<string, FrameState>()

  constructor(mainFrameId: string) {
    this.main = makeFrame(mainFrameId, null)
    this.#byId.set(mainFrameId, this.main)
  }

  follow(session: Session): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.#byId.get(parentFrameId)
      if (parent) this.#byId.set(frameId, makeFrame(frameId, parent))
    })
    session.on('Page.frameNavigated', ({ frame: { id, url, urlFragment = '', name = '' } }) => {
      const frame = this.#byId.get(id)
      if (frame) Object.assign(frame, { url: fromWeb(url) + urlFragment, name })
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.#byId.get(frameId)
      if (frame) frame.url = fromWeb(url)
    })
    session.on('Page.frameDetached', ({ frameId, reason }) => reason === 'remove' && this.#remove(frameId))
  }

  isMain = (frameId: string): boolean => frameId === this.main.id

  /** One that is not known any more is nobody. */
  shown = (frameId: string): Electron.WebFrameMain | null => this.#byId.get(frameId)?.shown ?? null

  #remove(frameId: string): void {
    const frame = this.#byId.get(frameId)
    if (!frame) return
    for (const each of subtree(frame)) {
      each.isDetached = true
      this.#byId.delete(each.id)
    }
    if (frame.parent) frame.parent.children = frame.parent.children.filter(each => each !== frame)
  }
}
