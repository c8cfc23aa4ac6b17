import type { Command } from '../../lib/commands.ts'

/** Words that begin with what was typed count before letters found in order; nothing typed finds all. */
function scoreOf(title: string, typed: string): number {
  const text = title.toLowerCase()
  if (text.startsWith(typed)) return 3
  if (text.split(/\s+/).some(word => word.startsWith(typed))) return 2
  if (text.includes(typed)) return 1
  let at = -1
  for (const letter of typed.replaceAll(' ', '')) {
    at = text.indexOf(letter, at + 1)
    if (at < 0) return 0
  }
  return 0.5
}

export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return [...commands]
  return commands
    .map(command => ({ command, score: scoreOf(command.title, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command)
}
