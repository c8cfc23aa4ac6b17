import { chromium, host } from '../host.ts'

let isUnderWay = false
/** A second instance tells the first why it was started, and goes when that is told. */
let handover: Promise<unknown> = Promise.resolve()
const longestCloseMs = 2000

export const isQuitting = (): boolean => isUnderWay
export const setQuitting = (isNow: boolean): void => {
  isUnderWay = isNow
}
export const waitForHandover = (promise: Promise<unknown>): void => {
  handover = promise
}

/** Ends Chromium, and then this process. */
export async function leave(code: number): Promise<void> {
  await handover
  if (host.running) {
    const { browser, exited } = chromium()
    browser.send('Browser.close').catch(() => {})
    await Promise.race([exited, new Promise(resolve => setTimeout(resolve, longestCloseMs))])
  }
  process.exit(code)
}
