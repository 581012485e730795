import type { InputReader } from '../runner/input-reader.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { itemsOf } from '../text/plain-text.ts'
import { DATE_FORMATS } from '../users/dates.ts'
import type { MessageQuotes } from '../users/list-findings.ts'
import { protectionKey } from '../users/merged-users.ts'
import type { ListFormat, RowFilter } from '../users/user-entry.ts'
import { type InputName, INPUTS, type SingleOptions } from './options.ts'

/** Values that select the people who stay. */
const STAYING_VALUE = /^(?:active|aktiv|actif|activo|attivo|enabled|current|employed|provisioned|staged)$/

/**
 * Reads how lists are written, and what their gaps mean.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 */
export function readListFormat(
  reader: InputReader<InputName>,
  { timezone, dueWithinDays }: SingleOptions,
  now: number,
  quotes: MessageQuotes,
): ListFormat {
  // An expression that came out empty counts as absent: the default name is the careful one.
  const columnName = (name: 'email-column' | 'date-column'): string => {
    const text = reader.text(name)
    return text === '' ? INPUTS[name] : text
  }
  return {
    emailColumn: columnName('email-column'),
    dateColumn: columnName('date-column'),
    referenceColumn: reader.text('reference-column'),
    onlyRows: readRowFilter(reader),
    dateFormat: reader.choice('date-format', DATE_FORMATS),
    blankDate: reader.choice('blank-date', ['stop', 'not-due']),
    badRows: reader.choice('bad-rows', ['stop', 'skip']),
    protectedUsers: readProtectedUsers(reader, quotes),
    timezone,
    now,
    dueWithinDays,
  }
}

/** `COLUMN = VALUE, VALUE`. */
function readRowFilter(reader: InputReader<InputName>): RowFilter | undefined {
  const text = reader.text('only-rows')
  if (text === '') return undefined
  const [, column = '', list = ''] = /^([^=]*)=([^]*)$/.exec(text) ?? []
  const values = list
    .split(',')
    .map((value) => value.trim().toLowerCase())
    .filter((value) => value !== '')
  if (column.trim() === '' || values.length === 0) {
    reader.problem(
      `\`only-rows\` is ${reader.quote(text)}: write a column and its values, like \`only-rows: Status = Suspended, Archived\`.`,
    )
  }
  if (!reader.text('users-file').toLowerCase().endsWith('.csv')) {
    reader.problem('`only-rows` needs columns: use it with a CSV file in `users-file`.')
  }
  const staying = values.find((value) => STAYING_VALUE.test(value))
  if (staying !== undefined) {
    reader.warn(
      `\`only-rows\` selects the rows with ${reader.quote(staying)}, which seem to be users who stay; check it, because the users of these rows are revoked.`,
    )
  }
  return { column: column.trim(), values }
}

function readProtectedUsers(reader: InputReader<InputName>, quotes: MessageQuotes): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const [index, text] of itemsOf(reader.text('protected-users')).entries()) {
    const email = parseEmailAddress(text)
    if (typeof email === 'string') keys.add(protectionKey(email))
    else {
      reader.problem(
        `\`protected-users\`, entry ${index + 1}: fix it, because ${quotes.value(text)} ${email.problem}.`,
      )
    }
  }
  return keys
}
