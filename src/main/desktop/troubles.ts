import { needsAttention } from '../../shared/describing-words.ts'
import { storageTrouble } from '../../shared/storage-words.ts'
import { syncTitle } from '../../shared/sync-words.ts'
import type { Notice } from './notices.ts'
import type { Standing } from './standing.ts'

function ofImports({ syncs }: Standing): Notice[] {
  return syncs.flatMap(({ id, state, error, ...sync }) =>
    state === 'paused' && error !== null
      ? [
          {
            key: `sync ${id}: ${error}`,
            title: `The import of ${syncTitle(sync)} is paused`,
            body: error,
            route: `/activity/${id}`,
          },
        ]
      : [],
  )
}

function ofAccounts({ accounts }: Standing): Notice[] {
  return accounts
    .filter(({ state }) => state === 'reconnect')
    .map(({ id, email }) => ({
      key: `account ${id}`,
      title: 'Google Drive has to be connected again',
      body: `Google has ended the access to the Drive of ${email}. Connect it again to go on.`,
      route: '/drive',
    }))
}

function ofDescriptions({ analysis }: Standing): Notice[] | null {
  if (!analysis) return null
  return analysis.runs.filter(needsAttention).map(({ id, message }) => ({
    key: `run ${id}: ${message}`,
    title: 'Descriptions are paused',
    body: message ?? '',
    route: '/describe',
  }))
}

/** What is tried again by itself needs nobody. */
function ofOriginals({ storage }: Standing): Notice[] | null {
  if (!storage) return null
  const trouble = storageTrouble(storage)
  if (!trouble || trouble.goesOnByItself) return []
  // That there are more of the same is no news.
  const key = `originals: ${trouble.message.replaceAll(/\d[\d,.]*/g, '#')}`
  return [{ key, title: trouble.title, body: trouble.message, route: '/settings/storage' }]
}

function ofLibrary({ problem }: Standing): Notice[] {
  return problem === null
    ? []
    : [{ key: `library: ${problem}`, title: 'The library needs you', body: problem, route: '/library' }]
}

/** Everything that stands still until a person does something about it, by kind; null: not known yet. */
export const troublesOf = (standing: Standing): (Notice[] | null)[] =>
  [ofLibrary, ofImports, ofAccounts, ofDescriptions, ofOriginals].map(troubles => troubles(standing))
