import { expect } from '@jest/globals'
import type { FaultRule } from '../../embedded-api/server.ts'
import { concurrentWithSignals } from '../support/platform.ts'
import { reportOf } from '../support/report.ts'
import { addresses, LEAVER, Scene, type Settings } from '../support/scene.ts'

const many = addresses(40)

type OnLine = NonNullable<Settings['onLine']>

/** Sends a signal once the API has got so many requests. */
function whenAsked({ api }: Scene, requests: number): OnLine {
  return (line, kill) => {
    if (!line.startsWith('Revoking')) return
    const timer = setInterval(() => {
      if (api.requests.length < requests) return
      clearInterval(timer)
      kill('SIGINT')
    }, 5)
  }
}

/** Sends a signal at the first line that matches. */
function atLine(pattern: RegExp, signal: NodeJS.Signals = 'SIGINT'): OnLine {
  let isSent = false
  return (line, kill) => {
    if (!isSent && pattern.test(line)) kill(signal)
    isSent ||= pattern.test(line)
  }
}

concurrentWithSignals.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: nothing new starts, what is in flight may finish, the rest is skipped',
  async (signal) => {
    await using scene = await Scene.open({ latencyMs: 30 })
    const result = await scene.runSource(
      { email: many.join('\n'), concurrency: '5' },
      { onLine: atLine(/^user9@/, signal) },
    )
    expect(result.exitCode).toBe(1)
    const { users, totals } = reportOf(result)
    expect(users.map(({ email }) => email)).toEqual(many)
    expect(totals.failed).toBe(0)
    expect(totals.skipped).toBeGreaterThan(0)
    expect(totals.revoked).toBe(scene.api.requests.length)
    expect(result.outputs['failed-count']).toBe(String(totals.skipped))
    expect(result.outputs['revoked']).toBe('false')
    expect(result.log.join('\n')).toContain(`The run was cancelled (${signal}). Nothing more is sent.`)
    expect(result.errors.at(-1)).toContain(` The run was cancelled (${signal}). Run the step again.`)
    expect(result.summary).toMatch(/skipped/)
  },
)

concurrentWithSignals('what does not finish within five seconds is failed, not for sure', async () => {
  await using scene = await Scene.openWithoutWaits({}, 10)
  scene.inject({ fault: { kind: 'silence', applied: true } })
  const result = await scene.runSource({ 'request-timeout': '300' }, { onLine: whenAsked(scene, 1) })
  expect(result.exitCode).toBe(1)
  expect(reportOf(result).users).toMatchObject([
    {
      status: 'failed',
      revocation: 'unconfirmed',
      errors: [{ message: 'The run was cancelled before the answer arrived' }],
    },
  ])
})

concurrentWithSignals('a run that is cancelled is red, even if all users are revoked', async () => {
  await using scene = await Scene.open({ latencyMs: 200 })
  const result = await scene.runSource({}, { onLine: whenAsked(scene, 1) })
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('true')
  expect(result.summary).toMatch(
    /^<h3>❌ Cloudflare Access – 1 user revoked, not verified\.<\/h3>[^]*<p>The run was cancelled \(SIGINT\)/,
  )
  expect(reportOf(result).users).toMatchObject([
    { email: LEAVER, status: 'revoked', revocation: 'confirmed' },
  ])
})

concurrentWithSignals.each<[string, FaultRule['fault'], status: string, attempts: number]>([
  ['another attempt', { kind: 'reset' }, 'failed', 1],
  ['the rate limit', { kind: 'rate_limited', retryAfter: '60' }, 'skipped', 0],
])('a wait for %s ends at once', async (_name, fault, status, attempts) => {
  await using scene = await Scene.open()
  scene.inject({ fault })
  const onLine = atLine(/trying again in|leaves no room/, 'SIGTERM')
  const result = await scene.runSource({ email: many.join('\n') }, { onLine })
  expect(result.exitCode).toBe(1)
  const { totals, users } = reportOf(result)
  expect(totals.revoked).toBe(0)
  expect(users[0]).toMatchObject({ status, revocation: 'unconfirmed', attempts })
  expect(users[1]).toMatchObject({ status: 'skipped', revocation: 'not_sent' })
})

concurrentWithSignals('a run that is cancelled while it watches is red, not verified', async () => {
  await using scene = await Scene.openWithoutWaits({ propagationMs: 60_000 })
  const result = await scene.runSource(
    { verify: 'true', 'request-timeout': '300' },
    { onLine: whenAsked(scene, 4) },
  )
  expect(result.exitCode).toBe(1)
  expect(result.errors).toContainEqual(
    expect.stringMatching(
      /^leaver@example\.com: Revoked, but not verified: The run was cancelled \(SIGINT\)/,
    ),
  )
})

concurrentWithSignals('a dry run that is cancelled does not speak of a check that failed', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'rate_limited', retryAfter: '60' } })
  const result = await scene.runSource(
    { email: addresses(2).join(), 'dry-run': 'true' },
    { onLine: atLine(/leaves no room/) },
  )
  expect(result.exitCode).toBe(1)
  expect(result.errors.at(-1)).toBe(
    'Dry run: 2 users not checked. The run was cancelled (SIGINT). Run the step again.',
  )
  expect(reportOf(result).totals).toMatchObject({ skipped: 2 })
})

concurrentWithSignals(
  'a cancelled run writes outputs, report and summary, however early the signal comes',
  async () => {
    await using scene = await Scene.open()
    const result = await scene.runSource(
      { email: null, 'users-file': 'l.txt', 'max-users': '5000', 'mask-emails': 'true' },
      {
        files: { 'l.txt': addresses(3_000).join('\n') },
        onLine: atLine(/^/),
      },
    )
    expect(result.exitCode).toBe(1)
    expect(result.outputs['failed-count']).not.toBe('')
    expect(reportOf(result).users).toHaveLength(3_000)
  },
)
