import { expect, test } from '@jest/globals'
import { readCommand } from '../../scripts/demo/command-line.ts'
import { INPUTS } from '../../src/inputs/options.ts'

const NAMES = `The inputs are ${Object.keys(INPUTS).join(', ')}.`

test.each([
  ['mixd', 'There is no scenario "mixd". The scenarios are simple, list, mixed, review, verified.'],
  ['mixed list', 'Name one scenario, not 2.'],
  ['--input dryrun=true', `The action has no input "dryrun". ${NAMES}`],
  ['--input dry-run', `"dry-run" is not an input: write --input name=value. ${NAMES}`],
])('`%s` is refused', (args, message) => {
  expect(readCommand(args.split(' '))).toEqual({ kind: 'refusal', message })
})

test.each([
  [
    ['--list', 'leavers.csv', '--input', 'email-column=Work Email'],
    ['leavers.csv', 'email-column=Work Email'],
  ],
])('%j means the same as PowerShell passes it on', (args, passedOn) => {
  expect(readCommand(passedOn)).toEqual(readCommand(args))
})
