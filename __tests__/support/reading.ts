import { readInputs } from '../../src/inputs/checked-inputs.ts'
import { StepHere } from './environment.ts'
import { placedText } from '../../src/text/problem.ts'
import type { With } from './scene.ts'

/** What a step makes of its lists. */
export interface Reading {
  readonly due?: readonly string[]
  readonly notDue?: readonly string[]
  readonly past?: readonly string[]
  readonly staying?: number
  /** Place, address, and problems of each row. */
  readonly badRows?: readonly string[]
  readonly problems?: readonly string[]
  readonly warnings: readonly string[]
  readonly notes?: readonly string[]
}

/** The day for which the dates of the lists in tests are meant. */
export const TODAY = Date.parse('2026-11-25T12:00:00Z')

/** What a step makes of a file, or of the input `email` if there is none. */
export async function readingOf(
  inputs: With,
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<Reading> {
  const [name = null] = Object.keys(files)
  using _step = new StepHere({ email: null, 'users-file': name, ...inputs }, {}, files)
  const read = await readInputs(TODAY)
  const warnings = read.warnings.map(placedText)
  if (read.kind === 'problems') return { problems: read.problems.map(placedText), warnings }
  const { users, staying, badRows, notes } = read.list
  const emailsOf = (timing: string): string[] =>
    users.filter((user) => user.timing === timing).map(({ email }) => email)
  return {
    due: emailsOf('due'),
    notDue: emailsOf('not_due'),
    past: emailsOf('past'),
    staying,
    badRows: badRows.map(({ source, email, problems }) => `${source} ${email}: ${problems.join(' ')}`),
    warnings,
    notes,
  }
}

/** The same for the text of a table. */
export async function tableOf(csv: string | Uint8Array, inputs: With = {}): Promise<Reading> {
  return readingOf(inputs, { 'l.csv': csv })
}
