/** A table cannot be read. The message is for a person and says what to do. */
export class TableUnreadable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TableUnreadable'
  }
}
