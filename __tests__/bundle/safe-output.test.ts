import { expect, test } from '@jest/globals'
import { DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { Scene } from '../support/scene.ts'

const HOSTILE = [
  '\n::set-output name=revoked::true',
  '\r::add-mask::a',
  '\u2028::error::x',
  ' ##[add-mask]a ##[group]b',
  '\u001B[31mred\u202Egnol',
  '%0A::warning::y',
].join('')

test.concurrent('an API message can start no workflow command', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'error', status: 400, code: 12345, message: HOSTILE } })
  const result = await scene.run()
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
  const body = {
    success: false,
    errors: [{ code: '\n##[group]\n::error::x' }, 'text', { message: 7 }, { error_chain: 'x' }],
    result: null,
  }
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
    const headers = { 'cf-ray': DEMO_TOKEN }
    const body = {
      success: false,
      errors: [{ code: DEMO_TOKEN, message, error_chain: [{ code: 1, message }] }],
      result: null,
    }
    scene.inject({ fault: { kind: 'answer', status: 400, headers, body } })
    const result = await scene.run()
    expect(result.exitCode).toBe(1)
    const [first, ...rest] = result.stdout.split('\n')
    expect(first).toBe(`::add-mask::${DEMO_TOKEN}`)
    expect(rest.join('\n')).not.toContain(DEMO_TOKEN)
    expect(rest.join('\n')).toContain('Token *** is bad')
    expect(result.stderr).toBe('')
    expect(JSON.stringify(result.outputs)).not.toContain(DEMO_TOKEN)
  },
)

test.concurrent('a secret that a header repeats is kept out of debug lines', async () => {
  await using scene = await Scene.open()
  const body = { success: true, errors: [], messages: [], result: true }
  scene.inject({ fault: { kind: 'answer', status: 200, headers: { 'cf-ray': DEMO_TOKEN }, body } })
  const result = await scene.run({}, { env: { RUNNER_DEBUG: '1' } })
  const [, ...rest] = result.stdout.split('\n')
  expect(rest.join('\n')).toMatch(/^::debug::POST .* 200, ray ID \*\*\*, /m)
  expect(rest.join('\n')).not.toContain(DEMO_TOKEN)
})

test.concurrent('a message of any length stays readable', async () => {
  await using scene = await Scene.open()
  scene.inject({ fault: { kind: 'error', status: 400, code: 12345, message: 'long '.repeat(10_000) } })
  const result = await scene.run()
  expect(result.errors[0]?.length).toBeLessThan(1_000)
})

test.concurrent(
  'the token is kept out of report and summary, wherever an answer repeats it, and texts stay short',
  async () => {
    await using scene = await Scene.open()
    const escaped = DEMO_TOKEN.replace('c', '\\u0063')
    const body = `{"success": true, "result": {"status": "${escaped} ${'x'.repeat(1_000_000)}", "expires_on": "${DEMO_TOKEN}"}}`
    scene.inject({
      fault: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body },
    })
    const result = await scene.run({ 'dry-run': 'true' })
    expect(result.exitCode).toBe(1)
    expect(`${result.report}${result.summary}${result.log.join('')}${result.errors.join('')}`).not.toContain(
      DEMO_TOKEN,
    )
    expect(result.report.length).toBeLessThan(10_000)
  },
)

test.concurrent("Cloudflare's words are plain text in the summary, masked where addresses are", async () => {
  await using scene = await Scene.open()
  const message = '@octocat #1 :smile: `x` <img src=x> leaver@example.com'
  scene.inject({ fault: { kind: 'error', status: 401, code: 1, message } })
  const result = await scene.run({ 'dry-run': 'true', 'mask-emails': 'true' })
  const [heading, ...rest] = result.summary.split('\n')
  expect(heading).toBe('<h3>❌ Cloudflare Access – Dry run: 1 user not checked.</h3>')
  expect(rest.join('\n')).toContain('<p>Stopped: The API token could not be confirmed:')
  expect(result.summary).not.toMatch(/<img|<code>x<\/code>|leaver@/)
  // What is outside of code, GitHub would make mentions, links and emoji of.
  expect(result.summary.replace(/<code>.*?<\/code>/g, '')).not.toMatch(/octocat|#1\b|:smile:/)
})
