import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { drawnList, type DrawnList } from './drawn-lists/list-arbitrary.ts'
import { meaningOf } from './drawn-lists/list-meaning.ts'
import { readDrawn } from './drawn-lists/reading.ts'
import { damaged } from './drawn-lists/damaged-list.ts'
import { written } from './drawn-lists/written-list.ts'

test('a list means the same, however it is written', async () => {
  const runs = Number(process.env['PROPERTY_RUNS'] ?? 300)
  await fc.assert(
    fc.asyncProperty(drawnList, async (list) => {
      const csv = written(list)
      expect({ csv, meaning: await readDrawn(csv, list) }).toMatchObject({ csv, meaning: meaningOf(list) })
    }),
    { numRuns: runs },
  )
})

test('the drawn lists are of all kinds', () => {
  const lists = fc.sample(drawnList, { numRuns: 300, seed: 1 })
  const meanings = lists.map(meaningOf)
  expect(meanings.filter((meaning) => meaning === undefined).length).toBeGreaterThan(30)
  for (const group of ['due', 'notDue', 'past'] as const) {
    expect(meanings.filter((meaning) => (meaning?.[group].length ?? 0) > 0).length).toBeGreaterThan(30)
  }
})

/** How many lists are damaged in each of the ways below; `DAMAGED_LISTS=20000` takes minutes. */
const DAMAGED_LISTS = Number(process.env['DAMAGED_LISTS'] ?? 150)

/** One list in so many may be another valid list once it is damaged, in which someone stays. */
const OTHER_LISTS = 1 / 100

test.each<[string, Partial<DrawnList>]>([
  ['every row counts', { isFiltered: false, blankDate: 'stop' }],
  ['people without a date stay', { isFiltered: false, blankDate: 'not-due' }],
  ['rows are selected', { isFiltered: true }],
])(
  'no leaver is lost in silence by one character that is lost, added, or replaced, where %s',
  async (_name, given) => {
    const lost: unknown[] = []
    let count = 0
    const samples = fc.sample(
      fc.record({
        list: drawnList,
        damage: fc.record({ place: fc.nat(), kind: fc.nat(2), character: fc.nat() }),
      }),
      { numRuns: 3 * DAMAGED_LISTS, seed: 1 },
    )
    for (const { list, damage } of samples) {
      if (count === DAMAGED_LISTS) break
      const drawn: DrawnList = { ...list, ...given, badRows: 'stop', rows: list.rows.filter(isGood(given)) }
      const csv = written(drawn)
      const before = meaningOf(drawn)
      if (before === undefined || before.due.length + before.notDue.length === 0) continue
      count += 1
      const changed = damaged(csv, drawn, damage)
      const after = await readDrawn(changed, drawn)
      if (after === undefined) continue
      const later = new Set([...after.due, ...after.notDue])
      const missing = [
        ...before.due.filter((email) => !after.due.includes(email)),
        ...before.notDue.filter((email) => !later.has(email)),
      ]
      if (missing.length > 0 && after.badRows === 0) lost.push({ missing, csv, changed, damage })
    }
    expect(count).toBe(DAMAGED_LISTS)
    expect(lost.length > DAMAGED_LISTS * OTHER_LISTS ? lost : []).toEqual([])
  },
)

/** Most drawn lists have a bad row, and stop the run anyway. */
function isGood({ isFiltered, blankDate }: Partial<DrawnList>): (row: DrawnList['rows'][number]) => boolean {
  return ({ person, leaving, lacksCell }) => {
    if (lacksCell || leaving.kind === 'unreadable' || typeof person === 'string') return false
    return leaving.kind !== 'blank' || (isFiltered === false && blankDate === 'not-due')
  }
}
