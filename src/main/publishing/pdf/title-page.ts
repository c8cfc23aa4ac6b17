import { createFlow } from './flow.ts'
import type { Paper } from './paper.ts'
import { mm } from './sizes.ts'

interface TitlePage {
  title: string
  artist: string
  now: Date
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' })

export function putTitlePage(paper: Paper, { title, artist, now }: TitlePage): void {
  const { width, height } = paper.page
  const column = { x: mm(22), width: width - mm(22) - mm(40) }
  const flow = createFlow(paper, { top: height * 0.3, bottom: height - mm(30) }, () => paper.turn())
  flow.turn()
  paper.begin(title)
  if (artist !== '') flow.put('P', [paper.set(artist)], column, { size: 15, leading: 30 })
  flow.put('H1', [paper.set(title, 'italic')], column, { size: 34, leading: 40 })
  const date = paper.part('P')
  date.line([paper.set(day.format(now))], column.x, height - mm(24), { size: 11, grey: 'grey' })
  date.end()
}
