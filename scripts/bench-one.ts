// One benchmark, for scripts/bench.ts: calls the function that the module exports and sends its rows to the parent.
import { pathToFileURL } from 'node:url'

const [path] = process.argv.slice(2)
if (!path) throw new Error('Which benchmark?')
const functions = Object.values(await import(pathToFileURL(path).href)).filter(value => typeof value === 'function')
if (functions.length !== 1) throw new Error(`${path} must export one function and exports ${functions.length}.`)
const rows = await functions[0]?.()
if (!Array.isArray(rows)) throw new Error(`${path} must return rows: { name, value, unit, target, isMet }[].`)
process.send?.(rows, () => process.exit())
