import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { Writer } from '../../../src/main/engine/embedded/writer.ts'

function openWriter() {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE line (text TEXT UNIQUE)')
  const insert = db.prepare('INSERT INTO line VALUES (?)')
  const lines = () => db.prepare('SELECT text FROM line ORDER BY rowid').pluck().all()
  return { writer: new Writer(db, () => {}), insert: (text: string) => insert.run(text), lines }
}

it('tells those who wait when their writes are committed together, and acts after that', async () => {
  const { writer, insert, lines } = openWriter()
  const acted: unknown[] = []
  const writes = ['a', 'b'].map(text =>
    writer.write(() => {
      insert(text)
      writer.afterCommit(() => acted.push(lines()))
      return text
    }),
  )
  expect(lines()).toEqual([])
  const result = writer.commit(() => insert('turn').changes, expect.unreachable)
  expect(result).toBe(1)
  expect(await Promise.all(writes)).toEqual(['a', 'b'])
  expect(acted).toEqual([
    ['a', 'b', 'turn'],
    ['a', 'b', 'turn'],
  ])
})

it('rejects a write that fails, and commits all others and the turn', async () => {
  const { writer, insert, lines } = openWriter()
  const acted: string[] = []
  const write = (text: string) =>
    writer.write(() => {
      writer.afterCommit(() => acted.push(text))
      insert(text)
    })
  const writes = Promise.allSettled([write('a'), write('a'), write('b')])
  let rollbacks = 0
  writer.commit(
    () => insert('turn'),
    () => {
      rollbacks += 1
    },
  )
  expect((await writes).map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(lines()).toEqual(['a', 'b', 'turn'])
  expect(acted).toEqual(['a', 'b'])
  expect(rollbacks).toBe(1)
})
