import { quantity } from '../text/measures.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { type ListContent, shownValues } from './list.ts'

/** Rows count if the column has one of these values. */
export interface RowFilter {
  /** As they are written; `key` is the form in which values are compared. */
  readonly values: readonly { readonly text: string; readonly key: string; readonly isQuoted: boolean }[]
  readonly keys: ReadonlySet<string>
  /** Of the keys that a cell may have lost a delimiter before or behind, each once. */
  readonly lengths: ReadonlySet<number>
}

/** No input has more equals signs in its title, more values, or longer ones. */
const [MAX_READINGS, MAX_VALUES, MAX_LENGTH] = [20, 1_000, 200]

/** In characters. Shorter values that are a letter apart may well both be meant, or begin or end other words. */
const [MIN_NEAR_LENGTH, MIN_GLUED_LENGTH] = [5, 4]

const EXAMPLE = 'Write a column and its values, like `only-rows: Status = Suspended, Archived`.'

/** What is wrong with the input `only-rows`, whatever the columns are. */
export function filterProblems(text: string, isTable: boolean): Problem[] {
  if (text === '' || (isTable && filterReadings(text).length > 0)) return []
  return isTable
    ? [problem(`\`only-rows\` is ${shownValue(text)}`, EXAMPLE)]
    : [problem('`only-rows` needs columns', 'Use it with a table in `users-file`, such as a `.csv` file.')]
}

/** The ways to divide the input into a title, which has no line break but may have equals signs, too, and values. */
export function filterReadings(text: string): { title: string; values: string }[] {
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
  const keys = new Set(values.map(({ key }) => key))
  const lengths = new Set(
    Array.from(keys, ({ length }) => length).filter((length) => length >= MIN_GLUED_LENGTH),
  )
  const isTooMuch = values.length > MAX_VALUES || values.some(({ text: { length } }) => length > MAX_LENGTH)
  const tooMuch = `\`only-rows\` has more than ${quantity(MAX_VALUES, 'value')}, or one of more than ${MAX_LENGTH} characters`
  const problems = [
    ...(isTooMuch ? [problem(tooMuch)] : []),
    ...values.flatMap((value) => (value.isQuoted ? [] : syntaxProblems(value.text))),
    ...(values.length === 0 ? [problem('`only-rows` has no values', EXAMPLE)] : []),
  ]
  return { value: { values, keys, lengths }, problems: problems.slice(0, 1) }
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
export function endsInValue({ keys, lengths }: RowFilter, cell: string): boolean {
  const text = valueKey(cell)
  const ends = Array.from(lengths, (length) => [text.slice(0, length), text.slice(-length)])
  return [text, ...ends.flat()].some((end) => keys.has(end))
}

/** What a filter selects among the cells of its column. The problems are values that may be written wrong. */
export function selectionOf(
  filter: RowFilter,
  title: string,
  cells: readonly string[],
): Checked<Pick<ListContent, 'emptiness' | 'notes'>> {
  const column = Map.groupBy(cells, valueKey)
  column.delete('')
  const counts = filter.values
    .slice(0, 50)
    .map(({ text, key }) => `${shownValue(text)} ${quantity(column.get(key)?.length ?? 0, 'row')}`)
  const note = `\`only-rows\` selects by ${shownValue(title)}: ${counts.join(', ')}.`
  const texts = Array.from(column.values(), ([text = '']) => text)
  const has = texts.length === 0 ? 'no values' : `the values ${shownValues(texts)}`
  const none = problem('`only-rows` selects no row', `The column ${shownValue(title)} has ${has}.`)
  return {
    value: {
      notes: [note],
      ...(!filter.values.some(({ key }) => column.has(key)) && { emptiness: none }),
    },
    problems: doubtfulValues(filter, column),
  }
}

/** @param column - the cells of the column by their keys */
function doubtfulValues({ values }: RowFilter, column: ReadonlyMap<string, readonly string[]>): Problem[] {
  const bare = new Map(values.flatMap(({ text, key, isQuoted }) => (isQuoted ? [] : [[key, text] as const])))
  const cells = Array.from(column, ([key, [text = '']]) => ({ key, text }))
  const joined = cells.find(({ key }) => {
    const parts = key.split(',').map((part) => part.trim())
    return parts.length > 1 && parts.every((part) => bare.has(part))
  })
  if (joined !== undefined) {
    const what = `\`only-rows\` has ${shownValue(joined.text)} as several values, but that is one value of the column`
    return [problem(what, 'Write it in double quotation marks, or each of the several ones.')]
  }
  const missing = Array.from(bare).filter(([key]) => key.length >= MIN_NEAR_LENGTH && !column.has(key))
  // Looked up, because to compare every value with every cell would take minutes.
  const meant = new Map(
    missing.flatMap(([key, text]) => variantsOf(key).map((variant) => [variant, text] as const)),
  )
  const near = cells.flatMap(({ key, text }) => {
    const variants = meant.size === 0 || key.length > MAX_LENGTH + 1 ? [] : variantsOf(key)
    return variants.flatMap((variant) => meant.get(variant) ?? []).map((value) => [value, text] as const)
  })
  return Array.from(new Map(near), ([value, text]) => {
    const what = `\`only-rows\` selects ${shownValue(value)}, which no row has, but the column has ${shownValue(text)}`
    return problem(what, 'Fix the value, or if it is right, write it in double quotation marks.')
  })
}

/** A text, and what is left of it without one of its letters. Texts that have a variant in common are a letter apart. */
function variantsOf(text: string): string[] {
  return [
    text,
    ...Array.from({ length: text.length }, (_none, place) => text.slice(0, place) + text.slice(place + 1)),
  ]
}
