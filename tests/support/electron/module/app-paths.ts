import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { host } from '../host.ts'

const chosen = new Map<string, string>()
const configFolder = () => process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')
const userDataFolder = () => getPath('userData')

/** In a person's home, by their English names. */
const homeFolders = ['desktop', 'documents', 'downloads', 'music', 'pictures', 'videos']

const usual: Record<string, () => string> = {
  home: homedir,
  temp: tmpdir,
  appData: configFolder,
  userData: () => host.switches.get('user-data-dir') ?? join(configFolder(), host.name),
  sessionData: userDataFolder,
  logs: () => join(userDataFolder(), 'logs'),
  crashDumps: () => join(userDataFolder(), 'Crashpad'),
  exe: () => process.argv[0] ?? process.execPath,
  ...Object.fromEntries(
    homeFolders.map(name => [name, () => join(homedir(), name[0]?.toUpperCase() + name.slice(1))] as const),
  ),
}

export function getPath(name: string): string {
  const path = chosen.get(name) ?? usual[name]?.()
  if (path === undefined) throw new Error(`Failed to get '${name}' path`)
  return path
}

export const setPath = (name: string, path: string): void => void chosen.set(name, path)
