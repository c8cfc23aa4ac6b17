import { makeBridge } from './bridge.ts'
import { makeEmitter } from './emitter.ts'
import { pathOfSource } from './file-path.ts'
import { makePacking } from './packing.ts'
import { type PreloadSettings, runPreload } from './preload-world.ts'
import { makeWire } from './wire.ts'

/** What Electron gives a preload in a sandbox. */
export const preloadParameters = 'require, process, exports, module, Buffer, global, setImmediate, clearImmediate'

/** Frames in a page have neither, as in Electron. */
const inThePageItself = (source: string) => `if (window === window.top) {\n${source}\n}`

/** The two scripts that run before each page: one in its own world, one in the preload's. */
export function worldScripts(token: string, settings: PreloadSettings, preload: string) {
  const bridge = (side: string) => `(${makeBridge})(${JSON.stringify(token)}, '${side}', ${makePacking})`
  const parts = `{ bridge: ${bridge('isolated')}, wire: (${makeWire})(), makeEmitter: ${makeEmitter}, pathOf: ${pathOfSource} }`
  const program = `function (${preloadParameters}) {\n${preload}\n}`
  return {
    main: inThePageItself(bridge('main')),
    isolated: inThePageItself(`(${runPreload})(${parts}, ${JSON.stringify(settings)}, ${program})`),
  }
}
