import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { applicationId } from '../../../src/main/desktop/application-id.ts'
import { linkScheme } from '../../../src/main/desktop/links.ts'

it('the program calls itself as its package does', () => {
  const packaging = readFileSync(join(import.meta.dirname, '../../../electron-builder.config.mjs'), 'utf8')
  expect(packaging).toContain(`appId: '${applicationId}'`)
  expect(packaging).toContain(`schemes: ['${linkScheme}']`)
})
