import { expect, test } from 'vitest'
import { boundsToOpenWith } from '../../../src/main/desktop/window-bounds.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const desk = { x: 1440, y: 0, width: 2560, height: 1440 }
const saved = { x: 1600, y: 100, width: 1800, height: 1200, isMaximized: false, isFullScreen: false }

test('a window opens where it was', () => {
  expect(boundsToOpenWith(saved, [laptop, desk])).toEqual({ x: 1600, y: 100, width: 1800, height: 1200 })
})

test('the first one has the usual size, in the place the system gives it', () => {
  expect(boundsToOpenWith(null, [laptop])).toEqual({ width: 1280, height: 840 })
})

test('a window whose screen is gone comes to the one that is there, no larger than it', () => {
  expect(boundsToOpenWith(saved, [laptop])).toEqual({ width: 1440, height: 875 })
})

test('a window whose upper edge nobody could take hold of is moved', () => {
  for (const out of [{ y: -200 }, { x: -1750 }, { y: 1420 }]) {
    expect(boundsToOpenWith({ ...saved, ...out }, [desk])).not.toHaveProperty('x')
  }
})

test('a window that hangs over an edge stays where its person put it', () => {
  expect(boundsToOpenWith({ ...saved, x: 3700 }, [laptop, desk])).toMatchObject({ x: 3700, y: 100 })
})

test('a screen that has become smaller makes the window smaller', () => {
  const smaller = { ...desk, width: 1600, height: 900 }
  expect(boundsToOpenWith(saved, [smaller])).toEqual({ x: 1600, y: 100, width: 1600, height: 900 })
})
