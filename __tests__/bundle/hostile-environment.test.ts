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
  const folder = mkdtempSync(join(tmpdir(), 'unread-'))
  try {
    for (const file of ['output', 'summary']) writeFileSync(join(folder, file), '')
    // Far more than the pipe and the socket hold.
    writeFileSync(join(folder, 'users.txt'), addresses(10_000).join(`.${'x'.repeat(50)}\n`))
    const child = spawn(process.execPath, [SOURCE], {
      env: {
        GITHUB_OUTPUT: join(folder, 'output'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
        GITHUB_WORKSPACE: folder,
        RUNNER_TEMP: folder,
        INPUT_EMAIL: Array.from({ length: 3_000 }, (_, index) => `${index}${ending}`).join(),
        'INPUT_ACCOUNT-ID': DEMO_ACCOUNT_ID,
        'INPUT_API-TOKEN': DEMO_TOKEN,
        'INPUT_API-BASE-URL': scene.api.baseUrl,
        ...inputs,
        ...clock.env,
        NODE_V8_COVERAGE: SOURCE_ENVIRONMENT.NODE_V8_COVERAGE,
        NODE_OPTIONS: `--import=${clock.preload}`,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    child.stdout.pause()
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1)
    child.stdout.destroy()
    const results = readFileSync(join(folder, 'summary'), 'utf8').split('<h3>').slice(1)
    expect(results.map((result) => Array.from(result)[0])).toEqual(signs)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
