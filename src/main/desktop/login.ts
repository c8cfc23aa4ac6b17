import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { app } from 'electron'
import { CallFailed } from '../../shared/contract.ts'
import { autostartEntry, isEntryOn } from './autostart-entry.ts'
import { backgroundFlag } from './intents.ts'

/** Whether the program is started when the person logs in, as the system knows it. */
export interface StartAtLogin {
  isOn(): boolean
  /** @throws {CallFailed} with what to do. */
  set(isOn: boolean): void
}

export function createStartAtLogin(): StartAtLogin {
  if (process.platform === 'linux') return byAutostartFile()
  return process.platform === 'darwin' ? byLoginItem() : byRunKey()
}

const cannot = (message: string, cause?: unknown) => new CallFailed('not-allowed', message, { cause })

/** What is started: not packaged, Electron with the program's folder. */
const ownCommand = (): string[] => [
  // An AppImage runs from a place that is gone when it ends.
  process.env.APPIMAGE ?? process.execPath,
  ...(app.isPackaged ? [] : [app.getAppPath()]),
  backgroundFlag,
]

function byAutostartFile(): StartAtLogin {
  const configFolder = process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
  const path = join(configFolder, 'autostart/burg-ink.desktop')
  return {
    isOn() {
      try {
        return isEntryOn(readFileSync(path, 'utf8'))
      } catch {
        return false
      }
    },
    set(isOn) {
      try {
        if (!isOn) return rmSync(path, { force: true })
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, autostartEntry(app.getName(), ownCommand()))
      } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException
        throw cannot(`${path} could not be changed (${code ?? cause}). Check its permissions, then try again.`, cause)
      }
    },
  }
}

/** macOS knows the program by its bundle, and tells it when it was started at login. */
function byLoginItem(): StartAtLogin {
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin,
    set(isOn) {
      if (!app.isPackaged) throw cannot('Only an installed copy of Burg Ink can be started at login.')
      app.setLoginItemSettings({ openAtLogin: isOn })
      const { openAtLogin, status } = app.getLoginItemSettings()
      if (openAtLogin === isOn) return
      throw cannot(
        status === 'requires-approval'
          ? 'macOS asks you to allow it first: System Settings, General, Login Items.'
          : 'macOS did not change its login items. Change them in System Settings, General, Login Items.',
      )
    },
  }
}

function byRunKey(): StartAtLogin {
  const [path = process.execPath, ...words] = ownCommand()
  const command = { path, args: words.map(word => (word.includes(' ') ? `"${word}"` : word)) }
  return {
    isOn() {
      // Switched off in the Task Manager, the entry is there and is not followed.
      const { openAtLogin, executableWillLaunchAtLogin } = app.getLoginItemSettings(command)
      return openAtLogin && executableWillLaunchAtLogin
    },
    set(isOn) {
      app.setLoginItemSettings({ openAtLogin: isOn, ...command })
      if (this.isOn() !== isOn) {
        throw cannot('Windows did not change what starts at login. Change it in the Task Manager, under Startup apps.')
      }
    },
  }
}
