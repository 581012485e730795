import { expect, test } from '@jest/globals'
import { DEMO_ZONE_ID } from '../../embedded-api/demo-organization.ts'
import type { StepResult } from '../../scripts/step.ts'
import { reportOf } from '../support/report.ts'
import { LEAVER, NO_PERMISSION, Scene, type With } from '../support/scene.ts'

const DRY: With = { 'dry-run': 'true' }
const UNTOUCHED = {
  revoked: 'false',
  'revoked-count': '0',
  'failed-count': '0',
  'unknown-count': '0',
  failed: '[]',
}

/** A dry run only reads, and leaves all sessions as they are. */
async function dryRun(scene: Scene, inputs: With = {}): Promise<StepResult> {
  const result = await scene.runSource({ ...DRY, 'max-attempts': '1', ...inputs })
  expect(scene.api.requests.every(({ method }) => method === 'GET')).toBe(true)
  expect(
    scene.organization.userByEmail(LEAVER)?.sessions.some(({ revokedAt }) => revokedAt !== undefined),
  ).toBe(false)
  return result
}

test.concurrent('with a credential that passes it is green', async () => {
  await using scene = await Scene.open()
  const result = await dryRun(scene)
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject(UNTOUCHED)
  expect(result.log.join('\n')).toMatch(
    /The API token is active\.\nleaver@example\.com: would be revoked\.\nA dry run cannot check whether the credential may revoke users\. With `verify: false`, users were not looked up, either\./,
  )
  expect(result.log.at(-1)).toBe('Dry run: 1 user would be revoked.')
  expect(result.summary).toMatch(/^<h3>🔍 Cloudflare Access – Dry run: 1 user would be revoked\.<\/h3>/)
})

test.concurrent('with one that cannot be checked it is green, and warns', async () => {
  await using scene = await Scene.open()
  const token = `cfat_${'0'.repeat(48)}`
  const result = await dryRun(scene, { 'account-id': null, 'zone-id': DEMO_ZONE_ID, 'api-token': token })
  expect(result.exitCode).toBe(0)
  expect(result.outputs).toMatchObject(UNTOUCHED)
  expect(result.warnings.at(-1)).toMatch(/^An account-owned API token cannot be checked with `zone-id`\. Set/)
})

test.concurrent('with one that fails it is red, even if no user is due', async () => {
  for (const [email, failed, closing] of [
    [LEAVER, [LEAVER], 'Dry run: 1 user not checked.'],
    [
      '[{"email": "a@example.com", "revoke_after": "2999-12-31"}]',
      [],
      'Dry run: No one is due (1 not due yet).',
    ],
  ] as const) {
    await using scene = await Scene.open()
    const result = await dryRun(scene, { email, 'api-token': 'unknown' })
    expect(result.exitCode).toBe(1)
    expect(result.outputs).toMatchObject({
      ...UNTOUCHED,
      'failed-count': `${failed.length}`,
      failed: JSON.stringify(failed),
    })
    expect(result.errors).toHaveLength(1)
    expect(result.errors[0]?.startsWith(`${closing} The API token could not be confirmed: `)).toBe(true)
  }
})

test.concurrent.each<[string, With, 0 | 1, RegExp]>([
  [
    'what would be cut',
    {},
    0,
    /leaver@example\.com: would be revoked \(3 active sessions; 2 active devices\)/,
  ],
  [
    'an unknown user',
    { email: 'nobody@example.com' },
    1,
    /::error::nobody@example\.com: Would fail: The organization knows no such user\./,
  ],
  [
    'an unknown user, warned about',
    { email: 'nobody@example.com', 'unknown-user': 'warn' },
    0,
    /::warning::nobody@example\.com: The organization knows no such user\./,
  ],
  [
    'an unknown user whose address may only look like another one, although that is a warning',
    { email: 'n\u00F6body@example.com', 'unknown-user': 'warn' },
    1,
    /Would fail: The organization knows no such user\./,
  ],
  [
    'a UUID of another user',
    { 'user-uid': '0'.repeat(32) },
    1,
    /Would fail: The UUID belongs to another user than the address\./,
  ],
])('with `verify` it reports %s', async (_name, inputs, exitCode, sentence) => {
  await using scene = await Scene.open()
  const result = await dryRun(scene, { verify: 'true', ...inputs })
  expect(result.stdout).toMatch(sentence)
  expect(result.exitCode).toBe(exitCode)
  if (exitCode === 0) return
  expect(result.stdout.split('\n').at(-1)).toBe('::error::Dry run: 1 user would fail.')
  expect(result.summary).toMatch(
    /^<h3>❌ Cloudflare Access – Dry run: 1 user would fail\.<\/h3>[^]*❌&nbsp;would fail/,
  )
  expect(reportOf(result).users).toMatchObject([{ status: 'would_revoke', errors: [{}] }])
})

test.concurrent('with `verify` and without the permission to read it is red', async () => {
  await using scene = await Scene.open()
  scene.inject({ operation: 'list_users', fault: NO_PERMISSION })
  const result = await dryRun(scene, { verify: 'true' })
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toMatch(/::error::leaver@example\.com: Would fail: Cloudflare answered 403/)
})
