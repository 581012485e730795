import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readUsers } from '../../src/users/user-list.ts'
import type { User } from '../../src/users/user.ts'
import { drawnList, type DrawnList } from './drawn-lists/list-arbitrary.ts'
import { type Meaning, meaningOf } from './drawn-lists/list-meaning.ts'
import { NOW, written } from './drawn-lists/written-list.ts'

const { GITHUB_WORKSPACE: before } = process.env
const folder = mkdtempSync(join(tmpdir(), 'drawn-lists-'))

beforeAll(() => {
  process.env['GITHUB_WORKSPACE'] = folder
})

afterAll(() => {
  process.env['GITHUB_WORKSPACE'] = before
  rmSync(folder, { recursive: true })
})

/** What the action takes a list for; undefined where it stops. */
async function readingOf(list: DrawnList): Promise<Meaning | undefined> {
  writeFileSync(join(folder, 'l.csv'), written(list))
  const problems: string[] = []
  const format = {
    emailColumn: 'work email',
    dateColumn: 'Last Day',
    referenceColumn: '',
    onlyRows: list.isFiltered ? { column: 'status', values: ['gone'] } : undefined,
    dateFormat: list.dateFormat,
    blankDate: list.blankDate,
    badRows: list.badRows,
    protectedUsers: new Set<string>(),
    timezone: 'UTC',
    now: NOW,
    dueWithinDays: 30,
  }
  const quotes = { value: (text: string) => text, name: (text: string) => text }
  const receiver = {
    problem: (text: string) => problems.push(text),
    warn: (text: string) => problems.push(text),
    quotes,
  }
  const read = await readUsers({ email: '', usersFile: 'l.csv', userUid: '', format }, receiver)
  if (problems.length > 0) return undefined
  const addresses = (timing: User['timing']): string[] =>
    read.users
      .filter((user) => user.timing === timing)
      .map(({ email }) => email.toLowerCase())
      .sort()
  return {
    due: addresses('due'),
    notDue: addresses('not_due'),
    past: addresses('past'),
    unaddressed: read.unaddressed,
  }
}

test('a list means the same, however it is written', async () => {
  const runs = Number(process.env['PROPERTY_RUNS'] ?? 300)
  await fc.assert(
    fc.asyncProperty(drawnList, async (list) => {
      expect({ csv: written(list), meaning: await readingOf(list) }).toEqual({
        csv: written(list),
        meaning: meaningOf(list),
      })
    }),
    { numRuns: runs },
  )
})

test('the drawn lists are of all kinds', () => {
  const lists = fc.sample(drawnList, { numRuns: 300, seed: 1 })
  const meanings = lists.map(meaningOf)
  expect(meanings.filter((meaning) => meaning === undefined).length).toBeGreaterThan(30)
  for (const group of ['due', 'notDue', 'past'] as const) {
    expect(meanings.filter((meaning) => (meaning?.[group].length ?? 0) > 0).length).toBeGreaterThan(30)
  }
})
