import { useEffect, useState } from 'react'
import { type FindTerm, parseFind } from '../../../../shared/find/parse.ts'
import { mostTolerance, type NearColour, usualTolerance } from '../../../../shared/find/values.ts'
import { withoutTerm } from '../../../../shared/find/write.ts'
import { changeFind } from '../../lib/find.ts'

/** Dragging through colours asks for the one that stays. */
const settledMs = 150

/** The swatch that is looked for, and its term; undefined where there is none. */
function nearIn(text: string): { term: FindTerm; near: NearColour } | undefined {
  for (const term of parseFind(text)) {
    if (term.kind !== 'key' || term.isNot || term.values.length !== 1) continue
    const [value] = term.values
    if (value?.kind === 'near') return { term, near: value }
  }
  return undefined
}

function withNear(text: string, { hex, tolerance }: NearColour): string {
  const there = nearIn(text)
  return `${there ? withoutTerm(text, there.term) : text} color:${hex}~${tolerance}`.trim()
}

/** A colour of one's own, and how far those of the pictures may be from it. */
export function NearColourFields({ text }: { text: string }) {
  const there = nearIn(text)?.near
  const [hex, setHex] = useState(there?.hex ?? '#3273d6')
  const [tolerance, setTolerance] = useState(there?.tolerance ?? usualTolerance)
  const [isChanged, setIsChanged] = useState(false)
  useEffect(() => {
    if (!isChanged) return
    const timer = setTimeout(() => {
      setIsChanged(false)
      changeFind(withNear(text, { hex, tolerance }), { replaces: nearIn(text) !== undefined })
    }, settledMs)
    return () => clearTimeout(timer)
  }, [isChanged, text, hex, tolerance])
  return (
    <div className="near-colour">
      <label>
        Near
        <input
          type="color"
          value={hex}
          onChange={event => {
            setHex(event.target.value)
            setIsChanged(true)
          }}
        />
      </label>
      <label>
        Tolerance
        <input
          type="range"
          min={0}
          max={mostTolerance}
          value={tolerance}
          onChange={event => {
            setTolerance(Number(event.target.value))
            setIsChanged(true)
          }}
        />
      </label>
      <output>{tolerance}</output>
    </div>
  )
}
