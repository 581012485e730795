import { isEmailAddress } from '../text/email-address.ts'
import { quantity } from '../text/measures.ts'
import { isDateLike, UNTITLED_COLUMN } from './csv-advice.ts'
import { type Columns, type CsvHeader, findColumns, findHeader } from './csv-header.ts'
import { cellOf, type CsvRow, mayContainRows, parseCsv, startOfLine } from './csv-rows.ts'
import type { ListFindings, ListName } from './list-findings.ts'
import { type ListFormat, MAX_ENTRIES, type UserEntry } from './user-entry.ts'

/** Reading ends after this many wrong quotation marks. */
const MAX_WRONG_QUOTES = 1_000

/** A warning names at most this many values. */
const MAX_VALUES = 10

/**
 * Reads users from CSV: a header with the column of the addresses, optionally `user_uid`, the column of the dates, and
 * a column to carry along; others are ignored.
 *
 * @param bytes - UTF-8 with line feeds as the only line endings
 */
export async function entriesFromCsv(
  bytes: Buffer,
  list: ListName,
  format: ListFormat,
  findings: ListFindings,
): Promise<UserEntry[]> {
  const header = await findHeader(bytes, format)
  if (header === undefined) return []
  const start = startOfLine(bytes, header.line)
  checkAbove(bytes.subarray(0, start).toString(), header.line, list, findings)
  const columns = findColumns(header, format, list, findings)
  const reader = columns === undefined ? undefined : new EntryReader(header, columns, list, format, findings)
  const read = Object.values(columns ?? {})
  const wrongLines = new Set<number>()
  let wrongQuotes = 0
  const onRow = (row: CsvRow): boolean => {
    const isHeader = row.line === header.line
    if (mayContainRows(row, isHeader ? [] : read)) {
      findings.problemAt(
        { list, line: row.line },
        `a cell contains a line break and may have swallowed the rows up to line ${row.lastLine}; check the quotation marks.`,
      )
    } else if (!isHeader) reader?.read(row)
    return reader === undefined || reader.entries.length <= MAX_ENTRIES
  }
  const onWrongQuote = (line: number): boolean => {
    if (!wrongLines.has(line)) {
      findings.problemAt(
        { list, line },
        'a quotation mark is wrong here or on an earlier line; fix it, because what follows cannot be checked.',
      )
    }
    wrongLines.add(line)
    wrongQuotes += 1
    return wrongQuotes <= MAX_WRONG_QUOTES
  }
  const from = { delimiter: header.delimiter, firstLine: header.line }
  await parseCsv(bytes.subarray(start), from, { onRow, onWrongQuote })
  return reader?.finish() ?? []
}

/** Title rows above the header are passed over, unless they may be users. */
function checkAbove(above: string, headerLine: number, list: ListName, findings: ListFindings): void {
  const withAddress = above.split('\n').findIndex((row) => /[^\s@]@[^\s@]/.test(row))
  if (withAddress !== -1) {
    findings.problemAt(
      { list, line: withAddress + 1 },
      `there is an address above the header, which seems to be line ${headerLine}; move the users below the header, and remove other lines with addresses.`,
    )
  } else if (above.trim() !== '') {
    const lines = ['line 1 was', 'lines 1 and 2 were'][headerLine - 2] ?? `lines 1 to ${headerLine - 1} were`
    findings.notes.push(`${list.name}: ${lines} passed over; the header is line ${headerLine}.`)
  }
}

/** Makes entries of rows. */
class EntryReader {
  readonly entries: UserEntry[] = []
  readonly #titles: readonly string[]
  readonly #columns: Columns
  readonly #list: ListName
  readonly #format: ListFormat
  readonly #findings: ListFindings
  /** The number of cells of a complete row: all up to the last one with a title. */
  readonly #width: number
  /** The columns in which complete rows have addresses or dates. */
  readonly #usualMarks = new Set<string>()
  /** Rows that end early and have addresses or dates in other columns, by the index of their entries. */
  readonly #shortRows = new Map<number, { readonly marks: readonly string[]; readonly email: string }>()
  readonly #filterValues = new Set<string>()
  #isAnySelected = false

  constructor(
    { titles }: CsvHeader,
    columns: Columns,
    list: ListName,
    format: ListFormat,
    findings: ListFindings,
  ) {
    this.#titles = titles
    this.#columns = columns
    this.#format = format
    this.#findings = findings
    this.#width = titles.findLastIndex((title) => title !== '') + 1
    this.#list =
      columns.date === undefined || format.dateColumn === 'revoke_after'
        ? list
        : { ...list, dateName: findings.quotes.name(cellOf(titles, columns.date)) }
  }

  read(row: CsvRow): void {
    const { cells, line } = row
    const place = { list: this.#list, line }
    const length = cells.findLastIndex((cell) => cell !== '') + 1
    if (length > this.#titles.length) {
      const broken = `this row has ${quantity(length, 'cell')}, the header has ${this.#titles.length}; fix the delimiters and quotation marks.`
      this.entries.push({ place, email: onlyAddress(row), broken })
      return
    }
    if (this.#columns.mustBeBlank.some((column) => cellOf(cells, column) !== '')) {
      this.#findings.problemAt(place, UNTITLED_COLUMN)
    }
    const marks = marksOf(row, this.#columns)
    if (cells.length >= this.#width) for (const mark of marks) this.#usualMarks.add(mark)
    else if (marks.length > 0) {
      this.#shortRows.set(this.entries.length, { marks, email: addressOf(row, this.#columns) })
    }
    this.entries.push(this.#entryOf(row))
  }

  /** The entries, when all rows are read. A short row with something where no complete row has it may lack a cell. */
  finish(): UserEntry[] {
    for (const [index, { marks, email }] of this.#shortRows) {
      const { [index]: entry } = this.entries
      if (entry === undefined || marks.every((mark) => this.#usualMarks.has(mark))) continue
      const broken =
        'this row ends early, and seems to lack a cell in the middle; write a delimiter for every cell.'
      this.entries[index] = { place: entry.place, email, broken }
    }
    const { onlyRows } = this.#format
    if (onlyRows !== undefined && !this.#isAnySelected && this.entries.length > 0) {
      const { name } = this.#findings.quotes
      const values = Array.from(this.#filterValues, this.#findings.quotes.value)
      this.#findings.warn(
        `\`only-rows\` selects no row of ${this.#list.name}; check its values. The column ${name(onlyRows.column)} has ${values.length === 0 ? 'no values' : `the values ${values.join(', ')}`}.`,
      )
    }
    return this.entries
  }

  #entryOf({ cells, line }: CsvRow): UserEntry {
    const { email, userUid, date, reference } = this.#columns
    const [uuid, revokeAfter, carried] = [userUid, date, reference].map((column) => cellOf(cells, column))
    return {
      place: { list: this.#list, line },
      email: cellOf(cells, email),
      ...(uuid !== undefined && { userUid: uuid }),
      ...(revokeAfter !== undefined && { revokeAfter }),
      ...(carried !== undefined && { reference: carried }),
      ...(this.#isLeftOut(cells) && { isLeftOut: true }),
    }
  }

  #isLeftOut(cells: readonly string[]): boolean {
    const { onlyRows } = this.#format
    const value = cellOf(cells, this.#columns.filter)
    if (onlyRows === undefined || value === undefined) return false
    const isSelected = onlyRows.values.includes(value.toLowerCase())
    if (isSelected) this.#isAnySelected = true
    else if (value !== '' && this.#filterValues.size < MAX_VALUES) this.#filterValues.add(value)
    return !isSelected
  }
}

/** The columns in which a row has an address or a date, except those that are meant for them. */
function marksOf({ cells }: CsvRow, { email, date }: Columns): string[] {
  return cells.flatMap((cell, column) => {
    if (column === email || column === date) return []
    if (cell.includes('@')) return [`${column}@`]
    return isDateLike(cell) ? [`${column}`] : []
  })
}

/** Of a row that may lack a cell: what is in the column of the addresses, or else the only address. */
function addressOf(row: CsvRow, { email }: Columns): string {
  const text = cellOf(row.cells, email)
  return isEmailAddress(text) ? text : onlyAddress(row)
}

/** Of a row whose cells may have shifted: the address, if there is exactly one. */
function onlyAddress({ cells }: CsvRow): string {
  const [only = '', ...others] = cells.filter(isEmailAddress)
  return others.length === 0 ? only : ''
}
