import { utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CallName, calls, replySchema } from '../../src/shared/contract.ts'
import { mediaGroups } from '../../src/shared/media.ts'
import { ratioOf } from '../../src/shared/shapes.ts'
import { badFiles, smallPicture, writeFiles } from '../support/drawn-folder.ts'
import { importFolder, type ServedApp, serveApp, token } from '../support/served-app.ts'

let served: ServedApp
let syncId: number
const pictureCount = 12

beforeAll(async () => {
  served = await serveApp()
  const pictures = join(served.folder, 'pictures')
  const files: Record<string, Buffer> = { 'z copy of 1.jpg': await smallPicture(1), 'notes.txt': Buffer.from('notes') }
  for (let i = 1; i <= pictureCount; i += 1) files[`series ${i % 3}/picture ${i}.jpg`] = await smallPicture(i)
  for (const [name, { bytes }] of Object.entries(await badFiles())) files[name] = bytes
  await writeFiles(pictures, files)
  for (let i = 1; i <= pictureCount; i += 1) {
    const day = new Date(2024, i - 1, 15, 12)
    await utimes(join(pictures, `series ${i % 3}/picture ${i}.jpg`), day, day)
  }
  ;({ id: syncId } = await importFolder(served, pictures))
})
afterAll(() => served?.close())

const listed = async (query: string) => {
  const answer = await served.get(`/api/media${query}`)
  return { status: answer.status, ...((await answer.json()) as Listed) }
}
interface Listed {
  media: Record<string, unknown>[]
  pagination: { limit: number; total: number; isTotalBounded: boolean; nextCursor: string | null; hasMore: boolean }
  error?: string
}
const namesOf = ({ media }: Listed) => media.map(row => row.filename as string)

describe('GET /api/media', () => {
  const columns = (
    'id user_id source source_id filename mime_type size width height spaces_key spaces_url thumbnail_url ' +
    'processing_status ai_analysis metadata tags description created_at updated_at processed_at'
  ).split(' ')

  test('answers rows with the given columns, and where the next page begins', async () => {
    const all = await listed('')
    expect(Object.keys(all).sort()).toEqual(['media', 'pagination', 'status'])
    expect(all.media).toHaveLength(pictureCount + 5)
    for (const row of all.media) expect(Object.keys(row)).toEqual(columns)
    expect(all.pagination).toEqual({ limit: 50, total: 17, isTotalBounded: false, nextCursor: null, hasMore: false })
    const done = all.media.find(row => row.processing_status === 'completed') as Record<string, string>
    expect(JSON.parse(done.ai_analysis as string)).toMatchObject({
      description: expect.any(String),
      tags: expect.any(Array),
    })
    expect(JSON.parse(done.tags as string)).toEqual(expect.arrayContaining([expect.any(String)]))
    expect((await served.get(done.thumbnail_url as string)).status).toBe(200)
  })

  test.each(['newest', 'oldest', 'taken-newest', 'taken-oldest', 'name', 'largest'])(
    'pages through everything once, in the order %s',
    async sort => {
      const whole = namesOf(await listed(`?sort=${sort}`))
      const paged: string[] = []
      let cursor: string | null = null
      do {
        const query: string = `?sort=${sort}&limit=4${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
        const page: Listed = await listed(query)
        expect(page.pagination).toMatchObject({ limit: 4, total: 17, hasMore: page.pagination.nextCursor !== null })
        paged.push(...namesOf(page))
        cursor = page.pagination.nextCursor
      } while (cursor !== null)
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(17)
    },
  )

  test.each([
    ['?status=failed', 5],
    ['?status=completed', pictureCount],
    ['?status=pending', 0],
    ['?source=folder', 17],
    ['?source=google_drive', 0],
    ['?date=2024', pictureCount],
    ['?date=2024-03', 1],
    ['?date=2024-03-15', 1],
    ['?date=2024-03-16', 0],
    ['?from=2024-03&to=2024-05', 3],
    ['?from=2024-11-15&to=2024', 2],
    ['?to=2024-01', 1],
    ['?from=2024-05&to=2024-03', 0],
    ['?text=picture%207', 1],
    ['?text=serie', pictureCount],
    ['?text=nowhere', 0],
    ['?tag=series', pictureCount],
    ['?tag=series&tag=nowhere', 0],
    ['?status=completed&text=picture&date=2024-07', 1],
  ])('%s finds %d', async (query, count) => {
    const found = await listed(query)
    expect(found.status).toBe(200)
    expect({ count: found.media.length, total: found.pagination.total }).toEqual({ count, total: count })
  })

  test('filters by a colour, and by several at once', async () => {
    const { colours } = await served.call('media.facets', { filter: {} })
    for (const { value, count } of colours) {
      expect((await listed(`?colour=${value}`)).media).toHaveLength(count)
    }
    const [one, two] = colours.map(({ value }) => value) as [string, string]
    const both = namesOf(await listed(`?colour=${one}&colour=${two}`))
    const ofOne = new Set(namesOf(await listed(`?colour=${one}`)))
    const ofTwo = new Set(namesOf(await listed(`?colour=${two}`)))
    expect(new Set(both)).toEqual(new Set([...ofOne].filter(name => ofTwo.has(name))))
  })

  test.each([
    ['?status=done', 'status'],
    ['?status=failed&status=completed', 'status'],
    ['?colour=octarine', 'colour'],
    ['?date=yesterday', 'date'],
    ['?date=2024-13', 'date'],
    ['?date=2024-02-30', 'date'],
    ['?date=24', 'date'],
    ['?from=2024-1-1', 'from'],
    ['?to=', 'to'],
    ['?sort=random', 'sort'],
    ['?limit=0', 'limit'],
    ['?limit=501', 'limit'],
    ['?limit=-1', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=1.5', 'limit'],
    ['?limit=', 'limit'],
    ['?limit=10&limit=20', 'limit'],
    [`?text=${'x'.repeat(501)}`, 'text'],
    [`?cursor=${'x'.repeat(1001)}`, 'cursor'],
    [`?tag=${'x'.repeat(201)}`, 'tag'],
    [`?${'tag=x&'.repeat(21)}`, 'tag'],
  ])('%s is refused with a sentence', async (query, field) => {
    const answer = await served.get(`/api/media${query}`)
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as Listed
    expect(error).toMatch(new RegExp(`^${field}.*: \\w+`))
  })

  test('a cursor of nobody’s making begins anew', async () => {
    const first = namesOf(await listed('?limit=3'))
    for (const cursor of ['x', 'W10', Buffer.from('["a",1e999]').toString('base64url'), '%00', 'null']) {
      expect(namesOf(await listed(`?limit=3&cursor=${cursor}`))).toEqual(first)
    }
  })
})

test('GET /api/media/:id answers one row, or that there is none', async () => {
  const [row] = (await listed('?limit=1')).media
  const found = await served.get(`/api/media/${row?.id}`)
  expect(await found.json()).toEqual({ media: row })
  const none = await served.get('/api/media/999999')
  expect(none.status).toBe(404)
  expect(await none.json()).toEqual({ error: 'There is no such media.' })
})

test('GET /api/inngest/status counts by status and names what was completed last', async () => {
  const status = (await (await served.get('/api/inngest/status')).json()) as {
    media: { stats: Record<string, number>; recentCompleted: Record<string, string>[] }
  }
  expect(status.media.stats).toEqual({ pending: 0, processing: 0, completed: pictureCount, failed: 5, total: 17 })
  const { recentCompleted } = status.media
  expect(recentCompleted).toHaveLength(10)
  expect(recentCompleted.every(row => row.processing_status === 'completed')).toBe(true)
  const times = recentCompleted.map(row => row.processed_at)
  expect(times).toEqual(times.toSorted().reverse())
})

describe('calls', () => {
  const filters = [
    {},
    { status: 'failed' },
    { text: 'picture' },
    { tags: ['series'] },
    { takenFrom: '2024-03' },
    { isMissing: true },
  ]

  test('every query answers what the contract says, on a real library', async () => {
    const { call } = served
    const overview = await call('library.overview', {})
    expect(overview).toMatchObject({ counts: { shown: 17, missing: 0 }, activeSyncs: [], hasSamples: false })
    for (const filter of filters as { text?: string }[]) {
      for (const sort of ['newest', 'taken-oldest', 'name', 'largest', 'relevance'] as const) {
        const index = await call('media.index', { filter, sort, pageSize: 10 })
        const seen: number[] = []
        for (const after of index.cursors) {
          const page = await call('media.page', { filter, sort, after, limit: 10 })
          seen.push(...page.items.map(item => item.id))
        }
        expect(new Set(seen).size).toBe(index.total)
      }
      await call('media.facets', { filter })
      for (const group of mediaGroups) {
        const view = { filter, sort: 'name' as const, group }
        const { total, cursors, sections, shapes } = await call('media.index', {
          ...view,
          pageSize: 10,
          hasShapes: true,
        })
        const pages = await Promise.all(cursors.map(after => call('media.page', { ...view, after, limit: 10 })))
        const items = pages.flatMap(page => page.items)
        expect(items).toHaveLength(total)
        expect(sections.reduce((sum, { count }) => sum + count, 0)).toBe(group === 'none' ? 0 : total)
        const bytes = Buffer.from(shapes ?? '', 'base64')
        for (const [i, { width, height }] of items.entries()) {
          expect(ratioOf(bytes[i] as number)).toBeCloseTo(width && height ? width / height : 1, 1)
        }
      }
    }
    const { sections } = await call('media.index', { filter: {}, sort: 'newest', group: 'folder', pageSize: 10 })
    expect(sections.map(({ name }) => name)).toContain('pictures / series 0')
    const { items } = await call('media.page', { filter: {}, sort: 'newest', after: null, limit: 500 })
    for (const { id } of items) expect((await call('media.get', { id })).id).toBe(id)
    expect((await call('tags.suggest', { prefix: 'SER', limit: 5 }))[0]).toMatchObject({ value: 'series' })
    expect((await call('sync.list', { limit: 10 })).map(sync => sync.id)).toEqual([syncId])
    const ledger = await call('sync.files', { syncId, after: 0, limit: 500 })
    expect(ledger.items).toHaveLength(19)
    for (const outcome of ['imported', 'duplicate', 'skipped', 'failed', 'pending'] as const) {
      const some = await call('sync.files', { syncId, outcome, after: 0, limit: 500 })
      expect(some.items).toEqual(ledger.items.filter(item => item.outcome === outcome))
    }
    const browsed = await call('folder.browse', { path: join(served.folder, 'pictures') })
    expect(browsed.folders.map(folder => folder.name)).toEqual(['bad', 'series 0', 'series 1', 'series 2'])
    await call('folder.browse', {})
    expect(await call('settings.get', {})).toMatchObject({ copyOriginals: false, googleClientId: '' })
  })

  test('every command answers what the contract says', async () => {
    const { call } = served
    expect(await call('settings.set', { copyOriginals: true })).toMatchObject({ copyOriginals: true })
    expect(await call('settings.set', { copyOriginals: false })).toMatchObject({ copyOriginals: false })
    // The import is over: nothing to pause, resume or cancel, and asking twice is no failure.
    for (const name of ['sync.pause', 'sync.resume', 'sync.cancel'] as const)
      expect(await call(name, { syncId })).toEqual({})
    const [failed] = (await call('sync.files', { syncId, outcome: 'failed', after: 0, limit: 1 })).items
    const { count } = await call('sync.retry', { syncId, fileId: failed?.fileId as number })
    expect(count).toBe(1)
    await expect.poll(async () => (await call('sync.list', { limit: 1 }))[0]?.state).toBe('completed')
    await call('media.retry', { id: failed?.mediaId as number })
    const [done] = (await call('media.page', { filter: { status: 'completed' }, sort: 'name', after: null, limit: 1 }))
      .items
    await expect(call('media.retry', { id: done?.id as number })).rejects.toThrow('conflict')
    await expect.poll(async () => (await call('sync.list', { limit: 1 }))[0]?.state).toBe('completed')
    expect(await call('sync.retry', { syncId: syncId, fileId: 999_999 })).toEqual({ count: 0 })
    const again = await call('folder.import', { path: join(served.folder, 'pictures') })
    await expect.poll(async () => (await call('sync.list', { limit: 1 }))[0]?.state).toBe('completed')
    expect(again.syncId).toBe(syncId + 1)
  })

  test.each<[CallName, unknown, string]>([
    ['media.get', { id: 999_999 }, 'not-found'],
    ['sync.files', { syncId: 999_999, after: 0, limit: 10 }, 'not-found'],
    ['sync.pause', { syncId: 999_999 }, 'not-found'],
    ['sync.resume', { syncId: 999_999 }, 'not-found'],
    ['sync.cancel', { syncId: 999_999 }, 'not-found'],
    ['sync.retry', { syncId: 999_999 }, 'not-found'],
    ['media.retry', { id: 999_999 }, 'conflict'],
    ['samples.import', {}, 'not-found'],
    ['folder.import', { path: '/no/such/folder' }, 'folder-unavailable'],
    ['folder.import', { path: 'with\0zero' }, 'folder-unavailable'],
    ['files.import', { paths: ['/no/such/file.png'] }, 'folder-unavailable'],
    ['files.import', { paths: ['with\0zero', 'relative.png', ' '] }, 'folder-unavailable'],
    ['folder.browse', { path: '/no/such/folder' }, 'folder-unavailable'],
    ['folder.browse', { path: 'with\0zero' }, 'folder-unavailable'],
  ])('%s of %j fails with the code %s and a sentence', async (name, input, code) => {
    const reply = replySchema.parse(await (await served.post(name, input)).json())
    expect(reply).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/^[A-Z].*\.$/) } })
  })

  test('an unknown call is not found, whatever its name', async () => {
    for (const name of ['no.such.call', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'media.get%00']) {
      const answer = await served.post(name, {})
      expect(answer.status).toBe(404)
      expect(replySchema.parse(await answer.json())).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    }
  })

  test.each(['', '{', 'null', '[]', '"text"', '7', '{"a":1}x', '\u0000', 'NaN'])('%j is no input', async body => {
    const answer = await fetch(`http://127.0.0.1:${served.server.port}/api/call/media.get`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    })
    expect(replySchema.parse(await answer.json())).toMatchObject({ ok: false, error: { code: 'bad-input' } })
  })

  test('a body above the limit is refused, told or untold how long it is', async () => {
    const long = JSON.stringify({ path: 'x'.repeat(2_000_000) })
    expect((await served.post('folder.import', { path: 'x'.repeat(2_000_000) })).status).toBe(413)
    for (const path of ['/api/call/folder.import', '/api/session']) {
      const answer = await fetch(`http://127.0.0.1:${served.server.port}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: new Blob([long]).stream(),
        duplex: 'half',
      } as RequestInit)
      expect(answer.status).toBe(413)
    }
  })
})

/** Wrong and odd values for every field of every call. What is valid must work, what is not must be named. */
describe('hostile input', () => {
  const odd: unknown[] = [
    null,
    true,
    0,
    -1,
    0.5,
    1,
    2 ** 31,
    2 ** 53,
    1e308,
    '',
    ' ',
    '0',
    '"',
    "'; DROP TABLE media; --",
    '* OR NEAR( ^ : - + { } "a',
    'a\u0000b',
    '\ud800',
    '\u202e',
    '👩‍🎨',
    '%',
    '_',
    '../../etc/passwd',
    'x'.repeat(300),
    'x'.repeat(5000),
    '0001',
    '9999-12-31',
    '2023-02-31',
    [],
    [''],
    [null],
    ['a\u0000b', '"'],
    Array.from({ length: 100 }, () => 'a'),
    {},
    { toString: 1 },
    JSON.parse('{"__proto__":{"a":1}}'),
  ]
  const onDisk = {
    keepsIn: 'disk',
    preset: 'custom',
    endpoint: 'http://127.0.0.1:9',
    region: '',
    bucket: 'bucket',
    prefix: '',
    cdnUrl: '',
    usesCdn: false,
    isPathStyle: true,
    isPublic: false,
    accessKeyId: 'x',
    localBudgetBytes: null,
  }
  const nowhere = { ...onDisk, keepsIn: 'cloud' }
  const builtIn = {
    analyser: 'builtin',
    baseUrl: '',
    model: '',
    detail: 'auto',
    language: 'English',
    promptId: null,
    vocabulary: { media: [], series: [], subjects: [] },
    isAutomatic: false,
    usesBatch: false,
    dayCapUsd: null,
    runCapUsd: null,
    embeddingModel: '',
    ownPrice: null,
  }
  const noServer = { ...builtIn, analyser: 'compatible', baseUrl: 'http://127.0.0.1:9/v1', model: 'm' }
  const work = {
    title: 'Pier',
    year: '2019–21',
    medium: 'Oil',
    support: null,
    dimensions: { heightMm: 300, widthMm: 400, depthMm: null, unit: 'cm' },
    edition: { copy: 3, size: 10, proofs: null },
    series: 'Sea',
    status: 'sold',
    price: { minor: 120_000, currency: 'EUR' },
    location: null,
    provenance: null,
    statement: null,
    inventoryNumber: null,
  }
  const valid: { [N in CallName]: Record<string, unknown> } = {
    'library.overview': {},
    'media.index': { filter: {}, sort: 'newest', pageSize: 100 },
    'media.page': { filter: {}, sort: 'newest', after: null, limit: 10 },
    'media.get': { id: 1 },
    'media.facets': { filter: {} },
    'tags.suggest': { prefix: 'a', limit: 10 },
    'values.suggest': { field: 'mood', prefix: 'a', limit: 10 },
    'sync.list': { limit: 10 },
    'sync.files': { syncId: 1, outcome: 'failed', after: 0, limit: 10 },
    'folder.browse': { path: '/' },
    'settings.get': {},
    'host.get': {},
    'host.set': { goesOnInBackground: true, startsAtLogin: false, updateChannel: 'off' },
    'host.theme': { theme: 'light' },
    'folder.choose': { startIn: '/' },
    'update.install': {},
    'work.state': {},
    'work.pause': {},
    'work.resume': {},
    'folder.import': { path: '/no/such/folder', copyOriginals: false },
    'files.import': { paths: ['/no/such/file.png'], copyOriginals: false },
    'accounts.list': {},
    'account.connect': {},
    'account.cancelConnect': {},
    'account.disconnect': { id: 999 },
    'account.setClient': { clientId: '', clientSecret: '' },
    'drive.browse': { accountId: 999, place: { kind: 'my-drive' } },
    'drive.import': { accountId: 999, folderId: 'root' },
    'folder.watch': { folderId: 999, isWatched: true },
    'folders.absent': {},
    'media.history': { id: 1 },
    'file.show': { mediaId: 999, fileId: 999 },
    'folder.show': { folderId: 999 },
    'folder.sync': { folderId: 999 },
    'samples.import': {},
    'sync.pause': { syncId: 999 },
    'sync.resume': { syncId: 999 },
    'sync.cancel': { syncId: 999 },
    'sync.retry': { syncId: 999, fileId: 1 },
    'media.retry': { id: 1 },
    'settings.set': { copyOriginals: false },
    'storage.overview': {},
    'storage.save': { settings: onDisk, secretAccessKey: '' },
    'storage.test': { settings: nowhere, secretAccessKey: 'x' },
    'storage.pause': {},
    'storage.resume': {},
    'storage.move': { direction: 'to-cloud' },
    'storage.pauseMove': {},
    'storage.resumeMove': {},
    'storage.cancelMove': {},
    'media.link': { id: 999, seconds: 60 },
    'analysis.overview': {},
    'analysis.models': { settings: noServer, apiKey: 'x', promptText: 'x' },
    'analysis.estimate': { chosen: { mediaIds: [999] }, model: 'm', promptId: null },
    'analysis.save': { settings: builtIn, apiKey: '' },
    'analysis.trial': { mediaIds: [999], settings: noServer, apiKey: 'x', promptText: 'x' },
    'analysis.run': { chosen: { mediaIds: [999] }, model: 'm', promptId: null, usesBatch: false, capUsd: 1 },
    'analysis.pause': { runId: 999 },
    'analysis.resume': { runId: 999 },
    'analysis.cancel': { runId: 999 },
    'analysis.retry': { runId: 999 },
    'analysis.failures': { runId: 999 },
    'suggestions.common': { mediaIds: [999] },
    'prompts.list': {},
    'prompt.save': { id: 999, name: 'a', text: 'b' },
    'prompt.remove': { id: 999 },
    'export.state': {},
    'export.start': { chosen: { mediaIds: [1] }, order: { format: 'json', to: '/no/such/folder' } },
    'export.cancel': {},
    'engine.get': {},
    'engine.choose': { name: 'embedded', inngestUrl: '', eventKey: '', signingKey: '' },
    'engine.forgetKeys': {},
    'engine.openDashboard': {},
    'runs.list': { functionId: 'import-file', state: 'failed', after: null, limit: 10 },
    'runs.get': { id: '01NONE' },
    'runs.counts': {},
    'runs.again': { id: '01NONE' },
    'runs.cancel': { id: '01NONE' },
    'sidecars.state': {},
    'sidecars.look': { chosen: { mediaIds: [999] } },
    'sidecars.take': { id: 999, conflicts: 'keep' },
    'sidecars.cancel': {},
    'media.similar': { id: 999, by: 'look', limit: 10 },
    'media.nearDuplicates': { after: 0, limit: 10 },
    'suggestions.decide': {
      mediaIds: [999],
      decision: 'confirm',
      suggestion: { field: 'tag', value: 'a' },
    },
    'words.set': { mediaIds: [999], field: 'mood', value: null },
    'tags.change': { mediaIds: [999], add: [], remove: [] },
    'collections.list': {},
    'views.list': {},
    'collections.create': { name: 'a', mediaIds: [999] },
    'collections.rename': { id: 999, name: 'a' },
    'collections.delete': { id: 999 },
    'collections.add': { id: 999, mediaIds: [999] },
    'collections.remove': { id: 999, mediaIds: [999] },
    'views.save': { name: 'a', filter: {}, sort: 'newest', group: 'none', layout: null },
    'views.rename': { id: 999, name: 'a' },
    'views.delete': { id: 999 },
    'marks.set': { mediaIds: [999], change: { flag: 'picked', rating: 3, label: 'red' } },
    'history.state': {},
    'history.undo': { commandId: 999 },
    'history.redo': {},
    'artworks.propose': { mediaIds: [999] },
    'artworks.get': { id: 999 },
    'artworks.list': { filter: {}, sort: 'title', after: null, limit: 10 },
    'artworks.counts': {},
    'artworks.ofMedia': { mediaId: 999 },
    'artworks.create': { fields: work, sources: {}, media: [{ id: 999, role: 'main' }] },
    'artworks.update': { id: 999, fields: work },
    'artworks.confirm': { id: 999, fields: ['title'] },
    'artworks.addMedia': { id: 999, mediaIds: [999] },
    'artworks.removeMedia': { id: 999, mediaIds: [999] },
    'artworks.setRole': { id: 999, mediaId: 999, role: 'main' },
    'artworks.reorder': { id: 999, mediaIds: [999] },
    'artworks.delete': { id: 999 },
    'series.list': {},
    'series.rename': { id: 999, name: 'Sea' },
    'table.state': {},
    'table.rows': { previewId: 999, kind: 'new', offset: 0, limit: 10 },
    'table.begin': { name: 'works.csv', sizeBytes: 10 },
    'table.append': { id: 999, base64: 'YQ==' },
    'table.read': { id: 999, encoding: 'utf-8', delimiter: ',', subject: 'works' },
    'table.preview': { id: 999, subject: 'works', targets: ['title'], clearsEmpty: false },
    'table.import': { previewId: 999 },
    'table.cancel': {},
    'table.close': {},
    'series.merge': { id: 999, intoId: 998 },
    'series.remove': { id: 999 },
    'series.reorder': { id: 999, artworkIds: [999] },
    'artworks.beside': { id: 999, filter: {}, sort: 'newest' },
    'artworks.listCopies': { id: 999 },
    'artworks.addCopy': { id: 999, kind: 'copy', number: null },
    'artworks.changeCopy': { id: 999, copy: { kind: 'proof', number: 1 }, fields: { status: 'sold' } },
    'artworks.removeCopies': { id: 999, copies: [{ kind: 'copy', number: 1 }] },
  }
  const filterFields = ['status', 'source', 'folderId', 'tags', 'colours', 'takenFrom', 'takenTo', 'text', 'isMissing']

  function* variants(name: CallName): Generator<unknown> {
    for (const value of odd) yield value
    for (const field of Object.keys(valid[name])) {
      const { [field]: _left, ...rest } = valid[name]
      yield rest
      // What such a path would import is outside of the library of this test.
      for (const value of odd) if (name !== 'folder.import' || field !== 'path') yield { ...rest, [field]: value }
      if (field !== 'filter') continue
      for (const part of filterFields) {
        for (const value of odd) yield { ...rest, filter: { [part]: value } }
        for (const value of odd) yield { ...rest, filter: { takenFrom: '2024', text: 'picture', [part]: value } }
      }
    }
    yield { ...valid[name], unknown: 1 }
  }

  test.each(Object.keys(calls) as CallName[])('%s never answers with an error of the program', async name => {
    for (const input of variants(name)) {
      const answer = await served.post(name, input)
      const reply = replySchema.parse(await answer.json())
      const isValid = calls[name].input.safeParse(input).success
      const code = reply.ok ? 'ok' : reply.error.code
      expect({ input, code, status: answer.status }).not.toMatchObject({ code: 'internal' })
      expect({ input, status: answer.status }).toEqual({ input, status: 200 })
      expect({ input, isRefused: code === 'bad-input' }).toEqual({ input, isRefused: !isValid })
      if (reply.ok) calls[name].output.parse(reply.value)
    }
    expect(served.reported.splice(0)).toEqual([])
  })

  test('the same in the address of GET /api/media', async () => {
    for (const field of [
      'status',
      'source',
      'tag',
      'colour',
      'date',
      'from',
      'to',
      'text',
      'sort',
      'cursor',
      'limit',
    ]) {
      for (const value of odd.filter(each => typeof each === 'string')) {
        const answer = await served.get(`/api/media?${field}=${encodeURIComponent(value.toWellFormed())}&sort=name`)
        expect({ field, value, isFine: [200, 400].includes(answer.status) }).toEqual({ field, value, isFine: true })
      }
    }
    expect(served.reported.splice(0)).toEqual([])
  })
})
