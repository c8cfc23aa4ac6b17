import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { Notice } from './notices.ts'
import { type Standing, unknownStanding } from './standing.ts'
import { type TrayActions, trayTemplate, workLines } from './tray-template.ts'

export interface ProgramTray {
  /** Puts it there, or takes it away. */
  setShown(isShown: boolean): void
  update(standing: Standing, troubles: readonly Notice[]): void
}

/** The program's place among those that run in the background. */
export function createTray(iconsFolder: string, actions: TrayActions): ProgramTray {
  let tray: Tray | null = null
  let now: { standing: Standing; troubles: readonly Notice[] } = { standing: unknownStanding, troubles: [] }
  let shownText = ''

  function draw(): void {
    if (!tray) return
    const template = trayTemplate(now.standing, now.troubles, actions)
    // A menu that is open closes when it is made anew.
    const text = JSON.stringify(template)
    if (text === shownText) return
    shownText = text
    tray.setContextMenu(Menu.buildFromTemplate(template))
    tray.setToolTip(['Burg Ink', ...workLines(now.standing)].join('\n'))
  }

  function put(): Tray {
    const made = new Tray(trayImage(iconsFolder))
    // On macOS a click opens the menu.
    if (process.platform !== 'darwin') made.on('click', () => actions.open())
    shownText = ''
    return made
  }

  return {
    setShown(isShown) {
      if (isShown && !tray) tray = put()
      if (!isShown) tray?.destroy()
      if (!isShown) tray = null
      draw()
    },
    update(standing, troubles) {
      now = { standing, troubles }
      draw()
    },
  }
}

/** macOS colours it as its menu bar asks for. A missing file makes an empty image. */
function trayImage(iconsFolder: string) {
  if (process.platform !== 'darwin') return nativeImage.createFromPath(join(iconsFolder, 'tray.png'))
  const image = nativeImage.createFromPath(join(iconsFolder, 'trayTemplate.png'))
  image.setTemplateImage(true)
  return image
}
