import { Worker } from 'node:worker_threads'
import type { Answer, Answers, Question } from './asking.ts'
import { threadEntry } from './threads.ts'

/** The questions of `Answers`, answered by a thread beside this one. */
export type Ask = { [N in keyof Answers]: (...args: Parameters<Answers[N]>) => Promise<ReturnType<Answers[N]>> }

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * Three threads, each of which starts with the first question for it, so that an import without a window does not pay for
 * them. Comparing half a million pictures takes seconds when it is done for the first time, and telling all of them a
 * minute: no list waits for that.
 */
export function createAsk(databasePath: string): { ask: Ask; stop(): Promise<void> } {
  const lists = createThread(databasePath)
  const comparing = createThread(databasePath)
  const publishing = createThread(databasePath)
  const ask = {
    page: lists.question('page'),
    index: lists.question('index'),
    countUpTo: lists.question('countUpTo'),
    facets: lists.question('facets'),
    chosenPart: lists.question('chosenPart'),
    suggestTags: lists.question('suggestTags'),
    suggestValues: lists.question('suggestValues'),
    commonSuggestions: comparing.question('commonSuggestions'),
    similarByLook: comparing.question('similarByLook'),
    similarByMeaning: comparing.question('similarByMeaning'),
    nearDuplicates: comparing.question('nearDuplicates'),
    sidecarDifferences: publishing.question('sidecarDifferences'),
    publishedPage: publishing.question('publishedPage'),
    planRows: publishing.question('planRows'),
  } as Ask
  return {
    ask,
    async stop() {
      await Promise.all([lists.stop(), comparing.stop(), publishing.stop()])
    },
  }
}

function createThread(databasePath: string) {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let lastId = 0

  function start(): Worker {
    const started = new Worker(threadEntry('asking'), { workerData: databasePath })
    started.unref()
    started.on('message', settle)
    // The next question starts another.
    started.on('error', error => abandon(error))
    started.on('exit', () => abandon(new Error('The library was closed.')))
    return started
  }

  function settle(answer: Answer): void {
    const asker = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asker?.reject(new Error(answer.error))
    else asker?.resolve(answer.value)
  }

  function abandon(error: Error): void {
    worker = undefined
    for (const asker of waiting.values()) asker.reject(error)
    waiting.clear()
  }

  function question(name: Question['name']) {
    return (...args: unknown[]): Promise<unknown> => {
      worker ??= start()
      const id = ++lastId
      worker.postMessage({ id, name, args } satisfies Question)
      return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }))
    }
  }

  return {
    question,
    async stop() {
      await worker?.terminate()
    },
  }
}
