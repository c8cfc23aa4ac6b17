import { Environment } from '@marcbachmann/cel-js'
import type { InngestEvent } from './wire.ts'

/** `event` is what started the run, `async` an event that arrives while it exists. */
export interface ExpressionScope {
  event: InngestEvent
  async?: InngestEvent
}

/** An equality of one field of the run's event with one field of an arriving event: what an index can answer. */
export interface Correlation {
  eventPath: string
  asyncPath: string
}

export type Expression = (scope: ExpressionScope) => unknown

const cel = new Environment({ unlistedVariablesAreDyn: false, homogeneousAggregateLiterals: false })
  .registerVariable('event', 'dyn')
  .registerVariable('async', 'dyn')
// JSON knows one kind of number and CEL two: without these, `event.data.n + 1` has no meaning.
for (const [operator, apply] of [
  ['+', (a: number, b: number) => a + b],
  ['-', (a: number, b: number) => a - b],
  ['*', (a: number, b: number) => a * b],
  ['/', (a: number, b: number) => a / b],
] as const) {
  cel.registerOperator(`double ${operator} int`, (a: number, b: bigint) => apply(a, Number(b)))
  cel.registerOperator(`int ${operator} double`, (a: bigint, b: number) => apply(Number(a), b))
}

/** @throws {Error} whose message says what does not compile. */
export function compileExpression(source: string): Expression {
  const program = cel.parse(source)
  const check = program.check()
  if (!check.valid) throw new Error(firstLine(check.error))
  return scope => program(scope)
}

/** What cannot be evaluated, such as a field that is missing, is not a match. */
export function isMatch(expression: Expression, scope: ExpressionScope): boolean {
  try {
    return expression(scope) === true
  } catch {
    return false
  }
}

/** @returns the value of a key expression as text; what cannot be evaluated has the key `null`. */
export function evaluateKey(expression: Expression | undefined, event: InngestEvent): string {
  if (!expression) return ''
  try {
    return keyOf(expression({ event }))
  } catch {
    return 'null'
  }
}

export function evaluateNumber(expression: Expression, event: InngestEvent): number {
  try {
    const value = Number(expression({ event }))
    return Number.isFinite(value) ? value : 0
  } catch {
    return 0
  }
}

const FIELD = '(event|async)((?:\\.[A-Za-z_][A-Za-z0-9_]*)+)'
const EQUALITY = new RegExp(`^\\s*${FIELD}\\s*==\\s*${FIELD}\\s*$`)

/** Recognises `event.a.b == async.c.d`, in either order: the only form that `match` produces. */
export function parseCorrelation(source: string): Correlation | undefined {
  const [, leftRoot, leftPath, rightRoot, rightPath] = EQUALITY.exec(source) ?? []
  if (!leftPath || !rightPath || leftRoot === rightRoot) return undefined
  const [left, right] = [leftPath.slice(1), rightPath.slice(1)]
  return leftRoot === 'event' ? { eventPath: left, asyncPath: right } : { eventPath: right, asyncPath: left }
}

/** @returns the key of the field at a dotted path, or undefined when it is not there, which matches nothing. */
export function keyAtPath(event: InngestEvent, path: string): string | undefined {
  let value: unknown = event
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return keyOf(value)
}

function keyOf(value: unknown): string {
  return JSON.stringify(typeof value === 'bigint' ? Number(value) : (value ?? null))
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
