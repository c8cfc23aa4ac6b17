import { queryClient, transport, useCall } from './api.ts'
import type { Output } from './contract.ts'
import { tell, tellFailure } from './notice.ts'

type Work = Output<'work.state'>

export const useWork = (): Work | undefined => useCall('work.state', {}).data

/** Nothing runs because somebody said so. */
export const isAllPaused = (work: Work | undefined): boolean => work?.isPaused === true && !work.isUnderWay

async function act<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call()
  } catch (error) {
    tellFailure(error)
    return null
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['work.state'] })
  }
}

export const resumeWork = (): void => void act(() => transport.call('work.resume', {}))

export async function pauseWork(): Promise<void> {
  const done = await act(() => transport.call('work.pause', {}))
  if (done) tell(done.isPaused ? 'All work is paused, also when Burg Ink is started again.' : 'Nothing is under way.')
}

/** Ends the program; what is under way goes on in the newer one. */
export const installUpdate = (): void => void transport.call('update.install', {}).catch(tellFailure)
