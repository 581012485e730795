import { expect, test } from '@jest/globals'
import { DEMO_ACCOUNT_ID, DEMO_TOKEN } from '../../embedded-api/demo-organization.ts'
import type { StepResult } from '../../scripts/step.ts'
import { Scene } from '../support/scene.ts'

const PATH = `/accounts/${DEMO_ACCOUNT_ID}/access/organizations/revoke_user`
const DEBUG = { RUNNER_DEBUG: '1' }

function debugLines({ stdout }: StepResult): string[] {
  return stdout.split('\n').flatMap((line) => (line.startsWith('::debug::') ? line.slice(9) : []))
}

test.concurrent('step debugging shows every exchange', async () => {
  await using scene = await Scene.openWithoutWaits()
  scene.inject({ times: 1, fault: { kind: 'reset' } }, { times: 1, fault: { kind: 'rate_limited' } })
  const result = await scene.runSource({ 'request-timeout': '300', verify: 'false' }, { env: DEBUG })
  expect(result.exitCode).toBe(0)
  const form = (outcome: string, attempt: number): unknown =>
    expect.stringMatching(
      new RegExp(`^POST ${PATH}: ${outcome}, \\d+ ms, attempt ${attempt}, new connection$`),
    )
  expect(debugLines(result)).toEqual([
    form('no answer \\(network ECONNRESET\\)', 1),
    form('429, ray ID [0-9a-f]{16}-EMB', 2),
    form('200, ray ID [0-9a-f]{16}-EMB', 2),
  ])
})

test.concurrent(
  'it shows no ray ID where there is none, and the stack of what could not be written',
  async () => {
    await using scene = await Scene.open()
    scene.inject({
      fault: {
        kind: 'answer',
        status: 200,
        headers: { 'cf-ray': null },
        body: { success: true, result: true },
      },
    })
    const env = { ...DEBUG, RUNNER_TEMP: '/nonexistent' }
    const lines = debugLines(await scene.runSource({}, { env }))
    expect(lines).toContainEqual(expect.stringMatching(/: 200, ray ID none, /))
    expect(lines).toContainEqual(expect.stringMatching(/^Error: ENOENT: no such file or directory, mkdtemp/))
    expect(lines).toContainEqual(expect.stringMatching(/^\s+at .*step-files\.ts/))
  },
)

test.concurrent('without it nothing of the kind is printed', async () => {
  await using scene = await Scene.open()
  expect(debugLines(await scene.run({}, { env: { RUNNER_TEMP: '/nonexistent' } }))).toEqual([])
})

test.concurrent('addresses are masked in it, and no credential is shown', async () => {
  await using scene = await Scene.openWithoutWaits()
  const message = `leaver@example.com with ${DEMO_TOKEN}`
  scene.inject({ times: 1, fault: { kind: 'error', status: 503, code: 1, message } })
  const inputs = { verify: 'true', 'mask-emails': 'true', 'request-timeout': '300' }
  const result = await scene.run(inputs, { env: DEBUG })
  const lines = debugLines(result)
  expect(lines).toContainEqual(
    expect.stringMatching(/^GET \/accounts\/[0-9a-f]{32}\/access\/users \?\*\*\*@example\.com&page=1/),
  )
  const shown = lines.join('\n')
  expect(shown).not.toMatch(/leaver/)
  expect(shown).not.toContain(DEMO_TOKEN)
  expect(shown).not.toMatch(/authorization|bearer/i)
})
