import { quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { shownValues } from './list.ts'

/** Rows count if the column has one of these values. */
export interface RowFilter {
  readonly values: readonly FilterValue[]
  /** Those of the values, in the form in which values are compared. */
  readonly keys: ReadonlySet<string>
}

interface FilterValue {
  readonly text: string
  readonly key: string
  /** Whether it stands in quotation marks, and so is meant exactly as it is. */
  readonly isQuoted: boolean
}

/** A way to divide the input: a title may contain an equals sign, too. */
export interface FilterReading {
  readonly title: string
  /** What stands behind the equals sign. */
  readonly values: string
}

/** What a column has in it: each value by its key, with the number of its rows. */
export type ColumnValues = ReadonlyMap<string, { readonly text: string; readonly count: number }>

/** No input has more equals signs in its title, or more values. */
const [MAX_READINGS, MAX_VALUES] = [20, 1_000]

/** In characters. Shorter values that are a letter apart may well both be meant, or begin or end other words. */
const [MIN_NEAR_LENGTH, MIN_GLUED_LENGTH] = [5, 4]

const EXAMPLE = 'Write a column and its values, like `only-rows: Status = Suspended, Archived`.'

/** What is wrong with the input `only-rows`, whatever the columns are. */
export function filterProblems(text: string, isTable: boolean): Problem[] {
  if (!isFilter(text)) return []
  if (!isTable) {
    const remedy = 'Use it with a table in `users-file`, such as a `.csv` file.'
    return [problem('`only-rows` needs columns', remedy)]
  }
  return filterReadings(text).length > 0 ? [] : [problem(`\`only-rows\` is ${shownValue(text)}`, EXAMPLE)]
}

export function isFilter(text: string): boolean {
  return text !== ''
}

/** The ways to divide the input into a title, which has no line break, and values. */
export function filterReadings(text: string): FilterReading[] {
  if (!isFilter(text)) return []
  const [line = ''] = text.split('\n', 1)
  const signs = Array.from(line.matchAll(/=/g), ({ index }) => index).slice(0, MAX_READINGS)
  return signs
    .map((place) => ({ title: line.slice(0, place).trim(), values: text.slice(place + 1) }))
    .filter(({ title }) => title !== '')
}

/** A value, or what comes instead of one, and the comma or line break behind it. */
const VALUE = /[^\S\n]*(?:"((?:[^"]|"")*)"[^\S\n]*(?=[,\n]|$)|([^,\n]*))([,\n]|$)/gy

/** Reads the values of the input `only-rows`: separated by commas or line breaks, possibly in quotation marks. */
export function readFilterValues(text: string): Checked<RowFilter> {
  const values = Array.from(text.matchAll(VALUE), ([, quoted, bare = '']) => {
    const written = (quoted?.replaceAll('""', '"') ?? bare).trim()
    return { text: written, key: valueKey(written), isQuoted: quoted !== undefined }
  }).filter((value) => value.text !== '')
  const problems = [
    ...values.flatMap((value) => (value.isQuoted ? [] : syntaxProblems(value.text))),
    ...(values.length === 0 ? [problem('`only-rows` has no values', EXAMPLE)] : []),
    ...(values.length > MAX_VALUES
      ? [problem(`\`only-rows\` has more than ${quantity(MAX_VALUES, 'value')}`)]
      : []),
  ]
  return { value: { values, keys: new Set(values.map(({ key }) => key)) }, problems: problems.slice(0, 1) }
}

/** What is wrong with a value without quotation marks: it has what may be meant for a condition. */
function syntaxProblems(text: string): Problem[] {
  const [mark] = /[=;()[\]{}<>"“”„‟«»‹›`]|^['‘’]|['‘’]$/.exec(text) ?? []
  const [word] = /(?<!\S)(?:and|or)(?!\S)/i.exec(text) ?? []
  if (mark === undefined && word === undefined) return []
  const wrong = mark === undefined ? `the word \`${word ?? ''}\`` : `\`${mark === '`' ? "'" : mark}\``
  return [
    problem(
      `\`only-rows\` has ${wrong} in ${shownValue(text)}`,
      'It takes one column and its values, separated by commas. A value that contains `=`, `;`, a comma, brackets, quotation marks, `and`, or `or` stands in double quotation marks.',
    ),
  ]
}

/** The form in which values are compared: without letter case, white space folded, composed. */
export function valueKey(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** Whether a cell is one of the values, or begins or ends with one, as if it had lost its delimiter. */
export function endsInValue(filter: RowFilter | undefined, cell: string): boolean {
  if (filter === undefined) return false
  const text = valueKey(cell)
  const isEnd = (key: string): boolean => text.startsWith(key) || text.endsWith(key)
  return filter.values.some(({ key }) => text === key || (key.length >= MIN_GLUED_LENGTH && isEnd(key)))
}

export function columnValues(cells: readonly string[]): ColumnValues {
  const groups = Map.groupBy(cells, valueKey)
  groups.delete('')
  return new Map(
    Array.from(groups, ([key, { 0: text = '', length }]) => [key, { text, count: length }] as const),
  )
}

/** What is wrong with the values of a filter, given those that its column has. */
export function selectionProblems({ values }: RowFilter, column: ColumnValues): Problem[] {
  const bare = values.filter(({ isQuoted }) => !isQuoted)
  const bareKeys = new Set(bare.map(({ key }) => key))
  const keys = Array.from(column.keys())
  const joined = keys.find((key) => {
    const parts = key.split(',').map((part) => part.trim())
    return parts.length > 1 && parts.every((part) => bareKeys.has(part))
  })
  if (joined !== undefined) {
    const what = `\`only-rows\` has ${shownValue(column.get(joined)?.text ?? '')} as several values, but that is one value of the column`
    return [problem(what, 'Write it in double quotation marks, or each of the several ones.')]
  }
  const missing = bare.filter(({ key }) => key.length >= MIN_NEAR_LENGTH && !column.has(key))
  return missing.flatMap(({ text, key }) => {
    const near = column.get(keys.find((other) => isOneLetterApart(key, other)) ?? '')
    if (near === undefined) return []
    const what = `\`only-rows\` selects ${shownValue(text)}, which no row has, but the column has ${shownValue(near.text)}`
    return [problem(what, 'Fix the value, or if it is right, write it in double quotation marks.')]
  })
}

/** Whether one letter more, less, or other, or two neighbours swapped, make one text of the other. */
function isOneLetterApart(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  const rest = (text: string, passed: number): string => text.slice(start + passed)
  if (short.length < long.length) return rest(short, 0) === rest(long, 1)
  const isSwapped = short[start] === long[start + 1] && short[start + 1] === long[start]
  return rest(short, 1) === rest(long, 1) || (isSwapped && rest(short, 2) === rest(long, 2))
}

/**
 * What the log says about the rows that the filter selects, and why the list counts as empty if it selects none.
 *
 * @param title - of the column
 */
export function selectionOf(
  { values }: RowFilter,
  column: ColumnValues,
  title: string,
): { readonly note: string; readonly emptiness?: Problem } {
  const counts = values
    .slice(0, 50)
    .map(({ text, key }) => `${shownValue(text)} ${quantity(column.get(key)?.count ?? 0, 'row')}`)
  const note = `\`only-rows\` selects by ${shownValue(title)}: ${counts.join(', ')}.`
  if (values.some(({ key }) => column.has(key))) return { note }
  const others = Array.from(column.values(), ({ text }) => text)
  const has = others.length === 0 ? 'no values' : `the values ${shownValues(others)}`
  const remedy = `The column ${shownValue(title)} has ${has}.`
  return { note, emptiness: problem('`only-rows` selects no row', remedy) }
}
