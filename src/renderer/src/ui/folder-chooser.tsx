import { useEffect, useRef, useState } from 'react'
import { messageOf, useCall } from '../lib/api.ts'
import { chooseFolder, formChoice, isChoosing } from '../lib/choose-folder.ts'
import { plural } from '../lib/format.ts'
import { useHost } from '../lib/host.ts'
import { useStore } from '../lib/store.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import './folder-chooser.css'

interface Props {
  /** Null: where the person's own folders are. */
  startAt?: string | null
  /** Other fields of the form come before it: it does not take the keyboard. */
  isLater?: boolean
  /** What becomes of the folder, after what is in it. */
  hint?: string
  onChange: (path: string) => void
}

/** A folder of this computer: chosen by the system's dialog, typed, or found by walking through its folders. */
export function FolderChooser({
  startAt = null,
  hint = 'Folders inside are imported as well.',
  isLater = false,
  onChange,
}: Props) {
  const [typed, setTyped] = useState(startAt ?? '')
  const [at, setAt] = useState(startAt ?? undefined)
  const hasDialog = useHost()?.canChooseFolder ?? false
  const folder = useCall('folder.browse', at === undefined ? {} : { path: at }, { keepsPrevious: true })
  const path = folder.data?.path
  /** Somebody waits for the folder that was asked for: who has typed since, or is about to, means another one. */
  const isAwaited = useRef(true)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (path === undefined || !isAwaited.current) return
    isAwaited.current = false
    if (field.current?.value === '' && field.current === document.activeElement) return
    setTyped(path)
    onChange(path)
  }, [path, onChange])

  const type = (text: string): void => {
    isAwaited.current = false
    setTyped(text)
    onChange(text)
  }
  const goTo = (to: string): void => {
    isAwaited.current = true
    setAt(to)
  }
  const dialog = useDialog(at, chosen => {
    type(chosen)
    goTo(chosen)
  })
  return (
    <div className="folder-chooser">
      <div className="folder-path">
        {hasDialog && <DialogButton isFirst={startAt === null && !isLater} onClick={dialog.open} />}
        <input
          ref={field}
          type="text"
          className="text-field"
          aria-label="Path of the folder"
          spellCheck={false}
          autoComplete="off"
          placeholder={path}
          value={typed}
          onChange={event => type(event.target.value)}
          onBlur={() => typed === '' && path !== undefined && type(path)}
          onKeyDown={event => {
            // With Ctrl or Cmd it starts what the folder is chosen for.
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed !== path) {
              event.preventDefault()
              event.stopPropagation()
              goTo(typed)
            }
          }}
        />
      </div>
      {dialog.error !== null && (
        <p className="error-line" role="alert">
          {messageOf(dialog.error)}
        </p>
      )}
      <div className="folder-list">
        {folder.data?.parent && (
          <button type="button" onClick={() => folder.data.parent && goTo(folder.data.parent)}>
            <Icon name="up" />
            <span>Up to {nameOf(folder.data.parent)}</span>
          </button>
        )}
        {!folder.error &&
          folder.data?.folders.map(each => (
            <button key={each.path} type="button" onClick={() => goTo(each.path)}>
              <Icon name="folder" />
              <span>{each.name}</span>
              <Icon name="chevron" size={12} />
            </button>
          ))}
      </div>
      <p className={folder.error ? 'error-line' : 'hint'} aria-live="polite">
        {folder.error ? messageOf(folder.error) : contentLine(folder.data, hint)}
      </p>
    </div>
  )
}

/** The system's dialog for this form, also for keys and menus as long as the form is shown. */
function useDialog(startIn: string | undefined, onChosen: (path: string) => void) {
  const [error, setError] = useState<unknown>(null)
  const open = (): void => {
    setError(null)
    chooseFolder(startIn).then(path => path !== null && onChosen(path), setError)
  }
  const latest = useRef(open)
  latest.current = open
  useEffect(() => {
    const openLatest = (): void => latest.current()
    formChoice.set(openLatest)
    return () => {
      if (formChoice.get() === openLatest) formChoice.set(null)
    }
  }, [])
  return { open, error }
}

/** @param isFirst where the form begins: nothing is chosen yet. */
function DialogButton({ isFirst, onClick }: { isFirst: boolean; onClick: () => void }) {
  const isOpen = useStore(isChoosing)
  return (
    <Button icon="folder" keyName="Mod+O" autoFocus={isFirst} aria-disabled={isOpen} onClick={onClick}>
      Choose…
    </Button>
  )
}

const nameOf = (path: string): string => path.split(/[\\/]/).findLast(part => part !== '') ?? path

function contentLine(folder: { pictureCount: number; folders: readonly unknown[] } | undefined, hint: string): string {
  if (!folder) return ' '
  return `${plural(folder.pictureCount, 'picture')} directly inside, ${plural(folder.folders.length, 'folder')}. ${hint}`
}
