import * as v from 'valibot'

/** A row of a CSV file. */
export interface CsvRow {
  /** As they stand in the file, white space around them included. */
  readonly cells: readonly string[]
  /** The line that the row begins on, and the one it ends on. */
  readonly line: number
  readonly lastLine: number
}

/** Rows with anything in them, the header first, and the lines at which a quotation mark is wrong. */
export interface CsvRows {
  readonly rows: readonly CsvRow[]
  readonly badLines: readonly number[]
}

/** What spreadsheets put between cells, depending on the language they are set to. */
const DELIMITERS = [',', ';', '\t']

const SkippedRow = v.fallback(v.object({ lines: v.number() }), { lines: 0 })

/** Splits CSV into rows and cells. */
export async function readCsvRows(text: string): Promise<CsvRows> {
  const rows: CsvRow[] = []
  const badLines = new Set<number>()
  if (text.trim() === '') return { rows, badLines: [] }
  // Loaded on demand: most runs have no file, and every start parses what is loaded.
  const { parse } = await import('csv-parse/sync')
  // With one line ending instead of three, lines are counted as an editor counts them, within cells too.
  const lines = text.replace(/\r\n?/g, '\n')
  parse(lines, {
    delimiter: delimiterOf(lines),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: (error) => {
      badLines.add(v.parse(SkippedRow, error).lines)
      return undefined
    },
    on_record: (cells: string[], { lines: lastLine }) => {
      const line = lastLine - cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0)
      if (cells.some((cell) => cell.trim() !== '')) rows.push({ cells, line, lastLine })
      return null
    },
  })
  return { rows, badLines: [...badLines] }
}

/** The delimiter that the first line has most of, outside quotation marks; the comma if it has none. */
function delimiterOf(text: string): string {
  const [line = ''] = text.trimStart().split('\n', 1)
  const bare = line.replace(/"[^"]*"/g, '')
  const count = (delimiter: string): number => bare.split(delimiter).length
  return DELIMITERS.reduce((most, delimiter) => (count(delimiter) > count(most) ? delimiter : most))
}
