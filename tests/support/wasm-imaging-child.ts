/** The real child of imaging on the WebAssembly build of sharp, in a process or a worker thread: what was not chosen. */
import { registerHooks } from 'node:module'
import { parentPort } from 'node:worker_threads'

registerHooks({
  resolve(specifier, context, next) {
    // sharp takes the WebAssembly build where it does not find a native one.
    if (/^@img\/sharp-(linux|darwin|win32)/.test(specifier)) {
      throw Object.assign(new Error(`${specifier} is not looked for`), { code: 'MODULE_NOT_FOUND' })
    }
    return next(specifier, context)
  },
})

if (parentPort) {
  const port = parentPort
  const listen = (_: 'message', listener: (event: { data: unknown }) => void) =>
    port.on('message', data => listener({ data }))
  Object.assign(process, { parentPort: { on: listen, postMessage: (message: unknown) => port.postMessage(message) } })
}
await import('../../src/main/imaging/child.ts')
