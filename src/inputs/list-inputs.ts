import type { InputReader } from '../runner/input-reader.ts'
import { DATE_FORMATS } from '../users/dates.ts'
import type { ListFormat } from '../users/user-entry.ts'
import { type InputName, INPUTS, type SingleOptions } from './options.ts'

/**
 * Reads how lists are written, and what their gaps mean.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 */
export function readListFormat(
  reader: InputReader<InputName>,
  { ifEmpty, timezone, dueWithinDays }: SingleOptions,
  now: number,
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
    onlyRows: reader.text('only-rows'),
    protectedUsers: reader.text('protected-users'),
    dateFormat: reader.choice('date-format', DATE_FORMATS),
    blankDate: reader.choice('blank-date', ['stop', 'not-due']),
    badRows: reader.choice('bad-rows', ['stop', 'skip']),
    ifEmpty,
    timezone,
    now,
    dueWithinDays,
  }
}
