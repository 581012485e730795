import { sameAddress } from './address.ts'
import { dateOf } from './due.ts'
import type { Organization } from '../../embedded-api/organization/organization.ts'
import type { With } from '../support/scene.ts'
import type { Entry } from './step-arbitrary.ts'
import type { Trial } from './trial.ts'

/** An entry as JSON and CSV have it. */
interface Row {
  readonly email: string
  readonly user_uid?: string
  readonly revoke_after?: string
}

/** The `with:` of the step that starts at `start` (clock, milliseconds), and the files of its workspace. */
export function inputsOf(
  { list, asked }: Trial,
  organization: Organization,
  start: number,
): { inputs: With; files: Record<string, string> } {
  const rows = list.entries.map((entry) => rowOf(entry, organization, start))
  const emails = rows.map(({ email }) => email)
  const inputs: With = {
    email: null,
    verify: `${asked.verify}`,
    devices: `${asked.devices}`,
    'remove-seat': `${asked.removeSeat}`,
    'warp-session-reauth': `${asked.warp}`,
    'unknown-user': asked.unknownUser,
    'signed-in-again': asked.signedInAgain,
    'dry-run': `${asked.dryRun}`,
    concurrency: `${asked.concurrency}`,
    'max-attempts': `${asked.maxAttempts}`,
  }
  const inline = (email: string): { inputs: With; files: Record<string, string> } => ({
    inputs: { ...inputs, email },
    files: {},
  })
  const filed = (name: string, text: string): { inputs: With; files: Record<string, string> } => ({
    inputs: { ...inputs, 'users-file': name },
    files: { [name]: text },
  })
  switch (list.form) {
    case 'lines':
      return inline(emails.join('\n'))
    case 'commas':
      return inline(emails.join(', '))
    case 'json':
      return inline(JSON.stringify(rows))
    case 'txt_file':
      return filed('leavers.txt', emails.join('\n'))
    case 'json_file':
      return filed('leavers.json', JSON.stringify(rows))
    case 'csv_file':
      return filed('leavers.csv', csvOf(rows))
  }
}

function rowOf({ email, due, uuid }: Entry, organization: Organization, start: number): Row {
  const owner = organization.users.find((user) => sameAddress(user.email, email) === (uuid === 'own'))
  return {
    email,
    ...(uuid !== undefined && owner !== undefined && { user_uid: owner.uid }),
    ...(due !== undefined && { revoke_after: dateOf(due, start) }),
  }
}

/** A date column has no blank cells. */
function csvOf(rows: readonly Row[]): string {
  const dated = rows.some(({ revoke_after }) => revoke_after !== undefined)
  const cells = rows.map(({ email, user_uid = '', revoke_after = 'now' }) => [
    email,
    user_uid,
    ...(dated ? [revoke_after] : []),
  ])
  const header = ['email', 'user_uid', ...(dated ? ['revoke_after'] : [])]
  return [header, ...cells].map((row) => `${row.join(',')}\n`).join('')
}
