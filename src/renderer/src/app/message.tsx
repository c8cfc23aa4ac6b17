import type { ReactNode } from 'react'

/** All that is shown when there is nothing else to show. */
export function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="message">
      <h1>{title}</h1>
      <p>{children}</p>
    </main>
  )
}
