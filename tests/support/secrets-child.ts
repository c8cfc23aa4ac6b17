// A program that opens the place for secrets as Burg Ink does, and prints what it finds of one name.
import { openSecretStore } from '../../src/main/accounts/index.ts'

const { store, notice } = await openSecretStore()
process.stdout.write(JSON.stringify({ kind: store.kind, notice, secret: await store.get(process.argv[2] ?? '') }))
