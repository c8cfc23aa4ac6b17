import { fork } from 'node:child_process'
import type { StartChild } from './start-child.ts'

/** A child of plain Node: the one that runs this program, or another one by its path. */
export function startNode(execPath = process.execPath): StartChild {
  return ({ entry, args, env }, events) => {
    const child = fork(entry, args, {
      execPath,
      execArgv: [],
      env,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    child.stderr?.setEncoding('utf8').on('data', events.stderr)
    child.on('message', events.message)
    // One that cannot be started has no other end than this.
    child.once('error', cause => events.closed(`could not be started: ${cause.message}`))
    // `close` comes after the last of stderr, which may say why.
    child.once('close', (code, signal) => events.closed(`ended with ${signal ?? `code ${code}`}`))
    return {
      // Without a callback, a child that is gone would be an error nobody listens to.
      send: message => void child.send(message as object, () => {}),
      kill: () => void child.kill('SIGKILL'),
    }
  }
}
