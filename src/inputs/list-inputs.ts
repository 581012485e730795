import { parseEmailAddress } from '../text/email-address.ts'
import { itemsOf, shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problemText } from '../text/problem.ts'
import { protectionKey } from '../users/merged-users.ts'
import type { RowFilter } from '../users/user-entry.ts'
import { readUsers, type UserList } from '../users/user-list.ts'
import type { InputValues } from './options.ts'

/** Values that select the people who stay. */
const STAYING_VALUE = /^(?:active|aktiv|actif|activo|attivo|enabled|current|employed|provisioned|staged)$/

/**
 * Reads the users that the step names.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 */
export async function readUserList(
  values: InputValues,
  now: number,
): Promise<Checked<UserList> & { readonly warnings: readonly Problem[] }> {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const problem = (sentence: string, at?: { readonly file?: string; readonly line?: number }): void => {
    problems.push({
      what: sentence.replace(/\.$/, ''),
      ...(at !== undefined && { at: { source: '', ...at } }),
    })
  }
  const warn = (sentence: string): void => {
    warnings.push({ what: sentence.replace(/\.$/, '') })
  }
  const format = {
    emailColumn: values['email-column'],
    dateColumn: values['date-column'],
    referenceColumn: values['reference-column'],
    onlyRows: readRowFilter(values, problem, warn),
    dateFormat: values['date-format'],
    blankDate: values['blank-date'],
    badRows: values['bad-rows'],
    protectedUsers: readProtectedUsers(values, problem),
    timezone: values.timezone,
    now,
    dueWithinDays: values['due-within-days'],
  }
  const given = {
    email: values.email,
    usersFile: values['users-file'],
    userUid: values['user-uid'],
    format,
  }
  const value = await readUsers(given, { problem, warn, quotes: { value: shownValue, name: shownValue } })
  return { value, problems, warnings }
}

/** `COLUMN = VALUE, VALUE`. */
function readRowFilter(
  values: InputValues,
  problem: (sentence: string) => void,
  warn: (sentence: string) => void,
): RowFilter | undefined {
  const text = values['only-rows']
  if (text.toLowerCase() === 'none') return undefined
  const [, column = '', list = ''] = /^([^=]*)=([^]*)$/.exec(text) ?? []
  const selected = list
    .split(',')
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '')
  if (column.trim() === '' || selected.length === 0) {
    problem(
      `\`only-rows\` is ${shownValue(text)}: write a column and its values, like \`only-rows: Status = Suspended, Archived\`.`,
    )
  }
  if (!values['users-file'].toLowerCase().endsWith('.csv')) {
    problem('`only-rows` needs columns: use it with a CSV file in `users-file`.')
  }
  const staying = selected.find((value) => STAYING_VALUE.test(value))
  if (staying !== undefined) {
    warn(
      `\`only-rows\` selects the rows with ${shownValue(staying)}, which seem to be users who stay; check it, because the users of these rows are revoked.`,
    )
  }
  return { column: column.trim(), values: selected }
}

function readProtectedUsers(values: InputValues, problem: (sentence: string) => void): ReadonlySet<string> {
  const keys = new Set<string>()
  const text = values['protected-users']
  const items = text.toLowerCase() === 'none' ? [] : itemsOf(text)
  for (const [index, item] of items.entries()) {
    const email = parseEmailAddress(item)
    if (typeof email === 'string') keys.add(protectionKey(email))
    else problem(`\`protected-users\`, entry ${index + 1}: ${problemText(email)}`)
  }
  return keys
}
