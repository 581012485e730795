import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { BUNDLE } from '../../scripts/step.ts'
import { Scene } from '../support/scene.ts'

/** A preload that breaks something beneath the action. */
const preload = (code: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
})
/** Does something in place of sending a request. */
const duringRequest = (code: string, before = ''): Record<string, string> =>
  preload(`
    import http from 'node:http'
    import fs from 'node:fs'
    ${before}
    const { end } = http.ClientRequest.prototype
    http.ClientRequest.prototype.end = function (...all) { ${code} }`)
/** Throws something where nothing catches it. */
const crash = (thrown: string): Record<string, string> =>
  duringRequest(`setImmediate(() => { throw ${thrown} })`)
const DEBUG = { RUNNER_DEBUG: '1' }
const WORST = {
  revoked: 'false',
  'revoked-count': '0',
  'failed-count': '',
  'unknown-count': '',
  'not-listed-count': '',
  failed: '',
  report: '',
}
const RUN_AGAIN = 'Treat the users of this step as not revoked, and run it again.'

/** The entry of a copy of `dist/` far from any `node_modules`. */
const alone = mkdtempSync(join(tmpdir(), 'dist-'))
const entry = join(alone, 'index.js')
cpSync(dirname(BUNDLE), alone, { recursive: true })
afterAll(() => {
  rmSync(alone, { recursive: true })
})

test.concurrent('the bundle alone revokes', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({}, { entry })
  expect(result.stderr).toBe('')
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toEqual({
    revoked: 'true',
    'revoked-count': '1',
    'failed-count': '0',
    'unknown-count': '0',
    'not-listed-count': '',
    failed: '[]',
    report: expect.any(String),
  })
})

test.concurrent.each([
  ['leavers.csv', 'email,revoke_after\nleaver@example.com,2001-01-01T00:00:00Z\n', '0'],
  ['leavers.json', '["intern@example.com"]', '1'],
])('the bundle alone reads %s, with modules loaded on demand', async (name, text, revoked) => {
  await using scene = await Scene.open()
  const result = await scene.run({ email: null, 'users-file': name }, { entry, files: { [name]: text } })
  expect(result.exitCode).toBe(0)
  expect(result.outputs['revoked-count']).toBe(revoked)
})

test.concurrent('is red after an unexpected exception', async () => {
  await using scene = await Scene.open()
  const env = crash(`new Error('out of\\n::stop-commands::x')`)
  const result = await scene.runSource({}, { env: { ...env, ...DEBUG } })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual(WORST)
  expect(result.stdout).toMatch(/^::debug::Error: out of ::stop-commands::x {5}at /m)
  expect(result.errors).toEqual([`The action failed unexpectedly: out of ::stop-commands::x. ${RUN_AGAIN}`])
  expect(result.summary).toBe(
    `<h3>❌ Cloudflare Access – The action failed unexpectedly.</h3>\n\n<code>out of ::stop-commands::x</code> ${RUN_AGAIN}\n\n`,
  )
})

test.concurrent(
  'is red when what is thrown is no error, and there is no file for the job summary',
  async () => {
    await using scene = await Scene.open()
    const env = { ...crash(`'a mere text'`), GITHUB_STEP_SUMMARY: '' }
    const result = await scene.runSource({}, { env })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toEqual(WORST)
    expect(result.errors[0]).toMatch(/^The action failed unexpectedly: 'a mere text'\./)
  },
)

test.concurrent.each([
  [undefined, /GITHUB_OUTPUT is not set; run this as a step/],
  ['', /GITHUB_OUTPUT is not set; run this as a step/],
  ['/nonexistent/output', /GITHUB_OUTPUT does not name a regular file/],
])('is red when the outputs cannot be written to %s, and nothing is sent', async (file, sentence) => {
  await using scene = await Scene.open()
  const result = await scene.run({}, { env: { GITHUB_OUTPUT: file } })
  expect(result.exitCode).toBe(1)
  expect(result.errors[0]).toMatch(sentence)
  expect(scene.api.requests).toHaveLength(0)
})

test.concurrent('is red when the process simply runs out of things to do', async () => {
  await using scene = await Scene.open()
  const unref = `this.on('socket', (socket) => socket.unref())`
  const result = await scene.runSource({}, { env: duringRequest(unref, `globalThis.setTimeout = () => {}`) })
  expect(result.exitCode).not.toBe(0)
  expect(result.outputs).toEqual(WORST)
  expect(result.errors).toEqual([`The action ended before it had a result. ${RUN_AGAIN}`])
  expect(result.summary).toMatch(
    /^<h3>❌ Cloudflare Access – The action ended before it had a result\.<\/h3>/,
  )
})

test.concurrent('an address in an exception is masked, and its text is text', async () => {
  await using scene = await Scene.open()
  const env = crash(`new Error('lea\u200Bver@example.com <img> \`x\`')`)
  const result = await scene.runSource({}, { env: { ...env, ...DEBUG } })
  expect(result.errors[0]).toContain('l***@example.com <img> `x`')
  expect(result.summary).toContain('<code>l***@example.com &#60;img&#62; &#96;x&#96;</code>')
  // What was logged before the crash names the user, since addresses are not masked here.
  const [, told] = result.stdout.split(/^(?=::error::)/m)
  expect(told).toMatch(/^::debug::Error: l\*\*\*@example\.com/m)
  expect(`${told}${result.summary}`).not.toMatch(/lea.*ver@/)
})

test.concurrent('is red when something ends the process with 0', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({}, { env: duringRequest(`process.exit(0)`) })
  expect(result.exitCode).toBe(1)
  expect(result.outputs).toEqual(WORST)
})
