import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** One change to what is built. */
export interface Break {
  /** Below `out`. */
  file: RegExp
  from: RegExp
  to: string
}

/**
 * A copy of the built program with something taken out of it, to see that the tests would notice.
 * @throws when there was nothing to break: then this proves nothing.
 */
export async function breakBuild(breaks: readonly Break[]): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-broken-'))
  // Tests beside this one keep builds of their own in `out`, which come and go.
  for (const part of ['main', 'preload', 'renderer', 'icons']) {
    await cp(join(root, 'out', part), join(folder, 'out', part), { recursive: true })
  }
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  for (const linked of ['node_modules', 'resources']) await symlink(join(root, linked), join(folder, linked))
  const names = await readdir(join(folder, 'out'), { recursive: true })
  for (const one of breaks) {
    const changed = await Promise.all(names.filter(name => one.file.test(name)).map(name => apply(folder, name, one)))
    if (!changed.includes(true)) throw new Error(`Nothing in ${one.file} matches ${one.from}.`)
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function apply(folder: string, name: string, { from, to }: Break): Promise<boolean> {
  const path = join(folder, 'out', name)
  const text = await readFile(path, 'utf8')
  if (!from.test(text)) return false
  await writeFile(path, text.replace(from, to))
  return true
}
