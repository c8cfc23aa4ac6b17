import type { ReactNode } from 'react'

/** A part of the inspector under its heading; `end` stands at the right of it. */
export function Section({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  return (
    <section className="inspector-section" aria-label={title}>
      <div className="inspector-section-head">
        <h3>{title}</h3>
        {end}
      </div>
      {children}
    </section>
  )
}
