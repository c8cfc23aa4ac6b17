import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'

/** Of a module's path: the folder of its package, the innermost one. */
const packageFolder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/

/** Writes `licences.txt` beside a bundle: whoever hands on the code of others hands on their terms as well. */
export function licences(): Plugin {
  let root = ''
  return {
    name: 'burg-ink:licences',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle(_options, bundle) {
      // Fonts are no modules.
      const parts = Object.values(bundle)
      const paths = parts.flatMap(part => (part.type === 'chunk' ? part.moduleIds : part.originalFileNames))
      const folders = new Set(paths.flatMap(path => packageFolder.exec(resolve(root, path))?.[0] ?? []))
      const source = [...folders].sort().map(termsOf).join('\n\n')
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source })
    },
  }
}

function termsOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const [path] = globSync('{LICENSE,LICENCE,License,license}*', { cwd: folder }).sort()
  const text = path ? readFileSync(join(folder, path), 'utf8').trim() : ''
  return [`=== ${name} ${version} (${license ?? 'see below'})`, text].join('\n')
}
