import { notifyManager, QueryClient, type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query'
import { createBridgeTransport } from './bridge-transport.ts'
import { CallFailed, type CommandName, type Input, type Output, type QueryName } from './contract.ts'
import { httpTransport } from './http-transport.ts'
import { SessionMissing, type Transport } from './transport.ts'

/** The one place that knows where the page lives. */
export const transport: Transport = globalThis.burgInk ? createBridgeTransport(globalThis.burgInk) : httpTransport

/** An expected answer stays the same when asked again; only an app that is out of reach may come back. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof CallFailed || error instanceof SessionMissing)
}

// Before the next frame and not in a later task: a box that was ticked would be drawn empty in between.
notifyManager.setScheduler(queueMicrotask)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The app says what changed, so nothing goes stale by age and nothing is asked for twice.
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      retry: isWorthRetrying,
    },
    mutations: { networkMode: 'always' },
  },
})

export function useCall<N extends QueryName>(
  name: N,
  input: Input<N>,
  options: { isEnabled?: boolean; keepsPrevious?: boolean; everyMs?: number } = {},
): UseQueryResult<Output<N>> {
  return useQuery<Output<N>>({
    queryKey: [name, input],
    queryFn: ({ signal }) => transport.call(name, input, signal),
    enabled: options.isEnabled ?? true,
    ...(options.everyMs && { refetchInterval: options.everyMs }),
    ...(options.keepsPrevious && { placeholderData: previous => previous as never }),
  })
}

/** `changes`: what is asked for anew when it ended. It is pending until that is here, so that nobody goes by what was. */
export function useCommand<N extends CommandName>(name: N, changes: readonly QueryName[] = []) {
  return useMutation<Output<N>, Error, Input<N>>({
    mutationFn: input => transport.call(name, input),
    onSettled: () => Promise.all(changes.map(each => queryClient.invalidateQueries({ queryKey: [each] }))),
  })
}

/** For a person: an expected failure says itself what to do. */
export function messageOf(error: unknown): string {
  if (error instanceof CallFailed || error instanceof SessionMissing) return error.message
  return 'Burg Ink did not answer. Is it still running?'
}
