import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { runStep } from '../step.ts'
import type { ListToTry } from './command-line.ts'
import { paint, printHeading, printLine } from './screen.ts'

const Report = v.object({
  users: v.optional(
    v.array(
      v.object({
        email: v.optional(v.string(), 'without an address'),
        status: v.string(),
        due_at: v.optional(v.string()),
      }),
    ),
    [],
  ),
})

/** What a user's status means, with the time from which the user is due. */
const MEANINGS: Readonly<Record<string, (due: string) => string>> = {
  would_revoke: (due) => (due === '' ? 'would be revoked now' : `would be revoked now, due since ${due}`),
  not_due: (due) => `would be revoked from ${due}`,
  past: (due) => `was due on ${due}, too long ago, and is left alone`,
}

/**
 * Runs the action for a list as `dry-run: offline` does, and says whom it would revoke, and when.
 *
 * @returns the exit code of the step, or a message if there is no such file
 */
export async function tryList({ list, given }: ListToTry): Promise<number | string> {
  let content: Uint8Array
  try {
    content = readFileSync(list)
  } catch {
    return `${list} cannot be read. Name the file with your list after --list.`
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
    files: { [name]: content },
    // It stays, because the log says where the report is.
    temp: mkdtempSync(join(tmpdir(), 'demo-')),
    onLine: printLine,
  })
  const { users } = report === '' ? { users: [] } : v.parse(Report, JSON.parse(report))
  if (users.length > 0) printHeading('The users')
  const width = Math.max(...users.map(({ email }) => email.length))
  for (const { email, status, due_at: due = '' } of users) {
    const meaning = MEANINGS[status] ?? (() => status)
    console.log(
      `${email.padEnd(width)}  ${meaning(due.replace('T', ' ').replace(/:00(?:\.\d+)?Z$/, ' UTC'))}`,
    )
  }
  console.log(
    exitCode === 0
      ? `\n${paint(32, 'The list can be used.')}`
      : `\n${paint(31, 'The list cannot be used with these inputs.')}`,
  )
  return exitCode ?? 1
}
