import { createStore } from './store.ts'
import type { Connection } from './transport.ts'

export const connection = createStore<Connection>('connecting')
