interface ScreenPartsProps<T extends string> {
  /** Of the screen. */
  label: string
  /** In their order. */
  titles: Readonly<Record<T, string>>
  current: T
  onOpen: (part: T) => void
}

/** The parts of a screen, beside its name. */
export function ScreenParts<T extends string>({ label, titles, current, onOpen }: ScreenPartsProps<T>) {
  return (
    <nav className="screen-parts" aria-label={label}>
      {Object.entries<string>(titles).map(([part, title]) => (
        <button
          key={part}
          type="button"
          className="facet"
          aria-current={part === current ? 'page' : undefined}
          onClick={() => onOpen(part as T)}
        >
          {title}
        </button>
      ))}
    </nav>
  )
}
