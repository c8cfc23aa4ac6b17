// For `node --import`: whoever imports or requires `electron`, in the program or in a package of it, gets the harness's module.
import { registerHooks } from 'node:module'

const url = new URL('./module/electron.ts', import.meta.url).href
const names = new Set(['electron', 'electron/main', 'electron/common'])

registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
})
