import { row, TABLE_END, tableStart } from '../text/markup.ts'
import { quantity } from '../text/measures.ts'
import type { SummaryRow } from './summary-rows.ts'

/** GitHub drops a summary of more than 1 MiB entirely; the rest is for other steps and for the closing lines. */
const MAX_BYTES = 900_000

/** A column of a table; the cell is HTML. */
export interface Column {
  readonly title: string
  readonly cell: (row: SummaryRow) => string
}

/** Makes the tables of the job summary as long as there is room for all of them together. */
export class SummaryTables {
  #room = MAX_BYTES
  /** Users and rows for which there was no room. */
  left = 0

  /** A table with a row for each. */
  oneByOne(rows: readonly SummaryRow[], further: readonly Column[]): string {
    const columns = columnsOf(rows, further)
    return this.#table(columns, rows, (each) => this.#fitting(rowIn(columns, each)))
  }

  /** A table that says once what is the same for several, and then names them. */
  together(rows: readonly SummaryRow[], further: readonly Column[]): string {
    const groups = new Map<string, [SummaryRow, ...SummaryRow[]]>()
    for (const each of rows) {
      const key = JSON.stringify({ ...each, name: [], traces: [] })
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [each])
      else group.push(each)
    }
    const columns = columnsOf(rows, further)
    return this.#table(columns, [...groups.values()], ([first, ...others]) =>
      others.length === 0
        ? this.#fitting(rowIn(columns, first))
        : this.#group(columns, first, [first, ...others]),
    )
  }

  #table<Entry>(
    columns: readonly Column[],
    entries: readonly Entry[],
    rowFor: (entry: Entry) => string,
  ): string {
    return `${tableStart(columns.map(({ title }) => title))}${entries.map(rowFor).join('')}${TABLE_END}`
  }

  #group(columns: readonly Column[], first: SummaryRow, all: readonly SummaryRow[]): string {
    const start = rowIn(columns, {
      ...first,
      name: [`<b>${quantity(all.length, first.about)}</b>`],
      traces: first.traces.map((trace) => `${trace} (the first of them)`),
    })
    const begin = this.#fitting(`${start}<tr><td colspan="${columns.length}">`, all.length)
    if (begin === '') return ''
    const names = all.map((each, index) => this.#fitting(`${index === 0 ? '' : ', '}${each.name.join(' ')}`))
    return `${begin}${names.join('')}</td></tr>\n`
  }

  /** @param rows - how many rows are left out if there is no room */
  #fitting(text: string, rows = 1): string {
    this.#room -= Buffer.byteLength(text)
    if (this.#room >= 0) return text
    this.left += rows
    return ''
  }
}

/** The user, and those of the further columns that are not empty. */
function columnsOf(rows: readonly SummaryRow[], further: readonly Column[]): Column[] {
  return [
    { title: 'User', cell: ({ name: [name, ...marks], result }) => [name, result, ...marks].join('<br>') },
    ...further.filter(({ cell }) => rows.some((each) => cell(each) !== '')),
  ]
}

function rowIn(columns: readonly Column[], each: SummaryRow): string {
  return row(columns.map(({ cell }) => cell(each)))
}
