import { app, Menu } from 'electron'
import { type MenuActions, menuIds, menuTemplate } from './menu-template.ts'
import type { Standing } from './standing.ts'

export interface ProgramMenu {
  show(work: Standing['work']): void
}

/** Made once: what changes in it is switched on and off. */
export function setMenu(actions: MenuActions, canChooseLibrary: boolean, iconPath: string): ProgramMenu {
  const { platform } = process
  const parts = { platform, isPackaged: app.isPackaged, canChooseLibrary, actions }
  const menu = Menu.buildFromTemplate(menuTemplate(parts))
  Menu.setApplicationMenu(menu)
  app.setAboutPanelOptions({
    applicationName: app.getName(),
    applicationVersion: app.getVersion(),
    copyright: 'MIT licence',
    iconPath,
  })
  const enable = (id: string, isEnabled: boolean) => {
    const item = menu.getMenuItemById(id)
    if (item) item.enabled = isEnabled
  }
  return {
    show({ isUnderWay, isPaused }) {
      enable(menuIds.pauseWork, isUnderWay)
      enable(menuIds.resumeWork, isPaused)
    },
  }
}
