import { describe, expect, test } from '@jest/globals'
import { read } from '../support/inputs.ts'

describe('an input whose name is nearly right stops the run', () => {
  test.each([
    ['dry', 'dry-run'],
    ['dry-run-only', 'dry-run'],
    ['DRY_RUN', 'dry-run'],
    ['dryrun', 'dry-run'],
    ['verfiy', 'verify'],
    ['verif', 'verify'],
    ['user-file', 'users-file'],
    ['device', 'devices'],
    ['revoke-devices', 'devices'],
    ['emails', 'email'],
    ['apitoken', 'api-token'],
    ['api-tokens', 'api-token'],
    ['timeout', 'request-timeout'],
    ['mask', 'mask-emails'],
    ['mask-email', 'mask-emails'],
    ['email-mask', 'mask-emails'],
    ['email-columns', 'email-column'],
    ['only-row', 'only-rows'],
    ['protect-users', 'protected-users'],
    ['unknown-users', 'unknown-user'],
    ['warp_session_reauth', 'warp-session-reauth'],
    ['max-user', 'max-users'],
  ])('%s', async (given, meant) => {
    const { problems } = await read({ [given]: 'true' })
    expect(problems).toEqual([
      `There is no input \`${given.toLowerCase()}\`: write \`${meant}\`. If it comes from \`env:\`, call the variable something else than \`INPUT_${given.toUpperCase()}\`.`,
    ])
  })
})

test('others cause a warning', async () => {
  const { inputs, warnings } = await read({}, { INPUT_REASON: 'x', INPUT_METHOD: 'ibus', INPUT_X: '1' })
  expect(inputs?.list.users).toHaveLength(1)
  expect(warnings).toEqual(['Unknown inputs are ignored: `reason`, `x`.'])
})

test('many of them in one warning', async () => {
  const env = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`INPUT_QQ${index}`, '']))
  const { warnings } = await read({}, env)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toMatch(/`qq9`\.$/)
})
