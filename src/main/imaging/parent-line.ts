import type { FromChild, WorkRequest } from './protocol.ts'

/** `process.parentPort` of Electron's utility processes, https://www.electronjs.org/docs/latest/api/parent-port */
interface ParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

/** What connects a decoding process with its parent, seen from the child. */
export interface ParentLine {
  send(message: FromChild): void
  listen(answer: (request: WorkRequest) => void): void
}

export function openParentLine(): ParentLine {
  const { parentPort } = process as { parentPort?: ParentPort }
  return parentPort ? lineOfUtility(parentPort) : lineOfNode()
}

/** Chromium ends its utility processes with the program that started them. */
function lineOfUtility(parentPort: ParentPort): ParentLine {
  return {
    send: message => parentPort.postMessage(message),
    listen: answer => parentPort.on('message', ({ data }) => answer(data as WorkRequest)),
  }
}

function lineOfNode(): ParentLine {
  // The parent is gone. An ordinary exit would wait for the threads that decode.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
  return {
    // The parent may be gone at any moment; then nobody needs the answer.
    send: message => void process.send?.(message, undefined, undefined, () => {}),
    listen: answer => void process.on('message', answer),
  }
}
