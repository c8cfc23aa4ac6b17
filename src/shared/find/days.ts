/** Days as text: YYYY, YYYY-MM and YYYY-MM-DD compare as they follow each other. */

/** `Date` takes 30 February for 1 March. */
export function isCalendarDate(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** @param date a year, a month or a day */
export function firstDay(date: string): string {
  const [year = '', month = '01', day = '01'] = date.split('-')
  return `${year}-${month}-${day}`
}

/** @param date a year, a month or a day */
export function lastDay(date: string): string {
  const [year = '', month = '12', day] = date.split('-')
  if (day) return date
  return `${year}-${month}-${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()}`
}

export function dayFrom(day: string, days: number): string {
  const other = new Date(`${day}T00:00:00Z`)
  other.setUTCDate(other.getUTCDate() + days)
  return other.toISOString().slice(0, 10)
}

/** Of this computer's clock and place. */
export function today(now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
