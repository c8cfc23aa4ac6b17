import { afterEach, expect, it, vi } from 'vitest'
import { queryClient, transport } from '../../../src/renderer/src/lib/api.ts'
import { CallFailed } from '../../../src/renderer/src/lib/contract.ts'
import { notice } from '../../../src/renderer/src/lib/notice.ts'
import { watchFolder } from '../../../src/renderer/src/lib/sync-folder.ts'

const key = ['library.overview', {}]
const watched = (): boolean[] | undefined =>
  queryClient.getQueryData<{ folders: { isWatched: boolean }[] }>(key)?.folders.map(({ isWatched }) => isWatched)

afterEach(() => {
  vi.restoreAllMocks()
  queryClient.clear()
})

it('a folder is shown as watched at once, no other with it, and as it was where that fails', async () => {
  const sea = { id: 1, name: 'Sea', isWatched: false }
  queryClient.setQueryData(key, { folders: [sea, { id: 2, name: 'Land', isWatched: false }] })
  const call = vi.spyOn(transport, 'call').mockResolvedValueOnce({} as never)
  watchFolder(sea, true)
  expect(watched()).toEqual([true, false])
  await expect.poll(notice.get).toBe('Sea is looked into every quarter of an hour.')
  expect(call.mock.calls).toEqual([['folder.watch', { folderId: 1, isWatched: true }]])

  call.mockRejectedValueOnce(new CallFailed('not-found', 'There is no such folder.'))
  watchFolder(sea, false)
  expect(watched()).toEqual([false, false])
  await expect.poll(notice.get).toBe('There is no such folder.')
  expect(watched()).toEqual([true, false])
})
