import { addressOf, DAY, NOW } from './written-list.ts'
import type { DrawnList, DrawnRow } from './list-arbitrary.ts'

/** What a list means for the people in it; undefined where the run has to stop. */
export interface Meaning {
  readonly due: readonly string[]
  readonly notDue: readonly string[]
  readonly past: readonly string[]
  readonly staying: number
}

/** Days after which users are left alone. */
const DUE_WITHIN_DAYS = 30

/** What one row says: bad, someone stays, or from when on someone is due (milliseconds since the epoch). */
type Saying = 'bad' | 'stays' | 'now' | number

/** What a list means, derived from how it was drawn, without reading it. */
export function meaningOf(list: DrawnList): Meaning | undefined {
  const sayings = list.rows.map((row) => ({ row, saying: sayingOf(row, list) }))
  // Who is not due needs no address.
  const isSettled = (saying: Saying): boolean => ['stays', 'notDue', 'past'].includes(groupOf(saying))
  const unaddressed = sayings.filter(
    ({ row, saying }) => isSettled(saying) && typeof row.person === 'string',
  ).length
  const bad = sayings.filter(
    ({ row, saying }) => saying === 'bad' || (!isSettled(saying) && typeof row.person === 'string'),
  )
  // The first row of every list is good.
  if (bad.length > 0 && (list.badRows === 'stop' || bad.length > sayings.length - bad.length + 1))
    return undefined
  const people = new Set(sayings.flatMap(({ row }) => (typeof row.person === 'number' ? [row.person] : [])))
  const groups: Record<Group, string[]> = {
    due: [],
    notDue: [],
    past: [addressOf(99)],
    bad: [],
    stays: [],
  }
  for (const person of people) {
    const [saying = 'bad', ...others] = new Set(
      sayings.filter(({ row }) => row.person === person).map(({ saying }) => saying),
    )
    const isClear = others.length === 0
    if (!isClear && list.badRows === 'stop') return undefined
    groups[isClear ? groupOf(saying) : 'bad'].push(addressOf(person))
  }
  return {
    due: groups.due.sort(),
    notDue: groups.notDue.sort(),
    past: groups.past.sort(),
    staying: groups.stays.length + unaddressed,
  }
}

function sayingOf({ status, leaving, lacksCell }: DrawnRow, { isFiltered, blankDate }: DrawnList): Saying {
  if (lacksCell) return 'bad'
  if (isFiltered && status !== 'Gone') return 'stays'
  switch (leaving.kind) {
    case 'unreadable':
      return 'bad'
    case 'blank':
      return blankDate === 'not-due' ? 'stays' : 'bad'
    case 'now':
      return 'now'
    case 'moment':
      return NOW + leaving.day * DAY
    case 'day':
      // The end of that day; NOW is noon.
      return NOW + leaving.day * DAY + DAY / 2
  }
}

type Group = 'due' | 'notDue' | 'past' | 'bad' | 'stays'

function groupOf(saying: Saying): Group {
  if (saying === 'bad' || saying === 'stays') return saying
  if (saying === 'now') return 'due'
  if (saying > NOW) return 'notDue'
  return NOW - saying > DUE_WITHIN_DAYS * DAY ? 'past' : 'due'
}
