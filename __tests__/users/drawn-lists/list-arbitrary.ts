import fc from 'fast-check'
import { DATE_FORMATS, type DateFormat } from '../../../src/text/measures.ts'

/** What the date of a row means. Days are relative to today. */
export type Leaving =
  | { readonly kind: 'day' | 'moment'; readonly day: number }
  | { readonly kind: 'now' }
  | { readonly kind: 'blank'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string }

/** A row of a list, by what it means. */
export interface DrawnRow {
  /** The number of the person; others have no address that could be a user's. */
  readonly person: number | 'none' | 'wrong'
  readonly isUpperCase: boolean
  readonly leaving: Leaving
  /** What the status column says. */
  readonly status: 'Gone' | 'Active' | ''
  readonly name: string
  readonly note: string
  /** Whether the cells before the date are one too few. */
  readonly lacksCell: boolean
  /** Whether blank cells at the end are left out, or how many there are too many. */
  readonly end: 'complete' | 'short' | 'long'
}

/** A CSV file, and how the step reads it. */
export interface DrawnList {
  readonly rows: readonly DrawnRow[]
  readonly columns: readonly Column[]
  readonly delimiter: ',' | ';' | '\t'
  readonly dateFormat: DateFormat
  readonly titles: readonly string[]
  readonly lineEnd: '\n' | '\r\n'
  readonly hasByteOrderMark: boolean
  readonly blankDate: 'stop' | 'not-due'
  readonly badRows: 'stop' | 'skip'
  readonly isFiltered: boolean
}

/** The columns; the date follows a column without dates, so that a lacking cell shows. */
export type Column = 'email' | 'name' | 'date' | 'status' | 'hired' | 'manager' | 'note'

const leaving: fc.Arbitrary<Leaving> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom<('day' | 'moment')[]>('day', 'day', 'moment'),
      day: fc.constantFrom(-400, -31, -30, -29, -2, -1, 0, 1, 400),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Leaving>({ kind: 'now' }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('', '', '-', 'n/a', 'NULL', 'never', '0000-00-00', '1970-01-01', '1899-12-30 00:00:00')
      .map((text): Leaving => ({ kind: 'blank', text })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('soon', '2026-02-30', '46356')
      .map((text): Leaving => ({ kind: 'unreadable', text })),
  },
)

const word = fc.constantFrom('', 'Lee', 'Lee, Ann', 'a;b', 'the "best"', 'two\nlines', 'Dr. Ünï')

const row: fc.Arbitrary<DrawnRow> = fc
  .record({
    person: fc.oneof<fc.MaybeWeightedArbitrary<DrawnRow['person']>[]>(
      { weight: 12, arbitrary: fc.nat(9) },
      { weight: 1, arbitrary: fc.constantFrom('none', 'wrong') },
    ),
    isUpperCase: fc.boolean(),
    leaving,
    status: fc.constantFrom<DrawnRow['status'][]>('Gone', 'Gone', 'Active', ''),
    name: word,
    note: word,
    lacksCell: fc.oneof(
      { weight: 12, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
    end: fc.constantFrom<DrawnRow['end'][]>('complete', 'short', 'long'),
  })
  .map((drawn) => {
    // Without a date, nothing shows that a cell before it is lacking; a line break in its place stops the run.
    const isShown = ['day', 'moment', 'now'].includes(drawn.leaving.kind) && !drawn.note.includes('\n')
    return { ...drawn, lacksCell: drawn.lacksCell && isShown }
  })

const columns: fc.Arbitrary<readonly Column[]> = fc
  .shuffledSubarray<Column>(['email', 'hired', 'manager', 'note', 'status'], { minLength: 5 })
  .chain((others) => fc.nat(others.length).map((place) => others.toSpliced(place, 0, 'name', 'date')))

/** Lists of all kinds. */
export const drawnList: fc.Arbitrary<DrawnList> = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 9 }),
  columns,
  delimiter: fc.constantFrom(',', ';', '\t'),
  dateFormat: fc.constantFrom(...DATE_FORMATS),
  titles: fc.array(fc.constantFrom('Leavers, as of today', '', 'a;b;c;d;e;f;g;h', '"The ""best"" list"'), {
    maxLength: 3,
  }),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  hasByteOrderMark: fc.boolean(),
  blankDate: fc.constantFrom('stop', 'not-due', 'not-due'),
  badRows: fc.constantFrom('stop', 'skip', 'skip'),
  isFiltered: fc.boolean(),
})
