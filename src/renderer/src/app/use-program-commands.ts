import { useCommands } from '../lib/commands.ts'
import { useHost } from '../lib/host.ts'
import { installUpdate, isAllPaused, pauseWork, resumeWork, useWork } from '../lib/work.ts'

/** Commands about the program as a whole, on every screen. */
export function useProgramCommands(): void {
  const work = useWork()
  const update = useHost()?.update
  useCommands([
    {
      id: 'work.resume',
      title: 'Resume work',
      group: 'Activity',
      keys: ['Shift+P'],
      isAvailable: () => work?.isPaused === true,
      run: resumeWork,
    },
    // After it, so that the key pauses what was begun while the rest stands still. Whether something runs is for the
    // program to say: what began a moment ago is shown at work before the page heard that it can be paused.
    {
      id: 'work.pause',
      title: 'Pause all work',
      group: 'Activity',
      keys: ['Shift+P'],
      isAvailable: () => !isAllPaused(work),
      run: pauseWork,
    },
    {
      id: 'update.install',
      title: 'Restart to update',
      group: 'Help',
      isAvailable: () => update?.kind === 'ready',
      run: installUpdate,
    },
  ])
}
