import { TODAY } from '../../support/reading.ts'
import type { DateFormat } from '../../../src/text/measures.ts'
import type { Column, DrawnList, DrawnRow, Leaving } from './list-arbitrary.ts'

/** Noon of the day on which the lists are read. */
export const NOW = TODAY

export const DAY = 86_400_000

/** The address of a person of the drawn lists. */
export function addressOf(person: number): string {
  return `user${person}@example.com`
}

const TITLES: Readonly<Record<Column, string>> = {
  email: 'Work E-Mail',
  name: 'Name',
  date: 'Last Day',
  status: 'Status',
  hired: 'Hired',
  manager: 'Manager',
  note: 'Note',
}

/** A complete row of someone who left long ago, which has something in every column. */
const COMPLETE: DrawnRow = {
  person: 99,
  isUpperCase: false,
  leaving: { kind: 'day', day: -400 },
  status: 'Gone',
  name: 'x',
  note: 'x',
  lacksCell: false,
  end: 'complete',
}

/** Writes a list as CSV. */
export function written(list: DrawnList): string {
  const { titles, columns, rows, delimiter, lineEnd, hasByteOrderMark } = list
  const header = columns.map((column) => quoted(TITLES[column], delimiter)).join(delimiter)
  const lines = [
    ...titles.map((title) => title.replaceAll(delimiter, ' ')),
    header,
    ...[COMPLETE, ...rows].map((row) => writtenRow(row, list)),
  ]
  return `${hasByteOrderMark ? '\uFEFF' : ''}${lines.join(lineEnd)}${lineEnd}`
}

function writtenRow(row: DrawnRow, { columns, delimiter, dateFormat }: DrawnList): string {
  const cells = columns
    .filter((column) => !(row.lacksCell && column === 'name'))
    .map((column) => quoted(cellOf(row, column, dateFormat), delimiter))
  const filled = cells.findLastIndex((cell) => cell !== '') + 1
  const kept = row.end === 'short' || row.lacksCell ? cells.slice(0, Math.max(filled, 1)) : cells
  return [...kept, ...(row.end === 'long' && !row.lacksCell ? ['', ''] : [])].join(delimiter)
}

function cellOf(row: DrawnRow, column: Column, format: DateFormat): string {
  switch (column) {
    case 'email': {
      if (row.person === 'none') return ''
      const text = row.person === 'wrong' ? 'nobody' : addressOf(row.person)
      return row.isUpperCase ? text.toUpperCase() : text
    }
    case 'date':
      return dateOf(row.leaving, format)
    case 'hired':
      return '2020-01-31'
    case 'manager':
      return 'boss@example.com'
    case 'status':
      return row.status
    case 'name':
      return row.name
    case 'note':
      return row.note
  }
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

function dateOf(leaving: Leaving, format: DateFormat): string {
  if (leaving.kind === 'blank' || leaving.kind === 'unreadable') return leaving.text
  if (leaving.kind === 'now') return 'NOW'
  const time = new Date(NOW + leaving.day * DAY)
  if (leaving.kind === 'moment') return time.toISOString()
  const [year = '', month = '', day = ''] = time.toISOString().slice(0, 10).split('-')
  return format
    .replace('YYYY', year)
    .replace('MMM', MONTHS[Number(month) - 1] ?? '')
    .replace('MM', month)
    .replace('DD', day)
}

function quoted(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
