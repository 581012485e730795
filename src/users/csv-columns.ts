import type { CsvRow } from './csv-rows.ts'
import { exactLine, likelyDates, likelyEmail } from './csv-guesses.ts'
import type { ListFormat, MessageQuotes } from './user-entry.ts'

/** Where in a row what is. */
export interface Columns {
  readonly email: number
  readonly userUid?: number
  readonly date?: number
  readonly reference?: number
}

/** What a file is called where the step says nothing of it. */
const DATE_COLUMN = 'revoke_after'

/** The title row is among the first rows if there is one. */
const FIRST_ROWS = 10

/** The form in which titles are compared: without letter case, white space, `-` and `_`. */
export function columnKey(title: string): string {
  return title.toLowerCase().replace(/[-_\s"]/g, '')
}

/**
 * Finds the columns by the header.
 *
 * A date column under a name that nobody told us must never mean that whoever leaves in two years is signed out now:
 * so a file with unknown columns needs a date column, or the word that it has none.
 *
 * @param rows - of the file, the header first
 * @param report - takes each problem with the header, as the end of a sentence
 * @returns undefined exactly if a problem was told
 */
export function findColumns(
  rows: readonly CsvRow[],
  format: ListFormat,
  quotes: MessageQuotes,
  report: (problem: string) => void,
): Columns | undefined {
  const [header, ...others] = rows
  const { cells = [] } = { ...header }
  const titles = cells.map((title) => title.trim())
  const keys = titles.map(columnKey)
  const find = (name: string): number | undefined => {
    const place = keys.indexOf(columnKey(name))
    return place === -1 ? undefined : place
  }
  const email = find(format.emailColumn)
  if (email === undefined) {
    report(noEmailColumn(titles, others, format, quotes))
    return undefined
  }
  const dated = format.dateColumn.toLowerCase() !== 'none'
  const { referenceColumn } = format
  const columns: Columns = {
    email,
    ...some('userUid', find('user_uid')),
    ...some('date', dated ? find(format.dateColumn) : undefined),
    ...some('reference', referenceColumn === '' ? undefined : find(referenceColumn)),
  }
  const ambiguous = [...repeated(titles, keys, format, quotes), ...shared(columns)]
  const problems = [
    ...ambiguous,
    ...(referenceColumn !== '' && columns.reference === undefined
      ? [
          `no column is called ${quotes.name(referenceColumn)} (\`reference-column\`). ${found(titles, quotes)}`,
        ]
      : []),
    ...(ambiguous.length > 0 ? [] : dateProblems(titles, columns, format, others, quotes)),
  ]
  for (const problem of problems) report(problem)
  return problems.length === 0 ? columns : undefined
}

function some<Name extends string>(name: Name, place: number | undefined): Partial<Record<Name, number>> {
  const columns: Partial<Record<Name, number>> = {}
  if (place !== undefined) columns[name] = place
  return columns
}

function noEmailColumn(
  titles: readonly string[],
  others: readonly CsvRow[],
  { emailColumn }: ListFormat,
  quotes: MessageQuotes,
): string {
  const header = others
    .slice(0, FIRST_ROWS)
    .find(({ cells }) => cells.some((cell) => columnKey(cell) === columnKey(emailColumn)))
  if (header !== undefined) {
    return `not the header, which seems to be line ${header.line}; remove the lines above that.`
  }
  if (titles.some((title) => title.includes('@'))) {
    return 'the first row must be a header, but it contains an address; add a line with the names of the columns above it, such as `email`.'
  }
  const likely = likelyEmail(titles, others)
  const remedy =
    likely === undefined
      ? 'Set `email-column` to the one with the addresses'
      : `Set ${exactLine('email-column', likely)}`
  const input = columnKey(emailColumn) === 'email' ? '' : ' (`email-column`)'
  return `no column is called ${quotes.name(emailColumn)}${input}. ${found(titles, quotes)} ${remedy}, or add a header if the first row is none.`
}

function found(titles: readonly string[], quotes: MessageQuotes): string {
  return `The columns are ${titles.map((title) => quotes.name(title)).join(', ')}.`
}

function repeated(
  titles: readonly string[],
  keys: readonly string[],
  { emailColumn, dateColumn, referenceColumn }: ListFormat,
  quotes: MessageQuotes,
): string[] {
  const read = new Set([emailColumn, 'user_uid', dateColumn, referenceColumn].map(columnKey))
  return titles.flatMap((title, place) => {
    const key = columnKey(title)
    const again = key !== '' && read.has(key) && keys.indexOf(key) < place
    return again ? [`two columns have the same name, the second ${quotes.name(title)}; keep one.`] : []
  })
}

/** The same column for two things is a mistake in the step. */
function shared({ email, userUid, date, reference }: Columns): string[] {
  const places = [email, userUid, date, reference].filter((place) => place !== undefined)
  return new Set(places).size === places.length
    ? []
    : ['`email-column`, `date-column`, and `reference-column` must be different columns.']
}

function dateProblems(
  titles: readonly string[],
  columns: Columns,
  { dateColumn, emailColumn, referenceColumn }: ListFormat,
  rows: readonly CsvRow[],
  quotes: MessageQuotes,
): string[] {
  const usual = titles.find((title) => columnKey(title) === columnKey(DATE_COLUMN))
  const named = columnKey(dateColumn) !== columnKey(DATE_COLUMN)
  if (
    named &&
    usual !== undefined &&
    columnKey(emailColumn) !== columnKey(usual) &&
    columnKey(referenceColumn) !== columnKey(usual)
  ) {
    return [
      `there is a column ${quotes.name(usual)} beside \`date-column: ${dateColumn}\`, so it is not clear which dates count; remove that input, or rename the column.`,
    ]
  }
  if (columns.date !== undefined || dateColumn.toLowerCase() === 'none') return []
  if (named) {
    return [`no column is called ${quotes.name(dateColumn)} (\`date-column\`). ${found(titles, quotes)}`]
  }
  const unknown = titles.flatMap((title, place) =>
    Object.values(columns).includes(place) || (title === '' && isBlank(rows, place))
      ? []
      : [{ title, place }],
  )
  if (unknown.length === 0) return []
  const likely = likelyDates(unknown, rows)
  const remedy = likely.map((title) => exactLine('date-column', title)).join(' or ')
  return [
    `no column is called "${DATE_COLUMN}", so any of these may hold the dates: ${unknown.map(({ title }) => quotes.name(title)).join(', ')}. Set ${remedy === '' ? '`date-column` to the one that does' : remedy}, or \`date-column: none\` if the file has no dates and everybody in it is to be revoked now.`,
  ]
}

function isBlank(rows: readonly CsvRow[], place: number): boolean {
  return rows.every(({ cells }) => (cells[place] ?? '').trim() === '')
}
