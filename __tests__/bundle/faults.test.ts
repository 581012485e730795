import { beforeAll, expect, test } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import type { StepResult } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { addresses, LEAVER, Scene } from '../support/scene.ts'

/** What is wrong with the answers about a user, how many calls that takes, and what is reported. */
type Case = readonly [name: string, fault: FaultRule['fault'], requests: 1 | 2, sentence: RegExp]

const answer = (body: unknown, status = 200): FaultRule['fault'] => ({ kind: 'answer', status, body })
const envelope = (parts: object): FaultRule['fault'] =>
  answer({ success: true, errors: [], messages: [], result: true, ...parts })
const refusal = (status: number): FaultRule['fault'] => ({
  kind: 'error',
  status,
  code: 12345,
  message: 'No.',
})

const WITHOUT_RESULT = /without the result that its API reference promises/
const CONTRADICTION = /with "success": true and errors, which contradict each other/
const NOT_CLOUDFLARES = /not in the form of Cloudflare's API/
const RESET = /connection failed \(ECONNRESET\)/
const TOO_LATE = /[Nn]o complete answer arrived in time.*raise `request-timeout`/

const ANSWERS: readonly Case[] = [
  [
    'result: false',
    envelope({ result: false }),
    1,
    /answered "result": false: nothing was revoked .*Check that this is the address/,
  ],
  ['no result', envelope({ result: undefined }), 2, WITHOUT_RESULT],
  ['a result that is null', envelope({ result: null }), 2, WITHOUT_RESULT],
  ['a result that is "true"', envelope({ result: 'true' }), 2, WITHOUT_RESULT],
  ['a result that is 1', envelope({ result: 1 }), 2, WITHOUT_RESULT],
  [
    'success: false with 200',
    envelope({ success: false, errors: [{ code: 12345, message: 'No.' }] }),
    1,
    /200 OK with "success": false: 12345 "No\." \(ray ID/,
  ],
  [
    'errors beside a yes',
    envelope({ errors: [{ code: 10000, message: 'Authentication error' }] }),
    2,
    CONTRADICTION,
  ],
  ['errors that are no list', envelope({ errors: 'none' }), 2, CONTRADICTION],
  ...[302, 400, 502].map((status): Case => [
    `a yes with ${status}`,
    answer({ success: true, errors: [], messages: [], result: true }, status),
    status === 502 ? 2 : 1,
    new RegExp(`${status}`),
  ]),
  ['success: "true"', envelope({ success: 'true' }), 2, NOT_CLOUDFLARES],
  ['no success', envelope({ success: undefined }), 2, NOT_CLOUDFLARES],
  ['JSON that is no object', answer([true]), 2, NOT_CLOUDFLARES],
  ['HTML with 200', answer('<html>Log in</html>'), 2, NOT_CLOUDFLARES],
  ['HTML with 400', answer('<html>Bad</html>', 400), 1, /400 Bad Request.*proxy or firewall/],
  ['HTML with 404', answer('<html>No</html>', 404), 1, /404 Not Found.*not the API: check `api-base-url`/],
  ['HTML with 502', answer('<html>Bad</html>', 502), 2, /502 Bad Gateway.*cloudflarestatus/],
  ['an empty body', answer(''), 2, NOT_CLOUDFLARES],
  ['204', answer('', 204), 2, /204 No Content/],
  ['JSON that ends midway', answer('{"success":true,"result":tr'), 2, NOT_CLOUDFLARES],
  ...[302, 308].map((status): Case => [
    `a redirect with ${status}`,
    { kind: 'redirect', status, location: 'https://login.example.com/' },
    1,
    new RegExp(`redirect \\(${status} .*\\), which is not followed`),
  ]),
  ...[400, 402, 404, 405, 409, 410, 418, 422, 451].map((status): Case => [
    `${status}`,
    refusal(status),
    1,
    new RegExp(`answered ${status} .*12345 "No`),
  ]),
  ...[408, 425, 500, 502, 503, 504, 520, 522, 599].map((status): Case => [
    `${status}`,
    refusal(status),
    2,
    new RegExp(`answered ${status}.*12345 "No`),
  ]),
  ['a reset', { kind: 'reset' }, 2, RESET],
  ['an answer that is lost', { kind: 'lost_answer' }, 2, RESET],
  ['a connection dropped midway through the body', { kind: 'drop_mid_body' }, 2, RESET],
  [
    'a connection dropped midway though the revocation took effect',
    { kind: 'drop_mid_body', applied: true },
    2,
    RESET,
  ],
  ['a body without end', { kind: 'gigantic' }, 2, /larger than any that Cloudflare gives/],
  ['bytes that are not HTTP', { kind: 'garbage' }, 2, /connection failed \(HPE_/],
  ['a chunked body without its end', { kind: 'truncated_chunked' }, 2, /connection failed/],
]

/** In these only the deadline ends the attempt. */
const ENDLESS: readonly Case[] = [
  ['a server that never answers', { kind: 'silence' }, 2, TOO_LATE],
  ['headers, a byte now and then', { kind: 'slow_headers', intervalMs: 40 }, 2, TOO_LATE],
  ['a body, a byte now and then', { kind: 'drip', intervalMs: 40 }, 2, TOO_LATE],
  ['100 Continue without end', { kind: 'endless_continue', intervalMs: 10 }, 2, TOO_LATE],
]

interface Came {
  readonly exitCode: number | null
  readonly revocation: string | undefined
  readonly requests: number
  readonly says: string | undefined
}

/** What came of the user of each case. */
const came = new Map<string, Came>()

/** Runs a step that revokes a user for each case, and one about whom nothing is wrong. */
async function revoke(cases: readonly Case[], timeout: string, speed: number): Promise<StepResult> {
  await using scene = await Scene.openWithoutWaits({}, speed)
  const emails = addresses(cases.length)
  cases.forEach(([, fault], index) => scene.inject({ email: emails[index] ?? '', fault }))
  const email = [LEAVER, ...emails].join()
  const result = await scene.runSource({ email, 'max-attempts': '2', 'request-timeout': timeout })
  const { users } = reportOf(result)
  cases.forEach(([name], index) => {
    const about = emails[index] ?? ''
    came.set(name, {
      exitCode: result.exitCode,
      revocation: users.find((user) => user.email === about && user.status === 'failed')?.revocation,
      requests: scene.api.requests.filter(({ bodyText }) => bodyText.includes(`"${about}"`)).length,
      says: [...result.errors, ...result.log].find((line) => line.includes(`${about}: Not revoked: `)),
    })
  })
  return result
}

const results: StepResult[] = []

beforeAll(async () => {
  results.push(...(await Promise.all([revoke(ANSWERS, '300', 1), revoke(ENDLESS, '10', 10)])))
})

test.each([...ANSWERS, ...ENDLESS])('%s is red', (name, _fault, requests, sentence) => {
  const says: unknown = expect.stringMatching(sentence)
  expect(came.get(name)).toEqual({ exitCode: 1, revocation: 'unconfirmed', requests, says })
})

test('all of them are counted and named in the outputs', () => {
  expect(results[0]?.stderr).toBe('')
  expect(results[0]?.outputs).toEqual({
    revoked: 'false',
    'revoked-count': '1',
    'failed-count': `${ANSWERS.length}`,
    'unknown-count': '0',
    'not-listed-count': '',
    failed: JSON.stringify(addresses(ANSWERS.length)),
    report: expect.stringMatching(/report\.json$/),
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
