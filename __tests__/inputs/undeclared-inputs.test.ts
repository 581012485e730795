import { describe, expect, test } from '@jest/globals'
import { ACTION } from '../support/action-yml.ts'
import { read } from '../support/inputs.ts'

const ELSEWHERE = (variable: string): string =>
  `If the step does not set it, rename the variable \`${variable}\`, which comes from \`env:\` (or, with \`act\`, from an enclosing composite action).`

/** The inputs there are. */
const LISTED = `The inputs are ${Object.keys(ACTION.inputs)
  .map((name) => `\`${name}\``)
  .join(', ')}.`

describe('an input that is spelled almost like one names that one', () => {
  test.each([
    ['DRY_RUN', 'dry-run'],
    ['dryrun', 'dry-run'],
    ['verfiy', 'verify'],
    ['emails', 'email'],
    ['e-mail', 'email'],
    ['accountid', 'account-id'],
    ['only-row', 'only-rows'],
    ['protect-users', 'protected-users'],
    ['warp_session_reauth', 'warp-session-reauth'],
  ])('%s', async (given, meant) => {
    expect((await read({ [given]: 'true' })).problems).toEqual([
      `There is no input \`${given.toLowerCase()}\`. The closest name is \`${meant}\`. ${ELSEWHERE(`INPUT_${given.toUpperCase()}`)}`,
    ])
  })
})

test.each(['revoke-after', 'limit', 'dry-run-only', 'x'])(
  '%s is an error that lists the inputs',
  async (name) => {
    expect((await read({ [name]: 'true' })).problems).toEqual([
      `There is no input \`${name}\`. ${LISTED} ${ELSEWHERE(`INPUT_${name.toUpperCase()}`)}`,
    ])
  },
)

test('a variable of Linux desktops passes', async () => {
  expect((await read({}, { INPUT_METHOD: 'ibus' })).problems).toEqual([])
})

test('each of several is told, whatever its name is', async () => {
  const { problems } = await read({}, { 'INPUT_`A`\n::ERROR::B': '', [`INPUT_${'C'.repeat(300)}`]: '' })
  expect(problems).toHaveLength(2)
  expect(problems[0]).toMatch(/^There is no input "`a`\n::error::b"\. The inputs are /)
  expect(problems[1]).toMatch(/^There is no input "…"\. The inputs are /)
})

describe('an undeclared input that may have been meant to mask addresses does', () => {
  test.each(['mask-email', 'mask-addresses', 'email-mask', 'masked'])('%s', async (name) => {
    expect((await read({ [name]: 'true' })).maskEmails).toBe(true)
  })
})
