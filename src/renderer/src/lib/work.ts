import { queryClient, transport, useCall } from './api.ts'
import type { CommandName, Output } from './contract.ts'
import { tell, tellFailure } from './notice.ts'

type Work = Output<'work.state'>

export const useWork = (): Work | undefined => useCall('work.state', {}).data

/** Nothing runs because somebody said so. */
export const isAllPaused = (work: Work | undefined): boolean => work?.isPaused === true && !work.isUnderWay

async function act(name: Extract<CommandName, `work.${string}`>): Promise<boolean> {
  try {
    await transport.call(name, {})
    return true
  } catch (error) {
    tellFailure(error)
    return false
  } finally {
    void queryClient.invalidateQueries({ queryKey: ['work.state'] })
  }
}

export const resumeWork = (): void => void act('work.resume')

export async function pauseWork(): Promise<void> {
  if (await act('work.pause')) tell('All work is paused, also when Burg Ink is started again.')
}

/** Ends the program; what is under way goes on in the newer one. */
export const installUpdate = (): void => void transport.call('update.install', {}).catch(tellFailure)
