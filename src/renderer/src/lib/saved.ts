import { useState } from 'react'
import { queryClient, useCall, useCommand } from './api.ts'
import type { Input, Output, ProgramPreferences, Settings } from './contract.ts'
import { rememberHost } from './host.ts'

/** What is kept, as it was chosen last, and the way to choose otherwise. */
interface Saved<T, Changes> {
  shown: T
  save: (changes: Changes) => void
  error: Error | null
}

/** The settings of the library; undefined until they are known. */
export function useSettings(): Saved<Settings | undefined, Input<'settings.set'>> {
  const { data } = useCall('settings.get', {})
  const { chosen, ...saving } = useSaving('settings.set', saved =>
    queryClient.setQueryData(['settings.get', {}], saved),
  )
  return { shown: data && withChanges(data, chosen), ...saving }
}

/** What is set about the program. */
export function usePreferences(saved: ProgramPreferences): Saved<ProgramPreferences, Input<'host.set'>> {
  const { chosen, ...saving } = useSaving('host.set', rememberHost)
  return { shown: withChanges(saved, chosen), ...saving }
}

/**
 * Saves what is chosen at once, and knows it from that moment until the answer is there. The state of the call would
 * tell it too late: a box that was ticked would be drawn empty in between.
 */
function useSaving<N extends 'settings.set' | 'host.set'>(name: N, remember: (answer: Output<N>) => void) {
  const command = useCommand(name)
  const [chosen, choose] = useState<Partial<Input<N>>>({})
  const save = (changes: Input<N>): void => {
    choose(before => ({ ...before, ...changes }))
    command.mutate(changes, { onSuccess: remember, onSettled: () => choose({}) })
  }
  return { chosen, save, error: command.error }
}

function withChanges<T extends object>(saved: T, changes: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined)
  return { ...saved, ...Object.fromEntries(given) }
}
