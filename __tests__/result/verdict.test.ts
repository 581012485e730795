import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import { addresses, LEAVER, REFUSED, Scene } from '../support/scene.ts'

test.concurrent(
  'a report that cannot be written makes the step red and its heading say so, with true outputs',
  async () => {
    await using scene = await Scene.open()
    const result = await scene.runSource({}, { env: { RUNNER_TEMP: '/nonexistent' } })
    expect(result.exitCode).toBe(1)
    const verdict =
      "1 user revoked, confirmed by Cloudflare. The report could not be written to the runner's temporary folder (RUNNER_TEMP)."
    expect(result.errors).toEqual([verdict])
    expect(result.stdout.split('\n').at(-1)).toBe(`::error::${verdict}`)
    expect(
      result.summary.startsWith(`<h3>❌ Cloudflare Access – ${verdict.replace("'", '&#39;')}</h3>`),
    ).toBe(true)
    expect(result.outputs).toMatchObject({ revoked: 'true', 'failed-count': '0', report: '' })
  },
)

test.concurrent('a summary that cannot be written is a warning', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({}, { env: { GITHUB_STEP_SUMMARY: '/nonexistent/summary' } })
  expect(result.exitCode).toBe(0)
  expect(result.warnings.at(-1)).toBe('The job summary could not be written (GITHUB_STEP_SUMMARY).')
})

test.concurrent('the same goes for wrong inputs: they are reported in the log', async () => {
  await using scene = await Scene.open()
  const env = { GITHUB_STEP_SUMMARY: undefined }
  const result = await scene.runSource({ devices: '' }, { env })
  expect(result.exitCode).toBe(1)
  expect(result.errors).toEqual([
    expect.stringMatching(/^Nothing was sent\. There is a problem with the inputs:\n1\. `devices` is empty/),
  ])
})

test.concurrent('wrong inputs leave a summary with every problem', async () => {
  await using scene = await Scene.open()
  const result = await scene.runSource({ email: '<b>nobody</b>', 'zone-id': DEMO_ZONE_ID, devices: 'yes' })
  expect(result.exitCode).toBe(1)
  expect(result.summary).toMatch(
    /^<h3>❌ Cloudflare Access – Nothing was sent\. There are problems with the inputs\.<\/h3>\n/,
  )
  const items = Array.from(result.summary.matchAll(/<li>(.*)<\/li>/g), ([, item]) => item)
  expect(items).toEqual([
    '<code>account-id</code> and <code>zone-id</code> exclude each other: set one of them.',
    '<code>devices</code> is <code>yes</code>: use <code>true</code> or <code>false</code>.',
    '<code>email</code>: <code>&#60;b&#62;nobody&#60;/b&#62;</code> is not an email address like user@example.com.',
  ])
})

test.concurrent(
  'rows that could not be used make the step red, and the last line says how many',
  async () => {
    await using scene = await Scene.open()
    const result = await scene.runSource(
      { email: null, 'users-file': 'l.csv', 'bad-rows': 'skip' },
      { files: { 'l.csv': `email\n${LEAVER}\nnobody\n` } },
    )
    expect(result.exitCode).toBe(1)
    expect(result.outputs['revoked-count']).toBe('1')
    expect(result.stdout).toMatch(/^::error file=l\.csv,line=3::l\.csv:3: "nobody" is not an email address/m)
    expect(result.errors.at(-1)).toMatch(/1 row could not be used: see the log\.$/)
  },
)

test.concurrent('a misspelt input is a warning, whether or not there are problems too', async () => {
  await using scene = await Scene.open()
  for (const devices of ['true', '']) {
    const result = await scene.runSource({ devices, reviewers: 'x' })
    expect(result.warnings).toContainEqual(expect.stringMatching(/`reviewers`/))
    expect(result.exitCode).toBe(devices === '' ? 1 : 0)
  }
})

test.concurrent('ten warnings leave room for the error annotations', async () => {
  await using scene = await Scene.open()
  scene.inject({ operation: 'active_sessions', fault: REFUSED })
  const result = await scene.runSource({
    email: [...addresses(12), LEAVER].join(),
    verify: 'true',
    'dry-run': 'true',
    'unknown-user': 'warn',
    concurrency: '1',
    'max-attempts': '1',
  })
  expect(result.exitCode).toBe(1)
  // The first warning is that requests do not go to Cloudflare.
  expect(result.warnings).toHaveLength(10)
  expect(result.log.filter((line) => /^Warning: user\d+@example\.com: /.test(line))).toHaveLength(3)
  expect(result.errors).toEqual([
    expect.stringMatching(
      /^leaver@example\.com: Would fail: Cloudflare answered 400 Bad Request: 12345 "No\." /,
    ),
    'Dry run: 13 users would be revoked, but 1 of them would fail.',
  ])
})

test.concurrent('a run in which every due user is unknown ends with a warning', async () => {
  await using scene = await Scene.openWithoutWaits()
  const inputs = { verify: 'sessions', 'unknown-user': 'warn' }
  const result = await scene.runSource({ ...inputs, email: 'nobody@example.com' })
  expect(result.exitCode).toBe(0)
  expect(result.warnings.at(-1)).toMatch(/^0 of 1 user revoked and verified: 1 unknown .* No one was revoked/)
  expect(result.summary).toMatch(/^<h3>⚠️ Cloudflare Access – 0 of 1 user/)
  const mixed = await scene.runSource({ ...inputs, email: `nobody@example.com,${LEAVER}` })
  expect(mixed.log.at(-1)).toMatch(/^1 of 2 users revoked and verified: 1 unknown/)
})
