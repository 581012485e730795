import { expect, test } from '@jest/globals'
import { reportOf } from '../support/report.ts'
import { Scene } from '../support/scene.ts'

const ADDRESSES = ['leaver@example.com', 'Contractor@example.com', 'unknown@example.com']

test.concurrent('with `mask-emails` addresses are registered, and stand in the report alone', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject(
    {
      email: 'contractor@example.com',
      fault: { kind: 'error', status: 400, code: 1, message: 'No user contractor@EXAMPLE.com here.' },
    },
    {
      email: 'unknown@example.com',
      times: 1,
      fault: { kind: 'error', status: 503, code: 1, message: 'unknown@example.com is busy' },
    },
  )
  const result = await scene.run({ email: ADDRESSES.join(), 'mask-emails': 'true' })
  const lines = result.stdout.split('\n')
  expect(lines.slice(1, 4)).toEqual(ADDRESSES.map((address) => `::add-mask::${address}`))
  const shown = `${lines.slice(4).join('\n')}${result.summary}`.toLowerCase()
  for (const address of ADDRESSES) expect(shown).not.toContain(address.toLowerCase())
  expect(result.errors[0]).toContain('C***@example.com (email:2): Not revoked: Cloudflare answered 400')
  expect(result.errors[0]).toContain('No user c***@EXAMPLE.com here')
  expect(result.log.join('\n')).toContain('u***@example.com: attempt 1 of 5 failed')
  expect(result.summary).toContain('l***@example.com')
  expect(reportOf(result).users.map(({ email }) => email)).toEqual(ADDRESSES)
})

test.concurrent('one user is masked in the plan too, also on a dry run', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({ 'mask-emails': 'true', 'dry-run': 'true' })
  expect(result.exitCode).toBe(0)
  expect(result.log.join('\n')).toContain('It would revoke the Access tokens of l***@example.com')
  expect(`${result.log.join('\n')}${result.summary}`).not.toContain('leaver@')
})

test.concurrent('an address is masked before its message is cut', async () => {
  await using scene = await Scene.open()
  const lengths = [275, 281, 287, 293, 299]
  for (const length of lengths) {
    const message = `${'x'.repeat(length)} LEAVER@example.com`
    scene.inject({
      email: `user${length}@example.com`,
      fault: { kind: 'error', status: 400, code: 1, message },
    })
  }
  const result = await scene.run({
    'mask-emails': 'true',
    email: lengths.map((length) => `user${length}@example.com`).join(),
  })
  expect(result.errors).toHaveLength(lengths.length + 1)
  expect(`${result.errors.join('')}${result.summary}`).not.toMatch(/leaver@/i)
})

test.concurrent.each([
  ['an invisible character', '\u200B'],
  ['a byte-order mark', '\uFEFF'],
  ['a soft hyphen', '\u00AD'],
])('an address with %s is masked before it is escaped', async (_name, hidden) => {
  await using scene = await Scene.open()
  const message = `No user lea${hidden}ver@example.com here, ${'x'.repeat(240)} lea${hidden}ver@example.com`
  scene.inject({ fault: { kind: 'error', status: 400, code: 1, message } })
  for (const inputs of [{}, { 'dry-run': 'true' }]) {
    const result = await scene.run({ 'mask-emails': 'true', ...inputs }, { env: { RUNNER_DEBUG: '1' } })
    for (const shown of [result.stdout.split('\n').slice(2).join('\n'), result.summary]) {
      expect(shown).toContain('No user l***@example.com here')
      expect(shown).not.toMatch(/lea(?:ver|\W)/i)
    }
  }
})

test.concurrent('the ray ID is masked, too', async () => {
  await using scene = await Scene.open()
  const headers = { 'cf-ray': 'leaver@example.com' }
  const body = { success: true, errors: [], messages: [], result: true }
  scene.inject({ fault: { kind: 'answer', status: 200, headers, body, applied: true } })
  const result = await scene.run({ 'mask-emails': 'true' }, { env: { RUNNER_DEBUG: '1' } })
  expect(result.exitCode).toBe(0)
  expect(`${result.stdout.split('\n').slice(2).join()}${result.summary}`).not.toContain('leaver@')
  expect(result.log.join('\n')).toContain('accepted by Cloudflare (ray ID l***@example.com).')
})

test.concurrent('wrong inputs are masked under any name', async () => {
  await using scene = await Scene.open()
  for (const mask of ['true', 'yes']) {
    const result = await scene.run({
      'mask-emails': mask,
      timezone: 'lea\u200Bver@example.com',
      devices: 'leaver@example.com',
      concurrency: 'leaver@example.com',
      verify: `${'x'.repeat(70)} leaver@example.com`,
    })
    expect(result.exitCode).toBe(1)
    const shown = `${result.stdout.split('\n').slice(1).join('\n')}${result.summary}`
    expect(shown).toContain('l***@example.com')
    expect(shown).not.toMatch(/lea.{0,10}ver/i)
  }
})
