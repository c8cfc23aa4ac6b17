import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { type MediaRole, mediaRoles } from '../../../../shared/artworks.ts'
import { roleTitles } from '../../lib/artwork-words.ts'
import type { MediaId, MediaTile } from '../../lib/contract.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Picture } from './picture.tsx'

export interface ShownPicture {
  media: MediaTile
  role: MediaRole
}

interface ShownPicturesProps {
  pictures: readonly ShownPicture[]
  onRole: (id: MediaId, role: MediaRole) => void
  onOrder: (ids: MediaId[]) => void
  /** Left out where pictures cannot be taken away. */
  onRemove?: ((id: MediaId) => void) | undefined
  onOpen?: (id: MediaId) => void
}

/** The pictures of a work: the main one large, then all in their order, each with what it shows. */
export function ShownPictures({ pictures, onRole, onOrder, onRemove, onOpen }: ShownPicturesProps) {
  const main = pictures.find(({ role }) => role === 'main') ?? pictures[0]
  const list = useRef<HTMLUListElement>(null)
  const moved = useRef<MediaId | null>(null)
  // The keyboard goes with the picture that was moved.
  useLayoutEffect(() => {
    if (moved.current === null) return
    list.current?.querySelector<HTMLElement>(`[data-picture="${moved.current}"]`)?.focus()
    moved.current = null
  })
  const move = (place: number, step: number): void => {
    const ids = pictures.map(({ media }) => media.id)
    const id = ids[place]
    if (id === undefined || ids[place + step] === undefined) return
    ids.splice(place, 1)
    ids.splice(place + step, 0, id)
    moved.current = id
    onOrder(ids)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, place: number): void => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    if (event.altKey) move(place, step)
    else {
      const all = list.current?.querySelectorAll<HTMLElement>('[data-picture]')
      all?.[place + step]?.focus()
    }
  }
  return (
    <section className="artwork-pictures" aria-label="Pictures">
      {main && (
        <div className="artwork-main">
          <Picture tile={main.media} kind="preview" />
        </div>
      )}
      <ul ref={list}>
        {pictures.map(({ media, role }, place) => (
          <li key={media.id}>
            <button
              type="button"
              className="artwork-shown"
              data-picture={media.id}
              data-owns-arrows
              title={`${media.filename}. Alt with the arrow keys moves it`}
              aria-label={`${media.filename}, ${place + 1} of ${pictures.length}`}
              aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
              onClick={() => onOpen?.(media.id)}
              onKeyDown={event => onKeyDown(event, place)}
            >
              <Picture tile={media} />
            </button>
            <label className="select">
              <span className="visually-hidden">What {media.filename} shows</span>
              <select value={role} onChange={event => onRole(media.id, event.target.value as MediaRole)}>
                {mediaRoles.map(each => (
                  <option key={each} value={each}>
                    {roleTitles[each]}
                  </option>
                ))}
              </select>
              <Icon name="down" size={12} />
            </label>
            {onRemove && (
              <IconButton
                icon="close"
                label={`Take ${media.filename} from this work`}
                onClick={() => onRemove(media.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
