import { INPUTS } from '../runner/declared-inputs.ts'
import type { InputReader } from '../runner/input-reader.ts'
import { DATE_FORMATS } from '../users/dates.ts'
import type { ListFormat } from '../users/user-entry.ts'

/**
 * Reads the inputs that say how lists are written.
 *
 * @param timezone - an IANA time zone
 */
export function readListFormat(reader: InputReader, timezone: string): ListFormat {
  return {
    emailColumn: columnName(reader, 'email-column'),
    dateColumn: columnName(reader, 'date-column'),
    referenceColumn: reader.text('reference-column'),
    dateFormat: reader.choice('date-format', DATE_FORMATS),
    blankDate: reader.choice('blank-date', ['stop', 'not-due']),
    badRows: reader.choice('bad-rows', ['stop', 'skip']),
    timezone,
  }
}

/** An expression that came out empty is as good as none: the default name is the careful one. */
function columnName(reader: InputReader, name: 'email-column' | 'date-column'): string {
  const text = reader.text(name)
  return text === '' ? INPUTS[name] : text
}
