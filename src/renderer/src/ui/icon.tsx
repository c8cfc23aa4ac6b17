/** Drawn on 16 px with a line of 1.5 px, in the colour of the text. */
const paths = {
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.8 10.8 14 14',
  filter: 'M2 4h12M4.5 8h7M6.5 12h3',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5 6.5 12 13 4.5',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  down: 'M3.5 6 8 10.5 12.5 6',
  up: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  folder: 'M2 4.5A1.5 1.5 0 0 1 3.5 3H6l1.5 2h5A1.5 1.5 0 0 1 14 6.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11.5Z',
  add: 'M8 3v10M3 8h10',
  pictures: 'M2.5 3.5h11v9h-11ZM3 11l3-3 2.5 2.5L10.5 8.5 13 11M10.5 6.2h.01',
  failed: 'M8 2.5 14 13H2ZM8 6.5v3M8 11.3h.01',
  missing: 'M6 3H3v3M10 3h3v3M6 13H3v-3M10 13h3v-3',
  activity: 'M2 8h3l2-4.5 2.5 9L11.5 8H14',
  settings:
    'M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  justified: 'M2 3h7v4.2H2ZM11 3h3v4.2h-3ZM2 8.8h3V13H2ZM7 8.8h7V13H7Z',
  inspector: 'M2.5 3.5h11v9h-11ZM10 3.5v9',
  keyboard: 'M1.5 4.5h13v7h-13ZM4 7h.01M6.7 7h.01M9.3 7h.01M12 7h.01M5 9.5h6',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5v9l7-4.5Z',
  retry: 'M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3',
  done: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 8.2 7.3 10l3.2-3.8',
  waiting: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Z',
  working: 'M8 2a6 6 0 1 0 6 6M8 5v3l2 1.5',
  skipped: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.5 8h5',
  duplicate: 'M5.5 5.5h8v8h-8ZM3 10.5h-.5v-8h8V3',
  stopped: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM6 6l4 4M10 6l-4 4',
  copy: 'M5.5 5.5h8v8h-8ZM3 10.5h-.5v-8h8V3',
  alike: 'M2.5 2.5h7v7h-7ZM6.5 11.5v2h7v-7h-2',
  edit: 'M3 13l.6-2.8 7.2-7.2a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7L5.8 12.4Z',
  small: 'M6 6h4v4H6Z',
  collection: 'M2.5 5.5h11v8h-11ZM4 3.5h8',
  recent: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6',
  large: 'M3 3h10v10H3Z',
  drive: 'M4.5 12.5a3 3 0 0 1-.3-5.98 4 4 0 0 1 7.7-.5A3.28 3.28 0 0 1 11.5 12.5Z',
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.5 13.5c.5-2.5 2.6-3.75 5.5-3.75s5 1.25 5.5 3.75',
  shared:
    'M6 7.5a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5ZM1.5 13c.4-2.3 2.2-3.5 4.5-3.5s4.1 1.2 4.5 3.5M10.5 3.2a2.25 2.25 0 0 1 0 4.1M12 9.8c1.4.5 2.2 1.6 2.5 3.2',
  words: 'M2.5 3.5h11v7.5h-6l-3 2.5V11h-2ZM5 6h6M5 8.5h4',
  picked: 'M4.5 14V2.5M4.5 3H12l-2 3 2 3H4.5',
  rejected: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  artwork: 'M2.5 2.5h11v11h-11ZM5 5h6v6H5Z',
  table: 'M2.5 3h11v10h-11ZM2.5 6.3h11M2.5 9.6h11M6.2 6.3V13',
  computer: 'M2 3.5h12v8H2ZM5.5 14h5M8 11.5V14',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  previous: 'M10 3.5 5.5 8 10 12.5',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}
