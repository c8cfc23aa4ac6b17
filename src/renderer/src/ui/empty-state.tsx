import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.tsx'

/** What a place is for, while there is nothing in it: one sentence, one button. */
export function EmptyState(props: { icon: IconName; title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty-state">
      <Icon name={props.icon} size={32} />
      <h2>{props.title}</h2>
      <p>{props.children}</p>
      {props.action}
    </div>
  )
}
