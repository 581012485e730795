import { expect, test } from '@jest/globals'
import { readingOf, tableOf } from '../support/reading.ts'

test.each([
  ['that ends nowhere', '['.repeat(200_000)],
  ['that is valid', '['.repeat(200_000) + ']'.repeat(200_000)],
])('JSON nested 200,000 deep %s is reported as such', async (_name, text) => {
  expect((await readingOf({}, { 'l.json': text })).problems).toEqual([
    'l.json: the JSON is nested too deeply to be a list of users.',
  ])
})

test.each(['l.txt', 'l.csv'])(
  'the same problem of many rows in %s is told once, with its number and first lines',
  async (name) => {
    const { problems } = await readingOf({}, { [name]: `email\n${'x\n'.repeat(24_000)}` })
    const number = name === 'l.csv' ? '24,000' : '24,001'
    expect(problems).toEqual([
      expect.stringMatching(
        new RegExp(
          String.raw`is not an email address like user@example\.com \(${number} such rows: .*, and 23,99[01] more\)\.$`,
        ),
      ),
    ])
  },
)

test('few equal problems keep their places', async () => {
  const few = Array.from({ length: 5 }, (_, index) => `x${index}`)
  expect((await tableOf(`email\n${few.join('\n')}\n`)).problems).toHaveLength(5)
})
