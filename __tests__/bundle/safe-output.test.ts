import { expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { StepResult } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, Scene } from '../support/scene.ts'

const MASKED = { 'mask-emails': 'true' }
const DEBUG = { env: { RUNNER_DEBUG: '1' } }

/** A refusal with these words. */
const refused = (message: string) => ({ kind: 'error', status: 400, code: 12345, message }) as const

/** What people see of a step, without the first lines, which register secrets. */
function shownBy({ stdout, summary }: StepResult, secrets: number): string {
  return `${stdout.split('\n').slice(secrets).join('\n')}${summary}`
}

test.concurrent('an API message can start no workflow command', async () => {
  await using scene = await Scene.open()
  const parts = [
    '\n::set-output name=revoked::true',
    '\r::add-mask::a',
    '\u2028::error::x',
    ' ##[add-mask]a ##[group]b',
    '\u001B[31mred\u202Egnol',
    '%0A::warning::y',
  ]
  const result = await scene.inject({ fault: refused(parts.join('')) }).run()
  expect(result.exitCode).toBe(1)
  const lines = result.stdout.split(/\r\n|[\n\r\u2028\u2029]/)
  const commands = lines.filter((line) => /^\s*::/.test(line)).map((line) => line.split('::')[1])
  expect(commands).toEqual(['add-mask', 'warning', 'error', 'error'])
  expect(result.stdout).not.toContain('##[')
  // eslint-disable-next-line no-control-regex -- the very characters that must not be there
  expect(result.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/)
  expect(result.errors[0]).toContain('\\u{001B}[31mred\\u{202E}gnol%0A::warning::y')
})

test.concurrent('neither can headers and error codes', async () => {
  await using scene = await Scene.openWithoutWaits()
  const headers = { 'cf-ray': '##[group]x', 'content-type': 'application/json' }
  const errors = [{ code: '\n##[group]\n::error::x' }, 'text', { message: 7 }, { error_chain: 'x' }]
  const body = { success: false, errors, result: null }
  scene.inject({ fault: { kind: 'answer', status: 500, headers, body } })
  const result = await scene.run({ 'max-attempts': '2' })
  expect(result.exitCode).toBe(1)
  expect(result.stdout).not.toContain('##[')
  expect(result.errors).toHaveLength(2)
  expect(result.errors[0]).toContain('(ray ID ## [group]x)')
})

test.concurrent(
  'the token is registered first, and appears nowhere else, not even if the API repeats it',
  async () => {
    await using scene = await Scene.open()
    const message = `Token ${DEMO_TOKEN} is bad`
    const errors = [{ code: DEMO_TOKEN, message, error_chain: [{ code: 1, message }] }]
    const body = { success: false, errors, result: null }
    scene.inject({ fault: { kind: 'answer', status: 400, headers: { 'cf-ray': DEMO_TOKEN }, body } })
    const result = await scene.run({}, DEBUG)
    expect(result.exitCode).toBe(1)
    expect(result.stdout.split('\n')[0]).toBe(`::add-mask::${DEMO_TOKEN}`)
    expect(shownBy(result, 1)).not.toContain(DEMO_TOKEN)
    expect(shownBy(result, 1)).toContain('Token *** is bad')
    expect(shownBy(result, 1)).toMatch(/^::debug::POST .* 400, ray ID \*\*\*, /m)
    expect(result.stderr).toBe('')
    expect(JSON.stringify(result.outputs)).not.toContain(DEMO_TOKEN)
  },
)

test.concurrent(
  'the token is kept out of report and summary, wherever an answer repeats it, and texts stay short',
  async () => {
    await using scene = await Scene.open()
    const escaped = DEMO_TOKEN.replace('c', '\\u0063')
    const body = `{"success": true, "result": {"status": "${escaped} ${'x'.repeat(1_000_000)}", "expires_on": "${DEMO_TOKEN}"}}`
    const headers = { 'content-type': 'application/json' }
    scene.inject({ fault: { kind: 'answer', status: 200, headers, body } })
    const result = await scene.run({ 'dry-run': 'true' })
    expect(result.exitCode).toBe(1)
    expect(`${shownBy(result, 1)}${result.report}`).not.toContain(DEMO_TOKEN)
    expect(result.report.length).toBeLessThan(10_000)
    expect(result.errors[0]?.length).toBeLessThan(1_000)
  },
)

test.concurrent("Cloudflare's words are plain text in the summary, masked where addresses are", async () => {
  await using scene = await Scene.open()
  const message = '@octocat #1 :smile: `x` <img src=x> leaver@example.com'
  scene.inject({ fault: { ...refused(message), status: 401 } })
  const { summary } = await scene.run({ 'dry-run': 'true', ...MASKED })
  const [heading, ...rest] = summary.split('\n')
  expect(heading).toBe('<h3>❌ Cloudflare Access – Dry run: 1 user not checked.</h3>')
  expect(rest.join('\n')).toContain('<p>The API token could not be confirmed:')
  expect(summary).not.toMatch(/<img|<code>x<\/code>|leaver@/)
  // What is outside of code, GitHub would make mentions, links and emoji of.
  expect(summary.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/octocat|#1\b|:smile:/)
})

test.concurrent('with `mask-emails` addresses are registered, and stand in the report alone', async () => {
  await using scene = await Scene.openWithoutWaits()
  const emails = [LEAVER, 'Contractor@example.com', 'unknown@example.com']
  const busy = { ...refused('unknown@example.com is busy'), status: 503 }
  scene.inject(
    { email: 'contractor@example.com', fault: refused('No user contractor@EXAMPLE.com here.') },
    { email: 'unknown@example.com', times: 1, fault: busy },
  )
  const result = await scene.run({ email: emails.join(), ...MASKED })
  const registered = result.stdout.split('\n').slice(1, 4)
  expect(registered).toEqual(emails.map((address) => `::add-mask::${address}`))
  const shown = shownBy(result, 4).toLowerCase()
  for (const address of emails) expect(shown).not.toContain(address.toLowerCase())
  expect(result.errors[0]).toContain('C***@example.com (email:2): Not revoked: Cloudflare answered 400')
  expect(result.errors[0]).toContain('No user c***@EXAMPLE.com here')
  expect(result.log.join('\n')).toContain('u***@example.com: attempt 1 of 5 failed')
  expect(result.summary).toContain('l***@example.com')
  expect(reportOf(result).users.map(({ email }) => email)).toEqual(emails)
})

test.concurrent('an address is masked before its message is cut', async () => {
  await using scene = await Scene.open()
  const lengths = [275, 281, 287, 293, 299]
  for (const length of lengths) {
    const fault = refused(`${'x'.repeat(length)} LEAVER@example.com`)
    scene.inject({ email: `user${length}@example.com`, fault })
  }
  const email = lengths.map((length) => `user${length}@example.com`).join()
  const result = await scene.run({ ...MASKED, email })
  expect(result.errors).toHaveLength(lengths.length + 1)
  expect(`${result.errors.join('')}${result.summary}`).not.toMatch(/leaver@/i)
})

test.concurrent.each([
  ['an invisible character', '\u200B', {}],
  ['a soft hyphen, in a dry run,', '\u00AD', { 'dry-run': 'true' }],
])('an address with %s is masked before it is escaped', async (_name, hidden, inputs) => {
  await using scene = await Scene.open()
  const message = `No user lea${hidden}ver@example.com here, ${'x'.repeat(240)} lea${hidden}ver@example.com`
  scene.inject({ fault: refused(message) })
  const result = await scene.run({ ...MASKED, ...inputs }, DEBUG)
  expect(result.summary).toContain('No user l***@example.com here')
  expect(shownBy(result, 2)).toMatch(/^::error::.*No user l\*\*\*@example\.com here/m)
  expect(shownBy(result, 2)).not.toMatch(/lea(?:ver|\W)/i)
})
