import { expect, test } from '@jest/globals'
import { SOURCE } from '../support/scene.ts'
import { runStep } from '../../scripts/step.ts'
import { usersOf } from '../support/users.ts'

/** The largest file that is allowed. In bytes. */
const MAX_FILE_BYTES = 16 * 1024 * 1024

/** A file of that size that repeats a text. */
function filledWith(text: string, beginning = ''): string {
  const count = Math.floor((MAX_FILE_BYTES - beginning.length) / Buffer.byteLength(text))
  return `${beginning}${text.repeat(count)}`
}

test.each([
  ['that ends nowhere', '['.repeat(200_000)],
  ['that is valid', '['.repeat(200_000) + ']'.repeat(200_000)],
])('JSON nested 200,000 deep %s is reported as such', async (_name, text) => {
  expect(await usersOf(null, { 'l.json': text })).toEqual([
    'l.json: the JSON is nested too deeply to be a list of users.',
  ])
})

test.each(['l.txt', 'l.csv'])(
  'a hundred of many bad lines in %s are reported, and the rest is counted',
  async (name) => {
    const problems = await usersOf(null, { [name]: `email\n${'x\n'.repeat(24_000)}` })
    expect(problems).toHaveLength(101)
    expect(problems).toContain(`${name}, line 99: "x" is not an email address like user@example.com.`)
    expect(problems).toContainEqual(
      expect.stringMatching(/^The lists have 23,90\d more problems: fix the ones above/),
    )
  },
)

const TOO_MANY = /: more than 25,000 entries; export only the users who leave, or split the list\.$/

test.each<[string, string, RegExp]>([
  ['l.txt', filledWith('x\n'), TOO_MANY],
  ['l.csv', filledWith(`${'no address, as it seems; '.repeat(5)}\n`, 'email\n'), TOO_MANY],
  ['l.csv', filledWith('x,', 'email\n'), /^l\.csv, line 2: a quotation mark is wrong here/],
  ['l.json', filledWith('{"email":"x"},', '['), TOO_MANY],
  ['l.jsonl', filledWith('{"email":"x"}\n'), TOO_MANY],
])('a full %s takes little memory', async (name, text, problem) => {
  // A heap of this size, in MiB, ends a step that keeps what it reads.
  const env = { NODE_OPTIONS: '--max-old-space-size=64', NODE_V8_COVERAGE: undefined }
  const inputs = { 'users-file': name, 'dry-run': 'offline', 'bad-rows': 'skip' }
  const result = await runStep({ inputs, files: { [name]: text }, env, entry: SOURCE })
  expect(result.exitCode).toBe(1)
  expect(result.errors.at(-1)?.split('\n')[1]?.replace(/^1\. /, '')).toMatch(problem)
})

test('a file in which every quotation mark is wrong is not searched to its end', async () => {
  const problems = await usersOf(null, { 'l.csv': filledWith('"a"b\n', 'email\n') })
  expect(problems).toContainEqual(expect.stringMatching(/^The lists have \d{3} more problems: /))
})
