import { useState } from 'react'
import type { Artwork } from '../../../../shared/artworks.ts'
import { changeArtwork } from '../../lib/artworks.ts'
import { FieldRow } from './field-row.tsx'
import { type FieldKind, readField, type Usual } from './fields.ts'

interface EditedFieldProps {
  kind: FieldKind
  artwork: Artwork
  usual: Usual
  isNext: boolean
  offers: readonly string[] | undefined
  onConfirm: () => void
}

/** Saved when it is left or on Enter; what cannot be read stays, with what to write instead. */
export function EditedField({ kind, artwork, usual, isNext, offers, onConfirm }: EditedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const saved = kind.write(artwork)
  const text = typed ?? saved
  const reading = readField(kind, text, usual)
  const end = (): void => {
    if (typed === null || !reading.ok) return
    if (typed.trim() === saved) {
      setTyped(null)
      return
    }
    const told = `Changed the ${kind.label.toLowerCase()} of “${artwork.title}”.`
    // Shown until the answer is there, and left to be mended where it was refused.
    void changeArtwork('artworks.update', { id: artwork.id, fields: reading.value }, told).then(
      isDone => isDone && setTimeout(() => setTyped(now => (now === typed ? null : now)), 0),
    )
  }
  return (
    <FieldRow
      kind={kind}
      text={text}
      error={typed !== null && !reading.ok ? reading.error : null}
      source={artwork.sources[kind.name]}
      isNext={isNext}
      {...(offers && { offers })}
      onText={setTyped}
      onEnd={end}
      onCancel={() => {
        setTyped(null)
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
      onConfirm={onConfirm}
    />
  )
}
