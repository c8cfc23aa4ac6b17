import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'

interface Step {
  uses?: string
  run?: string
}
interface Job {
  permissions?: object
  'timeout-minutes'?: number
  steps: Step[]
}
interface Workflow {
  permissions: object
  concurrency?: object
  jobs: Record<string, Job>
}

const project = join(import.meta.dirname, '../../..')
const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
const paths = globSync('.github/workflows/*.yml', { cwd: project })
/** Named after a pattern in the commands of a workflow. */
const namesIn = (commands: string, pattern: RegExp) => [...commands.matchAll(pattern)].map(([, name = '']) => name)

test('there are workflows for every change and for releases', () => {
  expect(paths.map(path => path.split(/[\\/]/).at(-1)).sort()).toEqual(['ci.yml', 'release.yml'])
})

// They run where no test here does: at least what they call is there.
describe.for(paths)('%s', path => {
  const { jobs, permissions, concurrency } = parse(readFileSync(join(project, path), 'utf8')) as Workflow
  const steps = Object.values(jobs).flatMap(job => job.steps)
  const commands = steps.map(({ run = '' }) => run).join('\n')

  test('calls scripts that there are', () => {
    const called = namesIn(commands, /npm (?:run )?([a-z-]+)/g).filter(name => name !== 'ci' && name !== 'rebuild')
    expect(called.length).toBeGreaterThan(0)
    expect(called.filter(name => !(name in scripts))).toEqual([])
    for (const script of namesIn(commands, /node (scripts\/\S+)/g)) expect(existsSync(join(project, script))).toBe(true)
  })

  test('calls commands of packages that are installed', () => {
    const called = namesIn(commands, /npx --no (\S+)/g)
    expect(called.length).toBeGreaterThan(0)
    expect(called.filter(name => !existsSync(join(project, 'node_modules/.bin', name)))).toEqual([])
  })

  test('runs no code of others but what was looked at', () => {
    const used = steps.flatMap(({ uses }) => uses ?? [])
    expect(used.length).toBeGreaterThan(0)
    expect(used.filter(action => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(action))).toEqual([])
  })

  test('may read, and ends', () => {
    expect(permissions).toEqual({ contents: 'read' })
    expect(concurrency).toBeDefined()
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
  })

  test('puts nothing that a stranger can write into a command', () => {
    expect(commands).not.toContain('${{')
  })
})
