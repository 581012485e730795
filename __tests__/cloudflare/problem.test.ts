import { expect, test } from '@jest/globals'
import type { ConnectionFailure } from '../../src/cloudflare/http-exchange.ts'
import { connectionFailure } from '../../src/cloudflare/problem.ts'

test.each<[Omit<ConnectionFailure, 'kind'>, RegExp, RegExp | undefined]>([
  [{ cause: 'timeout' }, /No complete answer arrived in time/, /`request-timeout`/],
  [{ cause: 'too_large' }, /larger than any/, /proxy or firewall/],
  [{ cause: 'cancelled' }, /The run was cancelled/, undefined],
  [{ cause: 'network' }, /^The connection failed$/, /HTTPS_PROXY/],
  [{ cause: 'network', code: 'ECONNRESET' }, /failed \(ECONNRESET\)$/, /HTTPS_PROXY/],
  [{ cause: 'network', code: 'EAI_AGAIN' }, /EAI_AGAIN/, /could not be resolved/],
  [{ cause: 'network', code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, /ISSUER_CERT/, /NODE_EXTRA_CA_CERTS/],
  [{ cause: 'network', code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /ALTNAME/, /NODE_EXTRA_CA_CERTS/],
])('%j', (parts, what, remedy) => {
  const problem = connectionFailure({ kind: 'no_answer', ...parts })
  expect(problem.scope).toBe('transient')
  expect(problem.what).toMatch(what)
  if (remedy === undefined) expect(problem.remedy).toBeUndefined()
  else expect(problem.remedy).toMatch(remedy)
})
