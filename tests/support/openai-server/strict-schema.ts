import { badRequest } from './api-error.ts'
import type { JsonSchema } from './asked.ts'

// https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
const notPermitted = [
  ...['allOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas'],
  ...['patternProperties', 'propertyNames', 'unevaluatedProperties', 'contains', 'default'],
]
const nestingMax = 10
const propertiesMax = 5000
const enumValuesMax = 1000

/** @throws {ApiError} when strict mode does not take the schema. */
export function assertStrictSchema(name: string, schema: JsonSchema, param: string): void {
  const refusal = (place: string[], what: string) => {
    const context = `(${place.map(part => `'${part}'`).join(', ')})`
    const message = `Invalid schema for response_format '${name}': In context=${context}, ${what}`
    return badRequest(message, param, 'invalid_json_schema')
  }
  const counts = { properties: 0, enumValues: 0 }

  function walk(node: unknown, place: string[], depth: number): void {
    if (typeof node !== 'object' || node === null) throw refusal(place, 'schema must be an object.')
    const part = node as JsonSchema
    if (depth > nestingMax) throw refusal(place, `schema exceeds the maximum nesting of ${nestingMax} levels.`)
    for (const keyword of notPermitted) if (keyword in part) throw refusal(place, `'${keyword}' is not permitted.`)
    if (Object.keys(part).every(key => key === 'description')) throw refusal(place, "schema must have a 'type' key.")
    if (Array.isArray(part.enum)) counts.enumValues += part.enum.length
    if (hasType(part, 'object')) walkObject(part, place, depth)
    if (hasType(part, 'array') && part.items === undefined) throw refusal(place, 'array schema missing items.')
    if (part.items !== undefined) walk(part.items, [...place, 'items'], depth)
    for (const [index, option] of listOf(part.anyOf).entries()) {
      walk(option, [...place, 'anyOf', String(index)], depth)
    }
    for (const [key, definition] of entriesOf(part.$defs ?? part.definitions)) walk(definition, [...place, key], depth)
  }

  function walkObject(part: JsonSchema, place: string[], depth: number): void {
    if (part.additionalProperties !== false) {
      throw refusal(place, "'additionalProperties' is required to be supplied and to be false.")
    }
    const properties = entriesOf(part.properties)
    counts.properties += properties.length
    const required = listOf(part.required)
    for (const [key, property] of properties) {
      if (!required.includes(key)) {
        throw refusal(
          place,
          `'required' is required to be supplied and to be an array including every key in properties. Missing '${key}'.`,
        )
      }
      walk(property, [...place, 'properties', key], depth + 1)
    }
    const extra = required.find(key => !properties.some(([name]) => name === key))
    if (extra !== undefined) throw refusal(place, `'required' names '${extra}', which is not in properties.`)
  }

  if (schema.type !== 'object')
    throw refusal([], `schema must be a JSON Schema of 'type: "object"', got '${schema.type}'.`)
  if ('anyOf' in schema) throw refusal([], "'anyOf' is not permitted at the root.")
  walk(schema, [], 0)
  if (counts.properties > propertiesMax) throw refusal([], `schema has more than ${propertiesMax} properties.`)
  if (counts.enumValues > enumValuesMax) throw refusal([], `schema has more than ${enumValuesMax} enum values.`)
}

const hasType = ({ type }: JsonSchema, name: string) => type === name || listOf(type).includes(name)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const entriesOf = (value: unknown) => Object.entries((value ?? {}) as JsonSchema)
