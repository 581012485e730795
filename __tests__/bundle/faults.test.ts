import { describe, expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { LEAVER, Scene } from '../support/scene.ts'

type Case = readonly [name: string, fault: FaultRule['fault'], requests: 1 | 2, sentence: RegExp]

const envelope = (parts: object): FaultRule['fault'] => ({
  kind: 'answer',
  status: 200,
  body: { success: true, errors: [], messages: [], result: true, ...parts },
})
const refusal = (status: number): FaultRule['fault'] => ({
  kind: 'error',
  status,
  code: 12345,
  message: 'No.',
})

const ANSWERS: readonly Case[] = [
  [
    'result: false',
    envelope({ result: false }),
    1,
    /answered "result": false: nothing was revoked .*Check that this is the address/,
  ],
  [
    'result: false, without ray ID',
    {
      kind: 'answer',
      status: 200,
      headers: { 'cf-ray': null },
      body: { success: true, result: false },
    },
    1,
    /nothing was revoked\. Check/,
  ],
  ['no result', envelope({ result: undefined }), 2, /without the result that its API reference promises/],
  [
    'a result that is null',
    envelope({ result: null }),
    2,
    /without the result that its API reference promises/,
  ],
  [
    'a result that is "true"',
    envelope({ result: 'true' }),
    2,
    /without the result that its API reference promises/,
  ],
  ['a result that is 1', envelope({ result: 1 }), 2, /without the result that its API reference promises/],
  [
    'success: false with 200',
    envelope({ success: false, errors: [{ code: 12345, message: 'No.' }] }),
    1,
    /200 OK with "success": false: 12345 "No\." \(ray ID/,
  ],
  ['success: "true"', envelope({ success: 'true' }), 2, /not in the form of Cloudflare's API/],
  ['no success', envelope({ success: undefined }), 2, /not in the form of Cloudflare's API/],
  [
    'JSON that is no object',
    { kind: 'answer', status: 200, body: [true] },
    2,
    /not in the form of Cloudflare's API/,
  ],
  [
    'HTML with 200',
    { kind: 'answer', status: 200, body: '<html>Log in</html>' },
    2,
    /not in the form of Cloudflare's API/,
  ],
  [
    'HTML with 403',
    { kind: 'answer', status: 403, body: '<html>Blocked</html>' },
    2,
    /in front of Cloudflare's API answered 403 Forbidden.*runner's IP address/,
  ],
  [
    'HTML with 401',
    { kind: 'answer', status: 401, body: '<html>Log in</html>' },
    1,
    /401 Unauthorized.*whether a proxy asks for a login/,
  ],
  [
    'HTML with 400',
    { kind: 'answer', status: 400, body: '<html>Bad request</html>' },
    1,
    /400 Bad Request.*proxy or firewall/,
  ],
  [
    'HTML with 404',
    { kind: 'answer', status: 404, body: '<html>Nothing</html>' },
    1,
    /404 Not Found.*This is not the API: check `api-base-url`/,
  ],
  [
    'HTML with 502',
    { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' },
    2,
    /502 Bad Gateway.*cloudflarestatus/,
  ],
  ['an empty body', { kind: 'answer', status: 200, body: '' }, 2, /not in the form of Cloudflare's API/],
  ['204', { kind: 'answer', status: 204, body: '' }, 2, /204 No Content/],
  [
    'JSON that ends midway',
    { kind: 'answer', status: 200, body: '{"success":true,"result":tr' },
    2,
    /not in the form of Cloudflare's API/,
  ],
  [
    'a redirect',
    { kind: 'redirect', status: 302, location: 'https://login.example.com/' },
    1,
    /redirect \(302 Found\), which is not followed/,
  ],
  [
    'a permanent redirect',
    { kind: 'redirect', status: 308, location: 'https://login.example.com/' },
    1,
    /redirect \(308 Permanent Redirect\)/,
  ],
  ...[400, 402, 405, 409, 410, 418, 422, 451].map((status): Case => [
    `${status}`,
    refusal(status),
    1,
    new RegExp(`answered ${status} .*12345 "No`),
  ]),
  ['401', refusal(401), 1, /401 Unauthorized: 12345 "No\." \(ray ID [^)]*\)\.$/],
  [
    '403',
    { kind: 'error', status: 403, code: 10000, message: 'Forbidden' },
    1,
    /lacks a permission\. Give it the account permission "Access: Organizations Revoke" or "Access: Organizations, Identity Providers, and Groups Revoke"\.$/,
  ],
  ['404', refusal(404), 1, /404 Not Found: 12345 "No/],
  ...[408, 425, 500, 502, 503, 504, 520, 522, 599].map((status): Case => [
    `${status}`,
    refusal(status),
    2,
    new RegExp(`answered ${status}.*12345 "No`),
  ]),
]

const CONNECTIONS: readonly Case[] = [
  ['a reset', { kind: 'reset' }, 2, /connection failed \(ECONNRESET\)/],
  ['an answer that is lost', { kind: 'lost_answer' }, 2, /connection failed \(ECONNRESET\)/],
  [
    'a connection dropped midway through the body',
    { kind: 'drop_mid_body' },
    2,
    /connection failed \(ECONNRESET\)/,
  ],
  [
    'a connection dropped midway though the revocation took effect',
    { kind: 'drop_mid_body', applied: true },
    2,
    /connection failed \(ECONNRESET\)/,
  ],
  ['a body without end', { kind: 'gigantic' }, 2, /larger than any that Cloudflare gives/],
  ['bytes that are not HTTP', { kind: 'garbage' }, 2, /connection failed \(HPE_/],
  ['a chunked body without its end', { kind: 'truncated_chunked' }, 2, /connection failed/],
]

/** In these only the deadline ends the attempt. */
const ENDLESS: readonly Case[] = [
  [
    'a server that never answers',
    { kind: 'silence' },
    2,
    /[Nn]o complete answer arrived in time.*raise `request-timeout`/,
  ],
  [
    'headers, a byte now and then',
    { kind: 'slow_headers', intervalMs: 40 },
    2,
    /[Nn]o complete answer arrived in time/,
  ],
  [
    'a body, a byte now and then',
    { kind: 'drip', intervalMs: 40 },
    2,
    /[Nn]o complete answer arrived in time/,
  ],
  [
    '100 Continue without end',
    { kind: 'endless_continue', intervalMs: 10 },
    2,
    /[Nn]o complete answer arrived in time/,
  ],
]

describe.each([
  { cases: [...ANSWERS, ...CONNECTIONS], timeout: '300', speed: 1 },
  { cases: ENDLESS, timeout: '10', speed: 10 },
])('with a timeout of $timeout s', ({ cases, timeout, speed }) => {
  test.concurrent.each(cases)('%s is red', async (_name, fault, requests, sentence) => {
    await using scene = await Scene.openWithoutWaits({}, speed)
    const result = await scene
      .inject({ operation: 'revoke_user', fault })
      .run({ 'max-attempts': '2', 'request-timeout': timeout })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toEqual({
      revoked: 'false',
      'revoked-count': '0',
      'failed-count': '1',
      'unknown-count': '0',
      'not-listed-count': '',
      failed: JSON.stringify([LEAVER]),
      report: expect.stringMatching(/report\.json$/),
    })
    expect(result.errors).toEqual([expect.stringMatching(sentence), '1 user not revoked.'])
    expect(scene.api.requests).toHaveLength(requests)
    expect(result.stderr).toBe('')
  })
})

test.concurrent('a transient failure that passes is green', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ times: 1, fault: { kind: 'lost_answer' } }, { times: 1, fault: refusal(503) })
  const result = await scene.run({ 'max-attempts': '3', 'request-timeout': '300' })
  expect(result.exitCode).toBe(0)
  expect(result.outputs['revoked']).toBe('true')
  expect(result.errors).toEqual([])
  expect(result.log.filter((line) => /attempt . of 3 failed, trying again in/.test(line))).toHaveLength(2)
  expect(scene.api.requests).toHaveLength(3)
})

test.concurrent('credentials never follow a redirect to another host', async () => {
  await using elsewhere = await Scene.open()
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'redirect', status: 307, location: `${elsewhere.api.baseUrl}/user` } })
  expect((await scene.run()).exitCode).toBe(1)
  expect(elsewhere.api.requests).toHaveLength(0)
})
