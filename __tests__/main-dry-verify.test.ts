import { expect, test } from '@jest/globals'
import { readNothing, run, type Setting } from './support/main-here.ts'
import type { With } from './support/scene.ts'

const DRY: With = { verify: 'true', 'dry-run': 'true' }
const UUID = '0'.repeat(32)

test.each<[string, boolean, Setting, RegExp]>([
  [
    'a dry run',
    true,
    { inputs: DRY },
    /leaver@example\.com would be revoked: 3 active sessions, 2 active devices/,
  ],
  [
    'a dry run for somebody unknown',
    false,
    { inputs: { ...DRY, email: 'nobody@example.com' } },
    /::error::nobody@example\.com: The organization knows no such user\./,
  ],
  [
    'a dry run for somebody unknown, warned about',
    true,
    { inputs: { ...DRY, email: 'nobody@example.com', 'unknown-user': 'warn' } },
    /::warning::nobody@example\.com: The organization knows no such user/,
  ],
  [
    'a dry run with a UUID of somebody else',
    false,
    { inputs: { ...DRY, 'user-uid': UUID } },
    /The UUID belongs to another user than the address\./,
  ],
  [
    'a dry run without the permission to read',
    false,
    { inputs: DRY, faults: readNothing(403) },
    /::error::Nothing can be verified[^]*leaver@example\.com would be revoked\.[^]*::error::leaver/,
  ],
])('%s', async (_name, passes, setting, sentence) => {
  const { passed, printed } = await run({ ...setting, inputs: { 'max-attempts': '1', ...setting.inputs } })
  expect(printed).toMatch(sentence)
  expect(passed).toBe(passes)
})
