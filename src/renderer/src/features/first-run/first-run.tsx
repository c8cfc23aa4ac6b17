import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { messageOf, useCall, useCommand } from '../../lib/api.ts'
import { useCommands } from '../../lib/commands.ts'
import { hasSeenWelcome } from '../../lib/preferences.ts'
import { go, homeRoute } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { FolderChooser } from '../../ui/folder-chooser.tsx'
import { Keycaps } from '../../ui/keycaps.tsx'
import { Arrivals } from './arrivals.tsx'
import './first-run.css'

const stepTitles = ['Choose a folder', 'Keep copies?', 'The keys'] as const

const toLibrary = (): void => go(homeRoute, { replaces: true })

function finish(): void {
  hasSeenWelcome.set(true)
  toLibrary()
}

/** Three steps, each can be skipped. Pictures appear from the first one on. */
export function FirstRun() {
  const [step, setStep] = useState(0)
  const [imported, setImported] = useState<string | null>(null)
  const next = useCallback(() => setStep(now => now + 1), [])
  useCommands([
    {
      id: 'welcome.skip',
      title: 'Skip this step',
      group: 'Import',
      keys: ['Escape'],
      worksWhileTyping: true,
      run: () => (step === stepTitles.length - 1 ? finish() : next()),
    },
  ])
  return (
    <main className="page first-run">
      <div className="page-column">
        <ol className="steps" aria-label="Steps">
          {stepTitles.map((title, place) => (
            <li
              key={title}
              aria-current={place === step ? 'step' : undefined}
              className={place < step ? 'is-past' : ''}
            >
              <span>{place + 1}</span>
              {title}
            </li>
          ))}
        </ol>
        {step === 0 && (
          <ChooseFolder
            onStarted={path => {
              setImported(path)
              next()
            }}
            onSkip={next}
          />
        )}
        {step === 1 && <KeepCopies imported={imported} onDone={next} />}
        {step === 2 && <Keys />}
      </div>
      <Arrivals />
    </main>
  )
}

function Actions({ children }: { children: ReactNode }) {
  return <p className="form-actions">{children}</p>
}

function ChooseFolder({ onStarted, onSkip }: { onStarted: (path: string | null) => void; onSkip: () => void }) {
  const [path, setPath] = useState('')
  const change = useCallback((next: string) => setPath(next), [])
  const overview = useCall('library.overview', {})
  const folder = useCommand('folder.import')
  const samples = useCommand('samples.import')
  const error = folder.error ?? samples.error
  const hasFolders = overview.data?.folders.length !== 0
  const [wasEmpty] = useState(!hasFolders)
  const isAsked = !folder.isIdle || !samples.isIdle
  // The program was started with a folder, or one was dropped: it is being imported, and nobody has to be asked for one.
  useEffect(() => {
    if (wasEmpty && hasFolders && !isAsked) toLibrary()
  }, [wasEmpty, hasFolders, isAsked])
  const canStart = path.trim() !== '' && !folder.isPending
  const start = (): void => folder.mutate({ path }, { onSuccess: () => onStarted(path) })
  useCommands([
    {
      id: 'welcome.import',
      title: 'Import this folder',
      group: 'Import',
      keys: ['Mod+Enter'],
      worksWhileTyping: true,
      isAvailable: () => canStart,
      run: start,
    },
  ])
  return (
    <>
      <h1>Your pictures, in one quiet place</h1>
      <p className="quiet">
        Choose the folder you keep them in. They stay where they are: Burg Ink reads every file, and never changes or
        moves one.
      </p>
      <FolderChooser onChange={change} />
      {error && <p className="error-line">{messageOf(error)}</p>}
      <Actions>
        <Button kind="primary" keyName="Mod+Enter" disabled={!canStart} onClick={start}>
          Import this folder
        </Button>
        {overview.data?.hasSamples && (
          <Button disabled={samples.isPending} onClick={() => samples.mutate({}, { onSuccess: () => onStarted(null) })}>
            Look around with samples
          </Button>
        )}
        <Button icon="drive" onClick={() => go({ screen: 'drive', drive: null })}>
          Google Drive
        </Button>
        <Button kind="quiet" keyName="Escape" onClick={onSkip}>
          Skip
        </Button>
      </Actions>
    </>
  )
}

/** The folder chosen first is taken up again with copies; its pictures are not read twice for anything else. */
function KeepCopies({ imported, onDone }: { imported: string | null; onDone: () => void }) {
  const settings = useCommand('settings.set')
  const folder = useCommand('folder.import')
  const error = settings.error ?? folder.error
  const choose = async (copyOriginals: boolean): Promise<void> => {
    await settings.mutateAsync({ copyOriginals })
    if (copyOriginals && imported) await folder.mutateAsync({ path: imported, copyOriginals })
    onDone()
  }
  return (
    <>
      <h1>Keep copies of the originals?</h1>
      <p className="quiet">
        Without copies the library stays small, and a picture is shown as missing when its file is gone. With copies it
        takes as much space again, and every picture is safe here even if its folder is lost.
      </p>
      <p className="quiet">This can be changed at any time in the settings, and for each folder when it is imported.</p>
      {error && <p className="error-line">{messageOf(error)}</p>}
      <Actions>
        <Button kind="primary" autoFocus onClick={() => void choose(false).catch(() => undefined)}>
          Leave them where they are
        </Button>
        <Button onClick={() => void choose(true).catch(() => undefined)}>Keep copies</Button>
        <Button kind="quiet" keyName="Escape" onClick={onDone}>
          Skip
        </Button>
      </Actions>
    </>
  )
}

const taught: readonly [string[], string][] = [
  [['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'], 'Move from picture to picture'],
  [['Space'], 'Open the picture, and close it again'],
  [['/'], 'Find'],
  [['I'], 'Everything known of a picture'],
  [['Mod+K'], 'Every command, by its name'],
  [['Escape'], 'One level back'],
  [['?'], 'All the keys'],
]

function Keys() {
  return (
    <>
      <h1>Everything has a key</h1>
      <dl className="taught-keys">
        {taught.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map(key => (
                <Keycaps key={key} name={key} />
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Actions>
        <Button kind="primary" autoFocus onClick={finish}>
          Show my pictures
        </Button>
      </Actions>
    </>
  )
}
