import { setImmediate, setTimeout } from 'node:timers/promises'
import type { ForkOptions, UtilityProcess } from 'electron'
import type { StartChild } from '../imaging/index.ts'

/** `utilityProcess.fork` of Electron, https://www.electronjs.org/docs/latest/api/utility-process */
export type ForkUtility = (entry: string, args: string[], options: ForkOptions) => UtilityProcess

/** Nothing says that all of stderr was read; what a process wrote as it ended is there much sooner. */
const lastWordsMs = 100

/** A child that Electron starts: the only kind it can start of itself once it no longer runs as Node. */
export function startUtility(forkUtility: ForkUtility): StartChild {
  return ({ entry, args, env }, events) => {
    const stdio = ['ignore' as const, 'ignore' as const, 'pipe' as const]
    const child = forkUtility(entry, args, { serviceName: 'Burg Ink imaging', stdio, env, execArgv: [] })
    const { stderr } = child
    stderr?.setEncoding('utf8')
    stderr?.on('data', events.stderr)
    child.on('message', events.message)
    child.on('error', (type, location) => events.stderr(`${type} in ${location}\n`))
    child.once('exit', async code => {
      // Electron takes all listeners away after this event, and the last words of a crash may come later.
      await setImmediate()
      stderr?.on('data', events.stderr)
      await setTimeout(lastWordsMs)
      events.closed(`ended with code ${code}`)
    })
    return { send: message => child.postMessage(message), kill: () => kill(child) }
  }
}

/** Its own `kill` asks, gives a child that hangs two seconds more, and does nothing to one that is only being started. */
function kill(child: UtilityProcess): void {
  if (child.pid === undefined) return void child.once('spawn', () => kill(child))
  try {
    process.kill(child.pid, 'SIGKILL')
  } catch {
    // It has just ended by itself: `exit` is on its way.
  }
}
