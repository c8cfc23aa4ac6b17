import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { testConnection } from '../../../src/main/storage/index.ts'
import { expired, ofAnotherHost, ofThisMachine, privateKey } from '../../support/certificates.ts'
import { startS3World } from '../../support/s3-world.ts'

function trust(certificate: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate])
  onTestFinished(() => setDefaultCACertificates(before))
}

/** @returns its address, and what was asked of it. */
async function startHttps(cert: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer({ key: privateKey, cert }, (request, answer) => {
    asked.push(request.url ?? '')
    answer.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

test.each([
  ['that nobody vouches for', ofThisMachine, false, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['that has expired', expired, true, 'CERT_HAS_EXPIRED'],
  ['of another host', ofAnotherHost, true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('tells nothing to a server with a certificate %s', async (_name, certificate, isTrusted, errno) => {
  const { config } = await startS3World()
  const { url, asked } = await startHttps(certificate)
  if (isTrusted) trust(certificate)
  expect(await testConnection({ ...config, endpoint: url })).toEqual({
    ok: false,
    step: 'write',
    code: 'tls',
    message: expect.stringContaining(errno),
  })
  expect(asked).toEqual([])
})

test('speaks to a server whose certificate is good', async () => {
  const { config } = await startS3World()
  const { url, asked } = await startHttps(ofThisMachine)
  trust(ofThisMachine)
  expect(await testConnection({ ...config, endpoint: url })).toMatchObject({ ok: false })
  expect(asked).not.toEqual([])
})

test('says that a server without TLS is no store', async () => {
  const { config, proxy } = await startS3World()
  const endpoint = proxy.url.replace('http:', 'https:')
  expect(await testConnection({ ...config, endpoint })).toMatchObject({ ok: false, code: 'bad-endpoint' })
})
