import { expect, test } from '@jest/globals'
import type { NoAnswer } from '../../src/cloudflare/http-exchange.ts'
import { noAnswer } from '../../src/cloudflare/problem.ts'

test.each<[NoAnswer, RegExp, RegExp | undefined]>([
  [{ kind: 'no_answer', cause: 'timeout' }, /No complete answer arrived in time/, /`request-timeout`/],
  [{ kind: 'no_answer', cause: 'too_large' }, /larger than any/, /proxy or firewall/],
  [{ kind: 'no_answer', cause: 'cancelled' }, /The run was cancelled/, undefined],
  [{ kind: 'no_answer', cause: 'network' }, /^The connection failed$/, /HTTPS_PROXY/],
  [{ kind: 'no_answer', cause: 'network', code: 'ECONNRESET' }, /failed \(ECONNRESET\)$/, /HTTPS_PROXY/],
  [{ kind: 'no_answer', cause: 'network', code: 'EAI_AGAIN' }, /EAI_AGAIN/, /could not be resolved/],
  [
    { kind: 'no_answer', cause: 'network', code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' },
    /ISSUER_CERT/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    { kind: 'no_answer', cause: 'network', code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    /ALTNAME/,
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    { kind: 'no_answer', cause: 'proxy', code: '502' },
    /^The proxy answered 502 Bad Gateway to CONNECT$/,
    /Check `HTTPS_PROXY`/,
  ],
])('%j', (exchange, what, remedy) => {
  const { failure, problem } = noAnswer(exchange)
  expect(failure).toBe('transient')
  expect(problem.scope).toBe('transient')
  expect(problem.what).toMatch(what)
  if (remedy === undefined) expect(problem.remedy).toBeUndefined()
  else expect(problem.remedy).toMatch(remedy)
})

test('a proxy that asks for a login is not asked again', () => {
  expect(noAnswer({ kind: 'no_answer', cause: 'proxy', code: '407' })).toMatchObject({
    failure: 'other',
    problem: {
      what: 'The proxy answered 407 Proxy Authentication Required to CONNECT',
      remedy: expect.stringMatching(/user name and the password/),
      scope: 'all_users',
    },
  })
})
