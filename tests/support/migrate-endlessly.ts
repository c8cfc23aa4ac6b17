// A process that opens the library in its first argument with a migration that never ends, until it is killed.
import { openLibrary } from '../../src/main/library/index.ts'
import { migrations } from '../../src/main/library/migrations/index.ts'

const endless = `CREATE TABLE half (bytes BLOB); INSERT INTO half
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT randomblob(4000) FROM n`
;(migrations as string[]).push(endless)
await openLibrary(process.argv[2] as string)
