import { expect, test } from '@jest/globals'
import { usersOf } from '../support/users.ts'

test.each([
  ['that ends nowhere', '['.repeat(200_000)],
  ['that is valid', '['.repeat(200_000) + ']'.repeat(200_000)],
])('JSON nested 200,000 deep %s is told plainly', async (_name, text) => {
  expect(await usersOf(null, { 'l.json': text })).toEqual([
    'l.json: the JSON is nested too deeply to be a list of users.',
  ])
})

test.each(['l.txt', 'l.csv'])(
  'of many bad lines in %s, a hundred are reported and the rest is counted',
  async (name) => {
    const problems = await usersOf(null, { [name]: `email\n${'x\n'.repeat(99_000)}` })
    expect(problems).toHaveLength(101)
    expect(problems).toContain(`${name}, line 99: "x" is not an email address like user@example.com.`)
    expect(problems).toContainEqual(
      expect.stringMatching(/^The lists have 98,90\d more problems: fix the ones above/),
    )
  },
)
