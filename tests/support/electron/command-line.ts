import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { host } from './host.ts'

export interface CommandLine {
  /** Modules to be loaded before the program: Playwright has one. */
  preloaded: string[]
  /** A folder with a package.json, or a file. */
  entry: string | undefined
  asksForVersion: boolean
}

/** As Electron reads it: its own flags and Chromium's come before the program, what comes after is for the program. */
export function readCommandLine(words: readonly string[]): CommandLine {
  const line: CommandLine = { preloaded: [], entry: undefined, asksForVersion: false }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined && line.entry === undefined; word = rest.shift()) {
    if (word === '-r' || word === '--require') line.preloaded.push(rest.shift() ?? '')
    else if (word === '-v' || word === '--version') line.asksForVersion = true
    else if (!word.startsWith('--')) line.entry = word
  }
  for (const word of words) keepSwitch(word)
  return line
}

/** Chromium reads all of them, also those after the program. */
function keepSwitch(word: string): void {
  const [, name, value = ''] = /^--([^=]+)=?(.*)$/s.exec(word) ?? []
  if (name && !/^(inspect|remote-debugging|require$)/.test(name)) host.switches.set(name, value)
}

interface Manifest {
  main?: string
  name?: string
  productName?: string
  version?: string
}

/** Notes whose program it is. @returns its main module. */
export function findProgram(entry: string): string {
  const path = resolve(entry)
  if (!statSync(path).isDirectory()) {
    host.appPath = dirname(path)
    return path
  }
  const manifest: Manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  host.appPath = path
  host.name = manifest.productName ?? manifest.name ?? host.name
  host.version = manifest.version ?? host.version
  return join(path, manifest.main ?? 'index.js')
}
