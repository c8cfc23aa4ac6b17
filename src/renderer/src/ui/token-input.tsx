import { useState } from 'react'
import { formatCount } from '../lib/format.ts'
import { Icon } from './icon.tsx'

interface TokenInputProps {
  label: string
  hint: string
  words: readonly string[]
  limits: { words: number; length: number }
  onChange: (words: string[]) => void
}

/** A list of words: Enter or a comma adds one, Backspace in the empty field takes the last away; a pasted list becomes many. */
export function TokenInput({ label, hint, words, limits, onChange }: TokenInputProps) {
  const [typed, setTyped] = useState('')
  const add = (text: string): void => {
    onChange(withWords(words, text, limits))
    setTyped('')
  }
  return (
    <div className="token-field">
      <label>
        <span>{label}</span>
        <span className="token-count">{words.length > 0 && formatCount(words.length)}</span>
        <input
          type="text"
          className="text-field"
          placeholder={hint}
          maxLength={2000}
          autoComplete="off"
          value={typed}
          onChange={event => {
            if (/[,;\n]/.test(event.target.value)) add(event.target.value)
            else setTyped(event.target.value)
          }}
          onBlur={() => typed.trim() && add(typed)}
          onKeyDown={event => {
            if (event.key === 'Enter' && typed.trim() && !event.ctrlKey && !event.metaKey) {
              event.preventDefault()
              add(typed)
            } else if (event.key === 'Backspace' && typed === '') onChange(words.slice(0, -1))
          }}
        />
      </label>
      <ul className="tokens" aria-label={label}>
        {words.map(word => (
          <li key={word}>
            <button
              type="button"
              className="chip"
              title={`Remove ${word}`}
              onClick={() => onChange(words.filter(each => each !== word))}
            >
              <span>{word}</span>
              <Icon name="close" size={12} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Each word once, whatever its capitals, in the order of typing. */
export function withWords(words: readonly string[], text: string, limits: { words: number; length: number }): string[] {
  const known = new Set(words.map(word => word.toLowerCase()))
  const added = text
    .split(/[,;\n]/)
    .map(word => word.trim().replaceAll(/\s+/g, ' ').slice(0, limits.length).trim())
    .filter(word => {
      const isNew = word !== '' && !known.has(word.toLowerCase())
      known.add(word.toLowerCase())
      return isNew
    })
  return [...words, ...added].slice(0, limits.words)
}
