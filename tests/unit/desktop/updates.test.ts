import { chmod, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { programOf, updateWorld } from '../../support/update-world.ts'

// electron-updater itself, from a server on loopback, over an AppImage: those of Windows and macOS need their systems.
describe.runIf(process.platform === 'linux')('a newer version', () => {
  test('is downloaded in the background and takes the place of this one when the program ends', async () => {
    const { updates, server, kinds, end, installed, started, quits } = await updateWorld()
    server.publish('latest', '1.1.0')
    await updates.check()
    expect(kinds()).toEqual(['checking', 'downloading', 'ready'])
    expect(updates.state).toEqual({ kind: 'ready', version: '1.1.0' })
    expect(await installed()).toBe(programOf('1.0.0'))
    expect(quits()).toBe(0)
    end()
    expect(await installed()).toBe(programOf('1.1.0'))
    // Called to finish its installation, and not to open a window.
    expect(await started()).toBe('1.1.0true')
  })

  test('is started at once when a person asks for it, once the program has ended in its order', async () => {
    const { updates, server, end, installed, started, quits } = await updateWorld()
    server.publish('latest', '1.1.0')
    await updates.check()
    updates.install()
    await expect.poll(quits).toBe(1)
    expect(await installed()).toBe(programOf('1.0.0'))
    end()
    expect(await installed()).toBe(programOf('1.1.0'))
    await expect.poll(started).toBe('1.1.0')
  })

  test('that is not what was published is refused, and nothing of it stays', async () => {
    const { updates, server, reported, end, installed, started, kept, quits } = await updateWorld()
    server.publish('latest', '1.1.0', programOf('6.6.6'))
    await updates.check()
    expect(updates.state).toEqual({ kind: 'failed', message: expect.stringContaining('thrown away') })
    expect(reported).toHaveLength(1)
    expect(kept()).toEqual([])
    updates.install()
    end()
    expect(quits()).toBe(0)
    expect(await installed()).toBe(programOf('1.0.0'))
    expect(await started()).toBe('')
  })

  test('is not installed by a program that ended badly', async () => {
    const { updates, server, end, installed } = await updateWorld()
    server.publish('latest', '1.1.0')
    await updates.check()
    end(1)
    expect(await installed()).toBe(programOf('1.0.0'))
  })

  test('stays ready while nothing newer can be looked for, and gives way to a newer one', async () => {
    const { updates, server, states, end, installed } = await updateWorld()
    server.publish('latest', '1.1.0')
    await updates.check()
    const seen = states.length
    await updates.check()
    expect(states).toHaveLength(seen)
    server.publish('latest', '1.2.0')
    await updates.check()
    expect(updates.state).toEqual({ kind: 'ready', version: '1.2.0' })
    server.close()
    await updates.check()
    expect(updates.state).toEqual({ kind: 'ready', version: '1.2.0' })
    end()
    expect(await installed()).toBe(programOf('1.2.0'))
  })

  test.for(['1.0.0', '0.9.0'])('is none when the place has %s', async version => {
    const { updates, server, kinds } = await updateWorld()
    server.publish('latest', version)
    await updates.check()
    expect(kinds()).toEqual(['checking', 'idle'])
    expect(updates.state).toEqual({ kind: 'idle', checkedAt: expect.stringMatching(/^20/) })
  })

  test('of the beta channel is for those who chose it', async () => {
    const { updates, server } = await updateWorld()
    server.publish('latest', '1.0.0')
    server.publish('beta', '1.1.0-beta.1')
    await updates.check()
    expect(updates.state.kind).toBe('idle')
    updates.setChannel('beta')
    await updates.check()
    expect(updates.state).toEqual({ kind: 'ready', version: '1.1.0-beta.1' })
  })

  test('of a channel that was left is not installed', async () => {
    const { updates, server, end, installed } = await updateWorld({ channel: 'beta' })
    server.publish('latest', '1.0.0')
    server.publish('beta', '1.1.0-beta.1')
    await updates.check()
    expect(updates.state.kind).toBe('ready')
    updates.setChannel('latest')
    await updates.check()
    expect(updates.state.kind).toBe('idle')
    end()
    expect(await installed()).toBe(programOf('1.0.0'))
  })

  test('on its way when the channel was left is given up at once', async () => {
    const { updates, server, end, installed } = await updateWorld({ channel: 'beta' })
    server.publish('latest', '1.0.0')
    server.publish('beta', '1.1.0-beta.1')
    const letGo = server.hold('.AppImage')
    const first = updates.check()
    await expect.poll(() => server.asked.some(({ path }) => path.endsWith('.AppImage'))).toBe(true)
    updates.setChannel('latest')
    await first
    letGo()
    await updates.check()
    expect(updates.state.kind).toBe('idle')
    end()
    expect(await installed()).toBe(programOf('1.0.0'))
  })

  test.for(['1.1.0-beta.1', '1.0.0'])('(%s) of a channel that was left meanwhile is not spoken of', async version => {
    const { updates, server, states } = await updateWorld({ channel: 'beta' })
    server.publish('beta', version)
    const letGo = server.hold('.yml')
    const first = updates.check()
    await expect.poll(() => server.asked.length).toBe(1)
    updates.setChannel('off')
    const seen = states.length
    letGo()
    await first
    expect(states.slice(seen)).toEqual([])
    expect(updates.state.kind).toBe('off')
  })

  test('is looked for by itself: a while after the start, and every few hours', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { updates, server } = await updateWorld()
    server.publish('latest', '1.0.0')
    vi.advanceTimersByTime(10_000)
    expect(updates.state).toEqual({ kind: 'idle', checkedAt: null })
    vi.advanceTimersByTime(50_000)
    await vi.waitUntil(() => updates.state.kind === 'idle' && updates.state.checkedAt !== null)
    server.publish('latest', '1.1.0')
    vi.advanceTimersByTime(4 * 3_600_000)
    vi.useRealTimers()
    await expect.poll(() => updates.state).toEqual({ kind: 'ready', version: '1.1.0' })
  })

  test('is asked for without anything that tells this computer from others', async () => {
    const { updates, server } = await updateWorld()
    server.publish('latest', '1.1.0')
    await updates.check()
    expect(server.asked.length).toBeGreaterThan(1)
    for (const { headers } of server.asked) expect(headers['x-user-staging-id']).toBe('none')
  })

  test('that cannot be looked for is said in a sentence', async () => {
    const { updates, server } = await updateWorld()
    await updates.check()
    expect(updates.state).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('no versions of this kind'),
    })
    server.close()
    await updates.check()
    expect(updates.state).toMatchObject({ kind: 'failed', message: expect.stringContaining('could not be reached') })
    expect(JSON.stringify(updates.state)).not.toContain('127.0.0.1')
  })
})

describe.runIf(process.platform === 'linux')('nothing is loaded and nobody is asked', () => {
  async function expectOff(world: Awaited<ReturnType<typeof updateWorld>>, why: string) {
    const { updates, server, loads } = world
    server.publish('latest', '1.1.0')
    await updates.check()
    expect(updates.state).toEqual({ kind: 'off', why: expect.stringContaining(why) })
    expect(loads()).toBe(0)
    expect(server.asked).toEqual([])
  }

  test('when it is switched off, until it is switched on', async () => {
    const world = await updateWorld({ channel: 'off' })
    await expectOff(world, 'not looked for')
    world.updates.setChannel('latest')
    await world.updates.check()
    expect(world.updates.state).toEqual({ kind: 'ready', version: '1.1.0' })
  })

  test('by a program that runs from its sources', async () =>
    expectOff(await updateWorld({ isPackaged: false }), 'its sources'))

  test('where the package names no place', async () => {
    const world = await updateWorld()
    await rm(join(world.resourcesFolder, 'app-update.yml'))
    world.updates.setChannel('beta')
    await expectOff(world, 'without an address')
  })

  test('where the system installed the program', async () => {
    const world = await updateWorld()
    await writeFile(join(world.resourcesFolder, 'package-type'), 'deb')
    world.updates.setChannel('beta')
    await expectOff(world, 'package of the system')
  })

  test('where there is no AppImage to replace', async () => {
    const world = await updateWorld()
    delete process.env.APPIMAGE
    world.updates.setChannel('beta')
    await expectOff(world, 'not started as an AppImage')
  })

  test.skipIf(process.getuid?.() === 0)('where the AppImage cannot be replaced', async () => {
    const world = await updateWorld()
    await chmod(dirname(world.appImage), 0o500)
    world.updates.setChannel('beta')
    await expectOff(world, 'cannot be written to')
  })
})
