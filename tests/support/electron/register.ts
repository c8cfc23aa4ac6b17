// node --import: makes `electron` (import and require, in the app and in node_modules) the harness module.
import { registerHooks } from 'node:module'

const url = new URL('./electron.ts', import.meta.url).href
const names = new Set(['electron', 'electron/main', 'electron/common'])
registerHooks({
  resolve: (specifier, context, next) =>
    names.has(specifier) ? { url, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
})
