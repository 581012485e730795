import { expect, test } from '@jest/globals'
import { exampleText } from './act.ts'
import { hrExport } from './documents.ts'
import { dateIn, LEAVER, sceneOf } from './scene.ts'

const { list, change } = hrExport()
const lines = change.code.trimEnd().split('\n')

/** What the lines of a diff begin with, each with the lines that do. */
const beginningWith = (...signs: string[]): string =>
  lines
    .filter((line) => signs.includes(line.slice(0, 1)))
    .map((line) => `${line.slice(1)}\n`)
    .join('')

const scene = sceneOf('nightly.yml')

test('README.md changes at most four lines of the nightly example', () => {
  expect(lines.filter((line) => !line.startsWith(' ')).length).toBeLessThanOrEqual(4)
  expect(exampleText('nightly.yml').split(beginningWith(' ', '-'))).toHaveLength(2)
})

test('users who left are revoked, and those who leave later or have no date are left alone', async () => {
  const text = exampleText('nightly.yml').replace(beginningWith(' ', '-'), beginningWith(' ', '+'))
  const result = await scene.run({ event: 'schedule', text, files: { 'leavers.csv': excel(list.code) } })
  expect(result.jobs).toEqual({ revoke: 'success' })
  expect(scene.revoked()).toEqual([LEAVER])
  // One of them has no address.
  expect(result.output).toContain('2 people stay')
})

/** The list of README.md on the day after the first date in it, with what Excel puts into a file besides. */
function excel(csv: string): string {
  const days = [-1, 5]
  const dated = csv.replaceAll(/\d\d\.\d\d\.\d{4}/g, () => {
    const [year, month, day] = dateIn(days.shift() ?? 0).split('-')
    return `${day}.${month}.${year}`
  })
  expect(days).toEqual([])
  return `\uFEFF${dated.replaceAll('\n', '\r\n')}`
}
