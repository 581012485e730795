import { expect, test } from '@jest/globals'
import { testWithSignals } from '../support/platform.ts'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { reportOf } from '../support/report.ts'
import { Scene, type With } from '../support/scene.ts'

const SPEED = 20
const list = (count: number, more: With = {}): With => ({
  email: Array.from({ length: count }, (_, index) => `user${index}@example.com`).join('\n'),
  'request-timeout': '300',
  ...more,
})
const ok = { success: true, result: true }
const gap = ({ api: { requests } }: Scene, index: number): number =>
  (requests[index]?.receivedAt ?? 0) - (requests[index - 1]?.answeredAt ?? 0)

test('an answer without rate-limit headers counts as a call made', async () => {
  await using scene = await Scene.open({ rateLimit: { quota: 10, windowMs: 5_000 } }, SPEED)
  scene.inject({
    email: 'user8@example.com',
    times: 1,
    fault: { kind: 'answer', status: 502, body: '<html>' },
  })
  const result = await scene.run(list(20, { concurrency: '1' }))
  expect(result.exitCode).toBe(0)
  expect(scene.api.rateLimitHits).toBe(0)
})

test('a window that began since and is used up by others is waited for to its own end', async () => {
  await using scene = await Scene.open({ rateLimit: false }, SPEED)
  scene.inject(
    { times: 1, fault: { kind: 'answer', status: 200, headers: { Ratelimit: '"a";r=5;t=3' }, body: ok } },
    { times: 1, fault: { kind: 'answer', status: 200, headers: { Ratelimit: '"a";r=0;t=20' }, body: ok } },
  )
  await scene.run(list(3, { concurrency: '1' }))
  expect(gap(scene, 2)).toBeGreaterThanOrEqual(19_500)
})

test('a refusal that concerns everybody is met by one call, also after a hold', async () => {
  await using scene = await Scene.open({ rateLimit: { quota: 10, windowMs: 5_000 } }, SPEED)
  scene.inject({
    after: 10,
    fault: { kind: 'error', status: 403, code: 10000, message: 'Authentication error' },
  })
  await scene.run(list(60, { concurrency: '20' }))
  expect(scene.api.requests).toHaveLength(11)
})

test('the token is kept out of report and summary, wherever an answer repeats it, and texts stay short', async () => {
  await using scene = await Scene.open()
  const escaped = DEMO_TOKEN.replace('c', '\\u0063')
  const body = `{"success": true, "result": {"status": "${escaped} ${'x'.repeat(1_000_000)}", "expires_on": "${DEMO_TOKEN}"}}`
  scene.inject({
    fault: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body },
  })
  const result = await scene.run({ ...list(3), 'dry-run': 'true' })
  expect(result.exitCode).toBe(1)
  expect(`${result.report}${result.summary}${result.log.join('')}${result.errors.join('')}`).not.toContain(
    DEMO_TOKEN,
  )
  expect(result.report.length).toBeLessThan(10_000)
})

test('why users were skipped is plain text in the summary, whatever the API said', async () => {
  await using scene = await Scene.open()
  const message = '@octocat #1 :smile: `x` <img src=x>'
  scene.inject({ fault: { kind: 'error', status: 401, code: 1, message } })
  const result = await scene.run({ ...list(2), 'dry-run': 'true' })
  expect(result.summary).toContain('<code>The API token could not be confirmed:')
  expect(result.summary).not.toMatch(/<img|<code>x<\/code>/)
})

test('an address is masked before its message is cut', async () => {
  await using scene = await Scene.open()
  for (let length = 275; length < 300; length += 6) {
    scene.inject({
      times: 1,
      fault: { kind: 'error', status: 400, code: 1, message: `${'x'.repeat(length)} LEAVER@example.com` },
    })
    const result = await scene.run({ 'mask-emails': 'true' })
    expect(`${result.errors.join('')}${result.summary}`).not.toMatch(/leaver@/i)
  }
})

test('fifteen minutes without any answer are not blamed on the rate limit', async () => {
  await using scene = await Scene.open({}, 500)
  const result = await scene.run(
    list(3, { 'api-base-url': 'http://127.0.0.1:1', 'max-attempts': '10', 'request-timeout': '300' }),
  )
  expect(result.exitCode).toBe(1)
  expect(result.errors.join('\n')).not.toMatch(/429/)
})

test('a dry run checks the credential even where nobody is due', async () => {
  await using scene = await Scene.open()
  const email = '[{"email": "a@example.com", "revoke_after": "2999-01-01"}]'
  const result = await scene.run({ email, 'dry-run': 'true', 'api-token': 'unknown' })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(/could not be confirmed/)
})

test('the hold of a 503 says what it is', async () => {
  await using scene = await Scene.open({}, SPEED)
  scene.inject({
    times: 1,
    fault: { kind: 'answer', status: 503, headers: { 'Retry-After': '5' }, body: '' },
  })
  const result = await scene.run()
  expect(result.log.join('\n')).toMatch(/Cloudflare is unavailable and asks to wait: waiting [45] s/)
})

testWithSignals('a dry run that is cancelled does not speak of a check that failed', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '60' } })
  const result = await scene.run(
    { ...list(2), 'dry-run': 'true' },
    {
      onLine: (line, kill) => {
        if (line.includes('leaves no room')) kill('SIGINT')
      },
    },
  )
  expect(result.errors.at(-1)).toBe(
    'Dry run, not finished: 2 skipped. The run was stopped: The run was cancelled (SIGINT).',
  )
  expect(reportOf(result).totals).toMatchObject({ skipped: 2 })
})

testWithSignals(
  'a cancelled run writes outputs, report and summary, however early the signal comes',
  async () => {
    await using scene = await Scene.open()
    const addresses = Array.from({ length: 3_000 }, (_, index) => `user${index}@example.com`).join('\n')
    let killed = false
    const result = await scene.run(
      { email: null, 'users-file': 'l.txt', 'max-users': '5000', 'mask-emails': 'true' },
      {
        files: { 'l.txt': addresses },
        onLine: (_line, kill) => {
          if (!killed) kill('SIGINT')
          killed = true
        },
      },
    )
    expect(result.exitCode).toBe(1)
    expect(result.outputs['failed-count']).not.toBe('')
    expect(reportOf(result).users).toHaveLength(3_000)
  },
)
