import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import { POSIX } from '../support/platform.ts'
import { Clock } from '../support/clock.ts'
import { addresses, Scene, SOURCE, SOURCE_ENVIRONMENT } from '../support/scene.ts'

test.concurrent('a temporary folder that is not named is that of the system, not the workspace', async () => {
  await using scene = await Scene.open()
  const result = await scene.run({}, { env: { RUNNER_TEMP: '' } })
  expect(result.exitCode).toBe(0)
  expect(result.outputs['report']).toMatch(new RegExp(`^${tmpdir()}/revoke-cloudflare-access-`))
  rmSync(join(result.outputs['report'] ?? '', '..'), { recursive: true })
})

const testWithPipes = POSIX ? test.concurrent : test.concurrent.skip

testWithPipes.each(['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_EVENT_PATH'])(
  'a pipe in place of %s does not hang the step',
  async (variable) => {
    await using scene = await Scene.open()
    const folder = mkdtempSync(join(tmpdir(), 'pipe-'))
    try {
      const pipe = join(folder, 'pipe')
      spawnSync('mkfifo', [pipe])
      const result = await scene.run({}, { env: { [variable]: pipe } })
      expect(result.exitCode).toBe(variable === 'GITHUB_OUTPUT' ? 1 : 0)
      if (variable === 'GITHUB_OUTPUT') expect(result.errors[0]).toMatch(/does not name a regular file/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

/** A step whose log no one reads at first. */
function startUnread(env: Readonly<Record<string, string>>, users = '') {
  const folder = mkdtempSync(join(tmpdir(), 'unread-'))
  for (const file of ['output', 'summary']) writeFileSync(join(folder, file), '')
  writeFileSync(join(folder, 'users.txt'), users)
  const child = spawn(process.execPath, [SOURCE], {
    env: {
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_WORKSPACE: folder,
      RUNNER_TEMP: folder,
      NODE_V8_COVERAGE: SOURCE_ENVIRONMENT.NODE_V8_COVERAGE,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  child.stdout.pause()
  return {
    child,
    exitCode: new Promise((resolve) => child.once('exit', resolve)),
    summary: () => readFileSync(join(folder, 'summary'), 'utf8'),
    [Symbol.dispose]: () => {
      child.stdout.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}

testWithPipes.each([
  ['that would be red', {}, 'not an address', ['❌']],
  [
    'that would be green',
    { 'INPUT_DRY-RUN': 'offline', 'INPUT_MAX-USERS': '20000', 'INPUT_USERS-FILE': 'users.txt' },
    '@example.com',
    ['🔍', '❌'],
  ],
])('a step whose log is not read is red, and ends: one %s', async (_name, inputs, ending, signs) => {
  using clock = new Clock(20)
  await using scene = await Scene.open()
  const env = {
    INPUT_EMAIL: Array.from({ length: 3_000 }, (_, index) => `${index}${ending}`).join(),
    'INPUT_ACCOUNT-ID': DEMO_ACCOUNT_ID,
    'INPUT_API-TOKEN': DEMO_TOKEN,
    'INPUT_API-BASE-URL': scene.api.baseUrl,
    ...inputs,
    ...clock.env,
    NODE_OPTIONS: `--import=${clock.preload}`,
  }
  // Far more than the pipe and the socket hold.
  using step = startUnread(env, addresses(10_000).join(`.${'x'.repeat(50)}\n`))
  expect(await step.exitCode).toBe(1)
  const results = step.summary().split('<h3>').slice(1)
  expect(results.map((result) => Array.from(result)[0])).toEqual(signs)
})

test.concurrent.each([
  ['slowly, the annotation of a crash arrives', true],
  ['no longer, a crash ends', false],
])('if the log is read %s', async (_name, isRead) => {
  // Once the step fails closed, and while it waits for its log to be read: the pipe is full then.
  const code = `import fs from 'node:fs'
    process.stdout.write('x'.repeat(1_000_000))
    const timer = setInterval(() => {
      if (fs.statSync(process.env.GITHUB_OUTPUT).size === 0) return
      clearInterval(timer)
      setTimeout(() => { throw new Error('broken' + 'y'.repeat(1_000_000)) }, 100)
    }, 1)`
  const preload = `--import=data:text/javascript,${encodeURIComponent(code)}`
  using step = startUnread({ NODE_OPTIONS: preload })
  let text = ''
  step.child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  step.child.stdout.pause()
  if (isRead) {
    while (!step.summary().includes('broken')) await new Promise((resolve) => setTimeout(resolve, 10))
    step.child.stdout.resume()
    await new Promise((resolve) => step.child.once('close', resolve))
  } else step.child.stdout.destroy()
  expect(await step.exitCode).toBe(1)
  if (isRead)
    expect(text).toMatch(/^::error::The action failed unexpectedly: broken(y{1000}){1000}\. Treat .*\n$/m)
})
