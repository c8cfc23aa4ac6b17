const alwaysAllowed = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'prototype'])

/** What a program touches of Electron that nobody has proven here is an error that names it, and never `undefined`. */
export function notSupported(what: string): Error {
  return new Error(`electron harness: ${what} is not supported (it would be added in tests/support/electron)`)
}

/**
 * Makes a missing member an error.
 * @param absent members that Electron does not have on this platform: they are `undefined`, as there.
 */
export function strict<T extends object>(name: string, object: T, absent: readonly string[] = []): T {
  return new Proxy(object, {
    get(target, property, receiver) {
      const isKnown = property in target || typeof property === 'symbol' || alwaysAllowed.has(property)
      if (isKnown || absent.includes(property as string)) return Reflect.get(target, property, receiver)
      throw notSupported(`${name}.${String(property)}`)
    },
  })
}

/** Refuses options whose effect nobody has shown here. */
export function refuseUnknown(what: string, options: object, known: ReadonlySet<string>): void {
  for (const [key, value] of Object.entries(options)) {
    if (value !== undefined && !known.has(key)) throw notSupported(`${what} { ${key} }`)
  }
}
