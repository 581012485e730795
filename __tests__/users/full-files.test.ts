import { expect, test } from '@jest/globals'
import { runStep } from '../../scripts/step.ts'
import { SOURCE } from '../support/scene.ts'

/** The largest file that is allowed. In bytes. */
const MAX_FILE_BYTES = 8 * 1024 * 1024

/** A file of that size that repeats a text. */
function filledWith(text: string, beginning = ''): string {
  const count = Math.floor((MAX_FILE_BYTES - beginning.length) / Buffer.byteLength(text))
  return `${beginning}${text.repeat(count)}`
}

const TOO_MANY = /: more than 25,000 entries\. Export only the users who leave, or split the list\./

test.each<[string, string, RegExp]>([
  ['l.txt', filledWith('x\n'), TOO_MANY],
  ['l.csv', filledWith(`${'no address, as it seems; '.repeat(5)}\n`, 'email\n'), TOO_MANY],
  ['l.csv', filledWith(';'), /l\.csv: the list has no users/],
  ['l.csv', filledWith('"'), /l\.csv:1: no column is called "email"/],
  ['l.csv', filledWith('x,', 'email\n'), /l\.csv:2: this row has 4,194,30\d cells, the header has 1/],
  ['l.json', filledWith('{"email":"x"},', '['), /the JSON has more than 500,000 values/],
  ['l.jsonl', filledWith('{"email":"x"}\n'), TOO_MANY],
])('a full %s takes little memory, and ends within the time of a test', async (name, text, problem) => {
  // A heap of this size, in MiB, ends a step that keeps what it reads.
  const env = { NODE_OPTIONS: '--max-old-space-size=400', NODE_V8_COVERAGE: undefined }
  const inputs = { 'users-file': name, 'dry-run': 'offline', 'bad-rows': 'skip' }
  const result = await runStep({ inputs, files: { [name]: text }, env, entry: SOURCE })
  expect(result.exitCode).toBe(1)
  expect(result.stdout).toMatch(problem)
})
