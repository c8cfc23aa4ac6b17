import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { vi } from 'vitest'
import { loadKeytar } from '../../src/main/accounts/index.ts'

const run = promisify(execFile)

export interface SecretService {
  /** Ends it and starts it anew on the same keyring. Locked, it has nobody who could unlock it. */
  restart(how?: { isLocked: boolean }): Promise<void>
  stop(): Promise<void>
}

/** A sentence where the tests cannot have a Secret Service of their own. */
export async function whyNoSecretService(): Promise<string | null> {
  if (process.platform !== 'linux') return 'Only Linux has a Secret Service.'
  for (const program of ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']) {
    const isThere = await run(program, ['--version']).then(
      () => true,
      // dbus-send knows no --version, and says so.
      cause => cause.code !== 'ENOENT',
    )
    if (!isThere) return `${program} is not installed: apt-get install gnome-keyring dbus`
  }
  return loadKeytar().then(
    () => null,
    cause => `keytar cannot be loaded (${cause.message.split('\n')[0]}): npm rebuild keytar --ignore-scripts=false`,
  )
}

/** GNOME's keyring on a bus and in folders of its own; this process and its children find it, and nothing else does. */
export async function startSecretService(): Promise<SecretService> {
  const folder = await mkdtemp(join(tmpdir(), 'burg-ink-keyring-'))
  const address = `unix:path=${join(folder, 'bus')}`
  const config = join(folder, 'bus.conf')
  // No service folders: nothing else is started on this bus, and no prompt for a password.
  await writeFile(
    config,
    `<busconfig><type>session</type><listen>${address}</listen><policy context="default">
      <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  )
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    DBUS_SESSION_BUS_ADDRESS: address,
  }
  const bus = spawn('dbus-daemon', ['--nofork', '--print-address', `--config-file=${config}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(bus.stdout, 'data')
  process.env.DBUS_SESSION_BUS_ADDRESS = address
  let keyring = await startKeyring(environment, { isLocked: false })

  return {
    async restart(how = { isLocked: false }) {
      await end(keyring)
      keyring = await startKeyring(environment, how)
    },
    async stop() {
      await end(keyring)
      await end(bus)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Whether it has its name on the bus shows that it can be asked. */
async function startKeyring(env: NodeJS.ProcessEnv, { isLocked }: { isLocked: boolean }): Promise<ChildProcess> {
  const unlocking = isLocked ? [] : ['--unlock']
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--components=secrets', ...unlocking], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // The password of the keyring.
  keyring.stdin?.end('painting\n')
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
  ]
  const isOnBus = async () => {
    const { stdout } = await run('dbus-send', [...question, 'string:org.freedesktop.secrets'], { env })
    return stdout.includes('boolean true')
  }
  await vi.waitUntil(isOnBus, { timeout: 30_000, interval: 20 })
  return keyring
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return
  const ended = once(program, 'exit')
  program.kill()
  await ended
}

/** What a new process of Burg Ink has of one name, and where. */
export async function readInNewProcess(name: string, env: NodeJS.ProcessEnv = process.env) {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'secrets-child.ts'), name], { env })
  return JSON.parse(stdout) as { kind: string; notice: string | null; secret: string | null }
}
