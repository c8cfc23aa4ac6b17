// Runs electron's own install script, named on the command line, and shows how far it is: by itself it is silent for half a
// minute, and waits five where nothing comes.
import { pathToFileURL } from 'node:url'
import { progressLines, watchDownloads } from './download-progress.ts'

const stalledMs = 20_000

const [installScript] = process.argv.slice(2)
if (!installScript) throw new Error('Which install script?')
globalThis.fetch = watchDownloads(fetch, progressLines(process.stdout), stalledMs)
await import(pathToFileURL(installScript).href)
