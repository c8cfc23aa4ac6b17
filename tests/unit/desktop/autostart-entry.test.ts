import { describe, expect, it } from 'vitest'
import { autostartEntry, isEntryOn } from '../../../src/main/desktop/autostart-entry.ts'

const execOf = (...command: string[]) => /^Exec=(.*)$/m.exec(autostartEntry('Burg Ink', command))?.[1]

/** As a desktop reads it: first as a string of the file, then by the quotes. */
function commandOf(exec: string): string[] {
  const text = exec.replaceAll(/\\(.)/g, (_all, c) => (c === 'n' ? '\n' : c === 's' ? ' ' : c))
  return [...text.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, inner = '']) =>
    inner.replaceAll(/\\(["`$\\])/g, '$1').replaceAll('%%', '%'),
  )
}

describe('the entry that starts the program at login', () => {
  it('quotes what is started', () => {
    expect(execOf('/opt/Burg Ink/burg-ink', '--background')).toBe('"/opt/Burg Ink/burg-ink" "--background"')
    // As the specification has it for a literal dollar sign and backslash.
    expect(execOf('/a$b')).toBe('"/a\\\\$b"')
    expect(execOf('/a\\b')).toBe('"/a\\\\\\\\b"')
    expect(execOf('/100%')).toBe('"/100%%"')
  })

  it.each(['/plain', '/with space/x', '/a"b', '/a`b', '/$HOME/x', '/a\\b', '/50%', '/two\nlines', "/it's"])(
    'a desktop reads %j as it was meant',
    path => {
      expect(commandOf(execOf(path, '--background') ?? '')).toEqual([path, '--background'])
    },
  )

  it('cannot be made to hold another line', () => {
    expect(autostartEntry('Burg Ink', ['/x\nHidden=true']).split('\n')).not.toContain('Hidden=true')
  })

  it('knows when a desktop has switched it off', () => {
    const entry = autostartEntry('Burg Ink', ['/x'])
    expect(isEntryOn(entry)).toBe(true)
    expect(isEntryOn(`${entry}Hidden=true\n`)).toBe(false)
    expect(isEntryOn(entry.replace('enabled=true', 'enabled=false'))).toBe(false)
  })
})
