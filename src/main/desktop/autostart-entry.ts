/**
 * An argument of `Exec`, by the Desktop Entry Specification: in double quotes, with `"`, `` ` ``, `$` and `\` escaped; then,
 * since the value is a string, each backslash once more; and `%` doubled, which would begin a field code.
 */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
}

/**
 * What a desktop of Linux starts at login, as a file in its folder `autostart`.
 * @param command the executable, absolute, and its arguments.
 */
export function autostartEntry(name: string, command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.0',
    `Name=${name}`,
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Whether the desktop would follow such a file: it is switched off by either line, by the desktop's own settings. */
export const isEntryOn = (text: string): boolean =>
  !/^Hidden\s*=\s*true\s*$/im.test(text) && !/^X-GNOME-Autostart-enabled\s*=\s*false\s*$/im.test(text)
