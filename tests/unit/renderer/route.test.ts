import { describe, expect, it } from 'vitest'
import { formatRoute, homeRoute, parseRoute, type Route } from '../../../src/renderer/src/lib/route.ts'

const everything: Route = {
  screen: 'library',
  filter: {
    status: 'failed',
    source: 'folder',
    folderId: 3,
    tags: ['night & rain', 'blå'],
    colours: ['red', 'navy'],
    takenFrom: '2023',
    takenTo: '2024-05',
    text: 'a=b?c#d/e “f”',
    isMissing: true,
    collectionId: 5,
  },
  sort: 'relevance',
  group: 'none',
  openId: 12,
  compared: [12, 7, 30],
  syncId: null,
  runs: null,
  outcome: null,
  importPath: null,
  artworks: null,
  drive: null,
  settingsPart: null,
  describe: 'runs',
}

describe('the address', () => {
  it('says everything that is shown, and is read back to the same', () => {
    expect(parseRoute(formatRoute(everything))).toEqual(everything)
    expect(parseRoute(formatRoute(homeRoute))).toEqual(homeRoute)
  })

  it('names the import and the outcome of the activity', () => {
    const route: Route = { ...homeRoute, screen: 'activity', syncId: 7, outcome: 'failed' }
    expect(formatRoute(route)).toBe('#/activity/7?outcome=failed')
    expect(parseRoute('#/activity/7?outcome=failed')).toEqual(route)
  })

  it('names the settings that have a page of their own', () => {
    const route: Route = { ...homeRoute, screen: 'settings', settingsPart: 'storage' }
    expect(formatRoute(route)).toBe('#/settings/storage')
    expect(parseRoute('#/settings/storage')).toEqual(route)
    expect(parseRoute('#/settings/elsewhere')).toEqual({ ...homeRoute, screen: 'settings' })
  })

  it('names the folder that an import begins with', () => {
    const route: Route = { ...homeRoute, screen: 'import', importPath: 'C:\\Ink & Co\\2024?#1%' }
    expect(parseRoute(formatRoute(route))).toEqual(route)
    expect(formatRoute({ ...route, screen: 'activity' })).toBe('#/activity')
    expect(parseRoute('#/library?path=/tmp').importPath).toBeNull()
  })

  it('names the part of the descriptions', () => {
    const route: Route = { ...homeRoute, screen: 'describe', describe: 'prompts' }
    expect(formatRoute(route)).toBe('#/describe/prompts')
    expect(parseRoute('#/describe/prompts')).toEqual(route)
    expect(parseRoute('#/describe/nowhere')).toEqual({ ...route, describe: 'runs' })
  })

  it('names pictures side by side, two to four of them and the open one among them, or none', () => {
    const route: Route = { ...homeRoute, screen: 'duplicates', openId: 2, compared: [1, 2] }
    expect(formatRoute(route)).toBe('#/duplicates?open=2&compare=1.2')
    expect(parseRoute('#/duplicates?open=2&compare=1.2')).toEqual(route)
    for (const compared of ['2', '1.3', '1.2.x', '1.2.3.4.5', '2.2', '']) {
      expect(parseRoute(`#/library?open=2&compare=${compared}`).compared).toEqual([])
    }
    expect(formatRoute({ ...homeRoute, compared: [1, 2] })).toBe('#/library')
  })

  it('leaves out what is as usual', () => {
    expect(formatRoute(homeRoute)).toBe('#/library')
  })

  it('shows the library where it is empty, unknown or a token', () => {
    for (const hash of ['', '#', '#/', '#/nowhere', '#token=abc']) expect(parseRoute(hash)).toEqual(homeRoute)
  })

  it('shows everything where a filter is nonsense', () => {
    expect(parseRoute('#/library?colour=ultraviolet').filter).toEqual({})
    expect(parseRoute('#/library?from=yesterday').filter).toEqual({})
    expect(parseRoute('#/library?folder=-1&open=x&sort=backwards')).toEqual(homeRoute)
  })

  it('groups a list by anything but its best matches', () => {
    const grouped: Route = { ...homeRoute, sort: 'name', group: 'folder' }
    expect(formatRoute(grouped)).toBe('#/library?sort=name&group=folder')
    expect(parseRoute(formatRoute(grouped))).toEqual(grouped)
    expect(parseRoute('#/library?group=weekday').group).toBe('none')
    expect(parseRoute('#/library?sort=relevance&q=boat&group=day').group).toBe('none')
  })

  it('sorts by the best match only where there are words to match', () => {
    expect(parseRoute('#/library?sort=relevance').sort).toBe('newest')
    expect(parseRoute('#/library?sort=relevance&q=boat').sort).toBe('relevance')
  })
})
