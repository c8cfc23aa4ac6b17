import { readFile, realpath } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { decoderPids } from '../support/decoders.ts'
import { launchDesktop } from '../support/electron-app.ts'
import { drawSomePictures } from '../support/some-pictures.ts'
import { makeTempFolder } from '../support/temp-folder.ts'

// Only Linux has this trouble, and only Linux shows what a process has loaded.
test.runIf(process.platform === 'linux')(
  'the GLib of Electron and that of sharp never meet in one process',
  async () => {
    // The stand-in is given the library that Electron's executable is linked with.
    const desktop = await launchDesktop({ env: { HARNESS_GLIB: '1' } })
    onTestFinished(() => desktop[Symbol.asyncDispose]())
    const { app, page } = desktop
    const path = await drawSomePictures(await makeTempFolder('pictures'), 3)
    await page.evaluate(folder => window.burgInk?.call('folder.import', { path: folder }), path)
    await page.getByText('Imported 3 pictures').waitFor()

    const program = app.process().pid as number
    const [decoder] = decoderPids(program) as [number]
    const librariesOf = (pid: number) => readFile(`/proc/${pid}/maps`, 'latin1')
    expect(await librariesOf(program)).toMatch(/libgobject/)
    expect(await librariesOf(program)).not.toMatch(/libvips/)
    expect(await librariesOf(decoder)).toMatch(/libvips/)
    expect(await librariesOf(decoder)).not.toMatch(/libgobject/)
    expect(await realpath(`/proc/${decoder}/exe`)).toMatch(/node_modules\/node-linux-\w+\/bin\/node$/)
    expect(desktop.output()).not.toMatch(/GLib|Error/)
  },
)
