import * as v from 'valibot'

/** A row of a CSV file. */
export interface CsvRow {
  /** Trimmed. */
  readonly cells: readonly string[]
  /** As they are in the file, white space and line breaks around them included. */
  readonly rawCells: readonly string[]
  /** The line that the row begins on, and the one it ends on. */
  readonly line: number
  readonly lastLine: number
}

/** What {@link parseCsv} calls while it reads, from top to bottom. A false answer ends the reading. */
export interface CsvReceiver {
  /** A row that is not blank. */
  readonly onRow: (row: CsvRow) => boolean
  /** A line at which a quotation mark is wrong. */
  readonly onWrongQuote: (line: number) => boolean
}

/** Where in a CSV file to begin, and how its cells are separated. */
export interface CsvStart {
  readonly delimiter: string
  /** The line of the file that the bytes begin on. */
  readonly firstLine?: number
  /** Whether quotation marks within cells are allowed. */
  readonly relaxQuotes?: boolean
}

/** Separators of cells; which one spreadsheets use depends on their language. */
export const DELIMITERS = [',', ';', '\t']

/** Enough for the first rows of any file. In bytes. */
const BEGINNING_LENGTH = 256 * 1024

/** A stray quotation mark may swallow the rest of the file. */
const MAX_ROW_BYTES = 64 * 1024

const SkippedRow = v.fallback(v.object({ lines: v.number() }), { lines: 0 })

/**
 * Splits CSV into rows and cells, without keeping them.
 *
 * @param bytes - UTF-8 with line feeds as the only line endings
 */
export async function parseCsv(
  bytes: Buffer,
  { delimiter, firstLine = 1, relaxQuotes = false }: CsvStart,
  { onRow, onWrongQuote }: CsvReceiver,
): Promise<void> {
  // Loaded on demand: most runs have no file, and every start parses what is loaded.
  const { parse } = await import('csv-parse/sync')
  const enough = new Error('no more rows')
  try {
    parse(bytes, {
      delimiter,
      record_delimiter: '\n',
      max_record_size: MAX_ROW_BYTES,
      relax_column_count: true,
      relax_quotes: relaxQuotes,
      skip_empty_lines: true,
      skip_records_with_error: true,
      trim: true,
      on_skip: (error) => {
        if (!onWrongQuote(v.parse(SkippedRow, error).lines + firstLine - 1)) throw enough
        return undefined
      },
      on_record: (cells: string[], { lines }) => {
        const lastLine = lines + firstLine - 1
        const line = lastLine - cells.reduce((breaks, cell) => breaks + lineBreaksIn(cell), 0)
        const trimmed = cells.map((cell) => cell.trim())
        const goesOn =
          trimmed.every((cell) => cell === '') || onRow({ cells: trimmed, rawCells: cells, line, lastLine })
        if (!goesOn) throw enough
        return null
      },
    })
  } catch (error) {
    if (error !== enough) throw error
  }
}

/** The cell in a column, blank where the row has ended; undefined if there is no such column. */
export function cellOf(cells: readonly string[], column: number): string
export function cellOf(cells: readonly string[], column: number | undefined): string | undefined
export function cellOf(cells: readonly string[], column: number | undefined): string | undefined {
  return column === undefined ? undefined : (cells[column] ?? '')
}

/** The first rows of a file as one delimiter makes them. Quotation marks are not checked. */
export async function firstRows(bytes: Buffer, delimiter: string, count: number): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  await parseCsv(
    bytes.subarray(0, BEGINNING_LENGTH),
    { delimiter, relaxQuotes: true },
    {
      onRow: (row) => rows.push(row) < count,
      onWrongQuote: () => true,
    },
  )
  return rows
}

/**
 * Whether two stray quotation marks may have made a cell of several rows: then a later line of the cell has an address.
 *
 * @param read - the columns that are read, in which no cell has a second line at all
 */
export function mayContainRows({ rawCells, line, lastLine }: CsvRow, read: readonly unknown[]): boolean {
  if (line === lastLine) return false
  return rawCells.some((cell, place) => {
    const [, ...later] = cell.split('\n')
    return later.some((text) => read.includes(place) || text.includes('@'))
  })
}

/** Where in the file a line begins. In bytes. */
export function startOfLine(bytes: Buffer, line: number): number {
  let start = 0
  for (let passed = 1; passed < line; passed += 1) start = bytes.indexOf('\n', start) + 1
  return start
}

function lineBreaksIn(cell: string): number {
  return cell.includes('\n') ? cell.split('\n').length - 1 : 0
}
