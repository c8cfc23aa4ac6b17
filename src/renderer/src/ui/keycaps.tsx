import { keycapsOf } from '../lib/keys.ts'

export function Keycaps({ name }: { name: string }) {
  return (
    <span className="keycaps">
      {keycapsOf(name).map(cap => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  )
}
