import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { Report } from '../../src/result/report-schema.ts'
import { runStep } from '../step.ts'
import { type ListToTry, Refusal } from './command-line.ts'
import { paint, printHeading, printLine } from './screen.ts'

/** What a user's status means, with the time from which the user is due. */
const MEANINGS: Readonly<Record<string, (due: string) => string>> = {
  would_revoke: (due) => `would be revoked now${due === '' ? '' : `, due since ${due}`}`,
  not_due: (due) => `would be revoked from ${due}`,
  past: (due) => `was due on ${due}, too long ago, and is left alone`,
}

/**
 * Runs the action for a list as `dry-run: offline` does, and says whom it would revoke, and when.
 *
 * @returns the exit code of the step
 * @throws Refusal if there is no such file
 */
export async function tryList({ list, given }: ListToTry): Promise<number> {
  if (statSync(list, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new Refusal(`${list} cannot be read. Name the file with your list after --list.`)
  }
  const name = basename(list)
  console.log('This reads your list as a step with these inputs would. Nothing is sent.')
  printHeading('The step')
  // The last two whatever was given: nothing may be sent.
  const inputs = { ...given, 'users-file': name, 'dry-run': 'offline' }
  for (const [input, value] of Object.entries(inputs)) console.log(`    ${input}: ${value}`)
  printHeading('The log of the step')
  const { exitCode, report } = await runStep({
    inputs,
    files: { [name]: readFileSync(list) },
    // It stays, because the log says where the report is.
    temp: mkdtempSync(join(tmpdir(), 'demo-')),
    onLine: printLine,
  })
  const users = report === '' ? [] : v.parse(Report, JSON.parse(report)).users
  if (users.length > 0) printHeading('The users')
  const width = Math.max(...users.map(({ email }) => email.length))
  for (const { email, status, due_at: due = '' } of users) {
    const time = due.replace('T', ' ').replace(/:00(?:\.\d+)?Z$/, ' UTC')
    console.log(`${email.padEnd(width)}  ${MEANINGS[status]?.(time) ?? status}`)
  }
  const verdict =
    exitCode === 0
      ? paint(32, 'The list can be used.')
      : paint(31, 'The list cannot be used with these inputs.')
  console.log(`\n${verdict}`)
  return exitCode ?? 1
}
