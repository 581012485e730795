import { expect } from '@jest/globals'
import { concurrentWithSignals } from '../support/platform.ts'
import { reportOf } from '../support/report.ts'
import { addresses, LEAVER, Scene } from '../support/scene.ts'

const many = addresses(40)

/** Waits until the API has got so many requests. */
async function whenAsked({ api }: Scene, requests: number): Promise<void> {
  while (api.requests.length < requests) await new Promise((resolve) => setTimeout(resolve, 5))
}

concurrentWithSignals.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: nothing new starts, what is in flight may finish, the rest is skipped',
  async (signal) => {
    await using scene = await Scene.open({ latencyMs: 30 })
    const result = await scene.run(
      { email: many.join('\n'), concurrency: '5' },
      {
        onLine: (line, kill) => {
          if (line.startsWith('user9@')) kill(signal)
        },
      },
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
  const result = await scene.run(
    { 'request-timeout': '300' },
    {
      onLine: (line, kill) => {
        if (line.startsWith('Revoking'))
          void whenAsked(scene, 1).then(() => {
            kill('SIGINT')
          })
      },
    },
  )
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
  const result = await scene.run(
    {},
    {
      onLine: (line, kill) => {
        if (line.startsWith('Revoking'))
          void whenAsked(scene, 1).then(() => {
            kill('SIGINT')
          })
      },
    },
  )
  expect(result.exitCode).toBe(1)
  expect(result.outputs['revoked']).toBe('true')
  expect(result.summary).toMatch(
    /^<h3>❌ Cloudflare Access – 1 user revoked, not verified\.<\/h3>[^]*Stopped: The run was cancelled \(SIGINT\)/,
  )
  expect(reportOf(result).users).toMatchObject([
    { email: LEAVER, status: 'revoked', revocation: 'confirmed' },
  ])
})

concurrentWithSignals('waits for another attempt and for the rate limit end at once', async () => {
  for (const fault of [{ kind: 'reset' }, { kind: 'rate_limited', retryAfter: '60' }] as const) {
    await using scene = await Scene.open()
    scene.inject({ fault })
    const result = await scene.run(
      { email: many.join('\n') },
      {
        onLine: (line, kill) => {
          if (/trying again in|leaves no room/.test(line)) kill('SIGTERM')
        },
      },
    )
    expect(result.exitCode).toBe(1)
    const { totals, users } = reportOf(result)
    expect(totals.revoked).toBe(0)
    expect(users[0]).toMatchObject(
      fault.kind === 'reset'
        ? { status: 'failed', revocation: 'unconfirmed', attempts: 1 }
        : { status: 'skipped', revocation: 'unconfirmed', attempts: 0 },
    )
    expect(users[1]).toMatchObject({ status: 'skipped', revocation: 'not_sent' })
  }
})

concurrentWithSignals('a run that is cancelled while it watches is red, not verified', async () => {
  await using scene = await Scene.openWithoutWaits({ propagationMs: 60_000 })
  const result = await scene.run(
    { verify: 'true', 'request-timeout': '300' },
    {
      onLine: (line, kill) => {
        if (line.startsWith('Revoking'))
          void whenAsked(scene, 4).then(() => {
            kill('SIGINT')
          })
      },
    },
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
  const result = await scene.run(
    { email: addresses(2).join(), 'dry-run': 'true' },
    {
      onLine: (line, kill) => {
        if (line.includes('leaves no room')) kill('SIGINT')
      },
    },
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
    let killed = false
    const result = await scene.run(
      { email: null, 'users-file': 'l.txt', 'max-users': '5000', 'mask-emails': 'true' },
      {
        files: { 'l.txt': addresses(3_000).join('\n') },
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
