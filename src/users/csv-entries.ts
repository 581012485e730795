import * as v from 'valibot'
import type { UserEntry } from './user-entry.ts'

/** The columns that mean something, in the form in which headers are compared. */
type Column = 'email' | 'useruid' | 'revokeafter'

/** A row, and the line of the file that it ends on. */
interface Row {
  readonly cells: readonly string[]
  readonly line: number
}

/** What spreadsheets put between cells, depending on the language they are set to. */
const DELIMITERS = [',', ';', '\t']

const SkippedRow = v.fallback(v.object({ lines: v.number() }), { lines: 0 })

/**
 * Reads users from CSV: a header row with `email`, optionally `user_uid` and `revoke_after`; other columns are ignored.
 *
 * @param name - the name of the file, for messages
 * @param problem - takes each problem as a full sentence, with file and line
 */
export async function entriesFromCsv(
  text: string,
  name: string,
  problem: (sentence: string) => void,
): Promise<UserEntry[]> {
  const [header, ...rows] = await rowsOf(text, (line) => {
    problem(
      `${name}, line ${line}: a quotation mark is wrong here or on an earlier line; fix it, because what follows cannot be checked.`,
    )
  })
  if (header === undefined) return []
  const places = placesOf(header, name, problem)
  if (places === undefined) return []
  const width = header.cells.length
  return rows.flatMap(({ cells, line }) => {
    const where = `${name}, line ${line}`
    if (cells.length === width) return [entryOf(cells, places, where)]
    problem(
      `${where}: ${cells.length} cells where the header has ${width}; fix the delimiters and quotation marks.`,
    )
    return []
  })
}

/** Rows with anything in them, the header first. */
async function rowsOf(text: string, badLine: (line: number) => void): Promise<Row[]> {
  if (text.trim() === '') return []
  // Loaded on demand: most runs have no file, and every start parses what is loaded.
  const { parse } = await import('csv-parse/sync')
  const rows: Row[] = []
  const badLines = new Set<number>()
  parse(text, {
    delimiter: delimiterOf(text),
    // All of them: the line ending of the first row says nothing of the others.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
    on_skip: (error) => {
      badLines.add(v.parse(SkippedRow, error).lines)
      return undefined
    },
    on_record: (cells: string[], { lines: line }) => {
      if (cells.some((cell) => cell !== '')) rows.push({ cells, line })
      return null
    },
  })
  for (const line of badLines) badLine(line)
  return rows
}

/** The delimiter with which the first line has a column for addresses; the comma if none does. */
function delimiterOf(text: string): string {
  const [line = ''] = text.trimStart().split(/[\r\n]/, 1)
  const fits = (delimiter: string): boolean =>
    line.split(delimiter).some((title) => columnKey(title) === 'email')
  return DELIMITERS.find(fits) ?? ','
}

function placesOf(
  { cells, line }: Row,
  name: string,
  problem: (sentence: string) => void,
): ReadonlyMap<Column, number> | undefined {
  const places = new Map<Column, number>()
  const twice: string[] = []
  for (const [place, title] of cells.entries()) {
    const column = columnKey(title)
    if (column === undefined) continue
    if (places.has(column)) twice.push(title)
    places.set(column, place)
  }
  for (const title of twice)
    problem(`${name}, line ${line}: two columns have the same name, the second "${title}"; keep one.`)
  if (!places.has('email'))
    problem(`${name}, line ${line}: no column is called "email"; the first row must be a header.`)
  return twice.length === 0 && places.has('email') ? places : undefined
}

function columnKey(title: string): Column | undefined {
  const key = title.toLowerCase().replace(/[-_\s"]/g, '')
  return key === 'email' || key === 'useruid' || key === 'revokeafter' ? key : undefined
}

function entryOf(cells: readonly string[], places: ReadonlyMap<Column, number>, where: string): UserEntry {
  const cell = (column: Column): string | undefined => {
    const place = places.get(column)
    return place === undefined ? undefined : cells[place]
  }
  const userUid = cell('useruid')
  const revokeAfter = cell('revokeafter')
  return {
    where,
    origin: 'file',
    email: cell('email') ?? '',
    ...(userUid !== undefined && { userUid }),
    ...(revokeAfter !== undefined && { revokeAfter }),
  }
}
