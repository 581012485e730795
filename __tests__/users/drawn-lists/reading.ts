import { tableOf } from '../../support/reading.ts'
import type { DrawnList } from './list-arbitrary.ts'
import type { Meaning } from './list-meaning.ts'

/** What a step takes a list for, and how many rows are bad; undefined where it stops. */
export async function readDrawn(
  csv: string,
  { isFiltered, dateFormat, blankDate, badRows }: DrawnList,
): Promise<(Meaning & { readonly badRows: number }) | undefined> {
  const reading = await tableOf(csv, {
    'email-column': 'work email',
    'date-column': 'Last Day',
    'only-rows': isFiltered ? 'status = gone' : 'none',
    'date-format': dateFormat,
    'blank-date': blankDate,
    'bad-rows': badRows,
    // A list of which no row is selected is not a mistake of the list.
    'if-empty': 'warn',
  })
  const { due = [], notDue = [], past = [], staying = 0, badRows: bad = [], problems } = reading
  const sorted = (emails: readonly string[]): string[] => emails.map((email) => email.toLowerCase()).sort()
  return problems === undefined
    ? { due: sorted(due), notDue: sorted(notDue), past: sorted(past), staying, badRows: bad.length }
    : undefined
}
