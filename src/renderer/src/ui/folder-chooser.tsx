import { useEffect, useState } from 'react'
import { messageOf, useCall } from '../lib/api.ts'
import { plural } from '../lib/format.ts'
import { Icon } from './icon.tsx'
import './folder-chooser.css'

/** A folder of this computer: typed, or found by walking through its folders. */
export function FolderChooser({ onChange }: { onChange: (path: string) => void }) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState<string>()
  const folder = useCall('folder.browse', at === undefined ? {} : { path: at }, { keepsPrevious: true })
  const path = folder.data?.path

  useEffect(() => {
    if (path === undefined) return
    setTyped(path)
    onChange(path)
  }, [path, onChange])

  return (
    <div className="folder-chooser">
      <input
        type="text"
        className="text-field"
        aria-label="Path of the folder"
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onChange={event => {
          setTyped(event.target.value)
          onChange(event.target.value)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && typed !== path) {
            event.preventDefault()
            event.stopPropagation()
            setAt(typed)
          }
        }}
      />
      <div className="folder-list">
        {folder.data?.parent && (
          <button type="button" onClick={() => setAt(folder.data.parent ?? undefined)}>
            <Icon name="up" />
            <span>Up to {nameOf(folder.data.parent)}</span>
          </button>
        )}
        {!folder.error &&
          folder.data?.folders.map(each => (
            <button key={each.path} type="button" onClick={() => setAt(each.path)}>
              <Icon name="folder" />
              <span>{each.name}</span>
              <Icon name="chevron" size={12} />
            </button>
          ))}
      </div>
      <p className={folder.error ? 'error-line' : 'hint'} aria-live="polite">
        {folder.error ? messageOf(folder.error) : contentLine(folder.data)}
      </p>
    </div>
  )
}

const nameOf = (path: string): string => path.split(/[\\/]/).findLast(part => part !== '') ?? path

function contentLine(folder: { pictureCount: number; folders: readonly unknown[] } | undefined): string {
  if (!folder) return ' '
  return `${plural(folder.pictureCount, 'picture')} directly inside, ${plural(folder.folders.length, 'folder')}. Folders inside are imported as well.`
}
