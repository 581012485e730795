import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readUsers, type UserList } from '../../../src/users/user-list.ts'
import type { User } from '../../../src/users/user.ts'
import type { DrawnList } from './list-arbitrary.ts'
import { NOW } from './written-list.ts'

/** What is left of a list that was read. */
export interface Reading {
  readonly due: readonly string[]
  readonly notDue: readonly string[]
  readonly past: readonly string[]
  readonly staying: number
  readonly badRows: number
}

/** A workspace of its own for lists, for as long as it lives. */
export class ListFolder implements Disposable {
  readonly #before = process.env['GITHUB_WORKSPACE']
  readonly #folder = mkdtempSync(join(tmpdir(), 'drawn-lists-'))

  constructor() {
    process.env['GITHUB_WORKSPACE'] = this.#folder
  }

  [Symbol.dispose](): void {
    if (this.#before === undefined) delete process.env['GITHUB_WORKSPACE']
    else process.env['GITHUB_WORKSPACE'] = this.#before
    rmSync(this.#folder, { recursive: true })
  }

  /** What the action takes a list for; undefined where it stops. */
  async read(csv: string, list: DrawnList): Promise<Reading | undefined> {
    writeFileSync(join(this.#folder, 'l.csv'), csv)
    const { value, problems } = await readUsers({
      email: '',
      usersFile: 'l.csv',
      userUid: '',
      emailColumn: 'work email',
      dateColumn: 'Last Day',
      referenceColumn: '',
      onlyRows: list.isFiltered ? 'status = gone' : '',
      dateFormat: list.dateFormat,
      blankDate: list.blankDate,
      badRows: list.badRows,
      // A list of which no row is selected is not a mistake of the list.
      ifEmpty: 'warn',
      protectedUsers: '',
      timezone: 'UTC',
      now: NOW,
      dueWithinDays: 30,
    })
    return problems.length > 0 ? undefined : readingOf(value)
  }
}

function readingOf({ users, staying, badRows }: UserList): Reading {
  const addresses = (timing: User['timing']): string[] =>
    users
      .filter((user) => user.timing === timing)
      .map(({ email }) => email.toLowerCase())
      .sort()
  return {
    due: addresses('due'),
    notDue: addresses('not_due'),
    past: addresses('past'),
    staying,
    badRows: badRows.length,
  }
}
