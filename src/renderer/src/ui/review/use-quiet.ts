import { type RefObject, useEffect, useState } from 'react'

const fadesAfterMs = 2000

/** Whether nobody has moved the pointer for a while. What the keyboard is in does not fade away under it. */
export function useIsQuiet(frame: RefObject<HTMLElement | null>): boolean {
  const [isQuiet, setIsQuiet] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const isInUse = (): boolean => frame.current?.querySelector(':focus-visible') != null
    const wake = (): void => {
      setIsQuiet(false)
      clearTimeout(timer)
      timer = setTimeout(() => (isInUse() ? wake() : setIsQuiet(true)), fadesAfterMs)
    }
    wake()
    const listeners = new AbortController()
    const { signal } = listeners
    for (const name of ['pointermove', 'pointerdown', 'focusin']) window.addEventListener(name, wake, { signal })
    return () => {
      clearTimeout(timer)
      listeners.abort()
    }
  }, [frame])
  return isQuiet
}
