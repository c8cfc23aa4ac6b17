import type { z } from 'zod'
import { badRequest } from './api-error.ts'

type Issue = z.core.$ZodIssue

/** The body as the schema has it. @throws {ApiError} about the first that is wrong, in OpenAI's words. */
export function checked<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = deepest(parsed.error.issues[0] as Issue)
  const param = nameOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, issue.keys[0] ?? ''])
    throw badRequest(`Unknown parameter: '${unknown}'.`, unknown, 'unknown_parameter')
  }
  if (isMissing(body, issue.path)) {
    throw badRequest(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter')
  }
  const code = issue.code === 'invalid_type' ? 'invalid_type' : codeOf(issue)
  throw badRequest(`Invalid '${param}': ${issue.message}.`, param, code)
}

/** Of a choice, the option that went furthest says what is wrong. */
function deepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const inner = issue.errors.flatMap(issues => issues.slice(0, 1))
  const furthest = inner.sort((a, b) => b.path.length - a.path.length)[0]
  if (!furthest || furthest.path.length === 0) return issue
  return deepest({ ...furthest, path: [...issue.path, ...furthest.path] })
}

function codeOf(issue: Issue): string {
  if (issue.code === 'too_small') return issue.origin === 'array' ? 'array_below_min_length' : 'integer_below_min_value'
  if (issue.code === 'too_big') return issue.origin === 'array' ? 'array_above_max_length' : 'integer_above_max_value'
  return 'invalid_value'
}

function isMissing(body: unknown, path: PropertyKey[]): boolean {
  let value = body
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  return value === undefined
}

/** `input[0].content[1].detail`. */
const nameOf = (path: PropertyKey[]) =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`)).join('')
