import { expect, test } from 'vitest'
import { isOwnPage, isWebAddress, mayOpenOutside, pageAddress } from '../../../src/main/desktop/addresses.ts'
import { driveFileAddress, driveFolderAddress } from '../../../src/renderer/src/lib/files.ts'

const own = pageAddress(true)

test.for(['app://burg-ink/', 'app://burg-ink/index.html#/activity'])('%s is the page', url => {
  expect(isOwnPage(url, own)).toBe(true)
})

test.for([
  'app://burg-ink.evil/',
  'app://evil/',
  'media://burg-ink/1/original',
  'http://burg-ink/',
  'https://app//burg-ink/',
  'file:///app://burg-ink/',
  'data:text/html,app://burg-ink/',
  'about:blank',
  'app:burg-ink',
  '',
  undefined,
])('%s is not', url => {
  expect(isOwnPage(url, own)).toBe(false)
})

test.for([
  'https://console.cloud.google.com/auth/clients',
  'https://platform.openai.com/api-keys',
  driveFileAddress('1aB_c-D'),
  driveFolderAddress('1aB_c-D'),
  // What a file is called leads nowhere else.
  driveFileAddress('../../evil.example/@x?y#z'),
])('%s may be opened outside', url => expect(mayOpenOutside(url)).toBe(true))

test.for([
  'http://platform.openai.com/',
  'https://platform.openai.com.evil.example/',
  'https://platform.openai.com@evil.example/',
  'https://user:word@platform.openai.com/',
  'https://evil.example/#platform.openai.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://server/share',
  'ms-settings:privacy',
  'burg-ink://activity',
  '//platform.openai.com/',
  '',
])('%s may not', url => expect(mayOpenOutside(url)).toBe(false))

test('a packaged program never takes its page from a server of a developer', () => {
  process.env.ELECTRON_RENDERER_URL = 'http://localhost:5173'
  try {
    expect(pageAddress(true)).toBe('app://burg-ink/')
    expect(pageAddress(false)).toBe('http://localhost:5173')
  } finally {
    delete process.env.ELECTRON_RENDERER_URL
  }
})

test('a dashboard is a page of the web, and no program or file', () => {
  const opened = ['http://127.0.0.1:8288', 'https://inngest.example.org/runs'].map(isWebAddress)
  const refused = ['file:///etc/passwd', 'javascript:alert(1)', 'smb://host/x', 'https://a:b@x.example', ''].map(
    isWebAddress,
  )
  expect([opened, refused]).toEqual([
    [true, true],
    [false, false, false, false, false],
  ])
})
