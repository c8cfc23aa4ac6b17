// `npm run dev -- [ARGS]`: the program while it is written. A saved part of the page is changed in place; a saved part of the
// main process starts it anew. In the desktop window where Electron is installed, else as a page in the browser;
// `--browser` has the page in any case.
import { findElectron, hasDisplay } from './electron.ts'
import { root } from './steps.ts'

const asked = process.argv.slice(2)
const args = asked.filter(arg => arg !== '--browser')
const electron = args.length === asked.length && hasDisplay() ? findElectron() : undefined

// electron-vite's settings name paths from here.
process.chdir(root)
if (electron) {
  const { developWindow } = await import('./dev-window.ts')
  await developWindow(electron, args)
} else {
  const { developPage } = await import('./dev-page.ts')
  await developPage(args)
}
