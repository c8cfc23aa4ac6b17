// Inngest has wildcards at the end of a name alone, behind a `/` or a `.`, as in `media/*` and `media/file.*`.
const WILDCARD = /^[^*]*[/.]\*$/

/** Whether a trigger has a `*` where it would stand for nothing but itself. */
export function isMisplacedWildcard(trigger: string): boolean {
  return trigger.includes('*') && !WILDCARD.test(trigger)
}

/** Whether a trigger means an event of that name: by the whole name, or by all that is before its wildcard. */
export function isNamedBy(trigger: string, eventName: string): boolean {
  return trigger === eventName || (WILDCARD.test(trigger) && eventName.startsWith(trigger.slice(0, -1)))
}
