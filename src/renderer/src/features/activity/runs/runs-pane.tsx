import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { queryClient, transport, useCall } from '../../../lib/api.ts'
import { useCommands } from '../../../lib/commands.ts'
import type { Output, RunCount, RunFilter, ShownRun } from '../../../lib/contract.ts'
import { formatCount } from '../../../lib/format.ts'
import { onRunsChanged } from '../../../lib/live.ts'
import { go } from '../../../lib/route.ts'
import { byFunction, runTitle } from '../../../lib/run-words.ts'
import type { RunsSpot } from '../../../lib/runs-spot.ts'
import { runLooks, StatusMark } from '../../../ui/status-mark.tsx'
import { RunDetail } from './run-detail.tsx'
import { RunList } from './run-list.tsx'
import './runs.css'

const pageSize = 100
/** Whoever scrolled further sees rows as they were when they came into view. */
const pagesRefreshed = 10

const show = (spot: RunsSpot, change: Partial<RunsSpot>): void =>
  go({ runs: { ...spot, ...change } }, { replaces: true })

function useRuns({ functionId, state }: RunsSpot) {
  const asked = { ...(functionId && { functionId }), ...(state && { state }), limit: pageSize }
  const queryKey = ['runs.list', asked]
  const key = JSON.stringify(queryKey)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all that the query is of.
  useEffect(
    () =>
      onRunsChanged(() => {
        const loaded = queryClient.getQueryData<{ pages: unknown[] }>(queryKey)?.pages.length ?? 0
        if (loaded <= pagesRefreshed) void queryClient.invalidateQueries({ queryKey })
      }),
    [key],
  )
  return useInfiniteQuery<Output<'runs.list'>, Error, { pages: Output<'runs.list'>[] }, unknown[], number | null>({
    queryKey,
    queryFn: ({ pageParam, signal }) => transport.call('runs.list', { ...asked, after: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: page => page.nextAfter ?? undefined,
  })
}

/** Every piece of work there was lately: how it went, step by step, whatever did it. */
export function RunsPane({ spot }: { spot: RunsSpot }) {
  const counts = useCall('runs.counts', {})
  const list = useRuns(spot)
  const runs = list.data?.pages.flatMap(page => page.items) ?? []
  useSteps(runs, spot)
  return (
    <div className="activity-panes">
      <nav className="sync-list" aria-label="Kinds of work">
        <KindItem spot={spot} functionId={null} counts={counts.data ?? []} />
        {kindsOf(counts.data ?? []).map(functionId => (
          <KindItem key={functionId} spot={spot} functionId={functionId} counts={counts.data ?? []} />
        ))}
      </nav>
      <section className="runs" aria-label="Work">
        <StateFilters spot={spot} counts={counts.data ?? []} />
        <RunList
          runs={runs}
          chosenId={spot.runId}
          isLoaded={list.data !== undefined}
          error={list.error}
          onChoose={runId => show(spot, { runId })}
          onEnd={() => {
            if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage()
          }}
        />
      </section>
      {spot.runId && <RunDetail key={spot.runId} id={spot.runId} onClose={() => show(spot, { runId: null })} />}
    </div>
  )
}

/** The keyboard's way through the list. */
function useSteps(runs: readonly ShownRun[], spot: RunsSpot): void {
  const step = (by: number): void => {
    const at = runs.findIndex(({ id }) => id === spot.runId)
    const next = runs[at === -1 ? 0 : at + by]
    if (next) show(spot, { runId: next.id })
  }
  const isAvailable = (): boolean => runs.length > 0
  useCommands([
    {
      id: 'runs.next',
      title: 'Next piece of work',
      group: 'Activity',
      keys: ['ArrowDown'],
      isAvailable,
      run: () => step(1),
    },
    {
      id: 'runs.previous',
      title: 'Previous piece of work',
      group: 'Activity',
      keys: ['ArrowUp'],
      isAvailable,
      run: () => step(-1),
    },
  ])
}

const kindsOf = (counts: readonly RunCount[]): string[] =>
  [...new Set(counts.map(({ functionId }) => functionId))].sort(byFunction)

const sum = (counts: readonly RunCount[]): number => counts.reduce((all, { count }) => all + count, 0)

interface KindItemProps {
  spot: RunsSpot
  /** Null: all kinds. */
  functionId: string | null
  counts: readonly RunCount[]
}

function KindItem({ spot, functionId, counts }: KindItemProps) {
  const own = counts.filter(count => functionId === null || count.functionId === functionId)
  const failed = sum(own.filter(({ state }) => state === 'failed'))
  return (
    <button
      type="button"
      className="sync-item"
      aria-current={spot.functionId === functionId}
      onClick={() => show(spot, { functionId, runId: null })}
    >
      <span className="sync-item-name">{functionId === null ? 'All work' : runTitle(functionId)}</span>
      <span className="sync-item-line">
        {formatCount(sum(own))}
        {failed > 0 && `, ${formatCount(failed)} failed`}
      </span>
    </button>
  )
}

const filters: readonly RunFilter[] = ['running', 'completed', 'failed', 'cancelled', 'lost']
const usual: readonly RunFilter[] = ['running', 'completed', 'failed']

function StateFilters({ spot, counts }: { spot: RunsSpot; counts: readonly RunCount[] }) {
  const own = counts.filter(count => spot.functionId === null || count.functionId === spot.functionId)
  const countOf = (state: RunFilter): number => sum(own.filter(count => count.state === state))
  const choose = (state: RunFilter | null): void => show(spot, { state, runId: null })
  // What is seldom is there when there is some of it.
  const isShown = (state: RunFilter): boolean => usual.includes(state) || spot.state === state || countOf(state) > 0
  return (
    <fieldset className="outcome-filters runs-filters">
      <legend className="visually-hidden">Work by how it ended</legend>
      <button type="button" className="facet" aria-pressed={spot.state === null} onClick={() => choose(null)}>
        All <span className="facet-count">{formatCount(sum(own))}</span>
      </button>
      {filters.filter(isShown).map(state => (
        <button
          key={state}
          type="button"
          className="facet"
          aria-pressed={spot.state === state}
          onClick={() => choose(spot.state === state ? null : state)}
        >
          <StatusMark look={runLooks[state]} />
          <span className="facet-count">{formatCount(countOf(state))}</span>
        </button>
      ))}
    </fieldset>
  )
}
