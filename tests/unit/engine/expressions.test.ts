import { describe, expect, it } from 'vitest'
import {
  compileExpression,
  evaluateKey,
  evaluateNumber,
  isMatch,
  keyAtPath,
  parseCorrelation,
} from '../../../src/main/engine/embedded/expressions.ts'

const event = (data: Record<string, unknown>) => ({ id: 'id', name: 'name', ts: 0, data })

describe('expressions', () => {
  it('match the trigger against an arriving event', () => {
    const expression = compileExpression('event.data.id == async.data.id && async.data.size > 10')
    const trigger = event({ id: 'a' })
    expect(isMatch(expression, { event: trigger, async: event({ id: 'a', size: 11 }) })).toBe(true)
    expect(isMatch(expression, { event: trigger, async: event({ id: 'b', size: 11 }) })).toBe(false)
  })

  it('do not match when a field is missing', () => {
    expect(isMatch(compileExpression('event.data.id == 1'), { event: event({}) })).toBe(false)
  })

  it('reckon with the numbers of JSON', () => {
    expect(evaluateNumber(compileExpression('event.data.n * 2 + 1'), event({ n: 5 }))).toBe(11)
    expect(evaluateNumber(compileExpression('event.data.n > 3 ? 100 : 0'), event({ n: 5 }))).toBe(100)
    expect(evaluateNumber(compileExpression('event.data.missing'), event({}))).toBe(0)
  })

  it('give keys that keep text and numbers apart', () => {
    const key = compileExpression('event.data.k')
    expect(evaluateKey(key, event({ k: 1 }))).not.toBe(evaluateKey(key, event({ k: '1' })))
    expect(evaluateKey(key, event({}))).toBe('null')
    expect(evaluateKey(undefined, event({}))).toBe('')
  })

  it.each(['event.data.', 'foo(event)', 'other.data.x == 1'])('say why %j does not compile', source => {
    expect(() => compileExpression(source)).toThrow()
  })
})

describe('correlations', () => {
  it('are equalities of one field of each event, in either order', () => {
    const correlation = { eventPath: 'data.id', asyncPath: 'data.parent.id' }
    expect(parseCorrelation('event.data.id == async.data.parent.id')).toEqual(correlation)
    expect(parseCorrelation('async.data.parent.id == event.data.id')).toEqual(correlation)
  })

  it.each(['event.data.a == event.data.b', 'event.data.a == async.data.b && true', "async.data.a == 'x'"])(
    'are not %s',
    source => expect(parseCorrelation(source)).toBeUndefined(),
  )

  it('have the same key on both sides when CEL finds them equal', () => {
    expect(keyAtPath(event({ id: 7 }), 'data.id')).toBe(keyAtPath(event({ id: 7.0 }), 'data.id'))
    expect(keyAtPath(event({ id: '7' }), 'data.id')).not.toBe(keyAtPath(event({ id: 7 }), 'data.id'))
    expect(keyAtPath(event({}), 'data.id')).toBeUndefined()
    expect(keyAtPath(event({ a: 'text' }), 'data.a.length')).toBeUndefined()
  })
})
