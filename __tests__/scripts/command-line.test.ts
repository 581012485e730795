import { expect, test } from '@jest/globals'
import { readCommand, Refusal } from '../../scripts/demo/command-line.ts'
import { INPUTS } from '../../src/inputs/options.ts'

const NAMES = `The inputs are ${Object.keys(INPUTS).join(', ')}.`

test.each([
  ['mixd', 'There is no scenario "mixd". The scenarios are simple, list, mixed, review, verified.'],
  ['mixed list', 'Name one scenario, not 2.'],
  ['--dry-run', `The options are --list file, --input name=value, and --help. ${NAMES}`],
  ['--input dryrun=true', `The action has no input "dryrun". ${NAMES}`],
  ['--input dry-run', `"dry-run" is not an input: write --input name=value. ${NAMES}`],
])('`%s` is refused', (args, message) => {
  expect(() => readCommand(args.split(' '))).toThrow(new Refusal(message))
})

test('a list and its inputs mean the same as PowerShell passes them on', () => {
  const typed = ['--list', 'leavers.csv', '--input', 'email-column=Work Email']
  expect(readCommand(['leavers.csv', 'email-column=Work Email'])).toEqual(readCommand(typed))
})
