/** Makes a missing member an error that names it, instead of `undefined is not a function` somewhere later. */
export function strict<T extends object>(name: string, object: T): T {
  return new Proxy(object, {
    get(target, property, receiver) {
      if (property in target || typeof property === 'symbol' || property === 'then' || property === 'toJSON')
        return Reflect.get(target, property, receiver)
      throw new Error(`electron harness: ${name}.${property} is not implemented (add it under harness/)`)
    },
  })
}
