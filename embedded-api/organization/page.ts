import type { World } from '../world.ts'

/** A part of a list. */
export interface Page<T> {
  readonly records: readonly T[]
  /** The actual size of a page, in records. */
  readonly size: number
  /** Where the next page begins; absent on the last one. */
  readonly next?: number
}

/** The page that begins at record `start` of a list, from 0. */
export function pageAt<T>(list: readonly T[], start: number, perPage: number, world: World): Page<T> {
  const size = sizeOf(perPage, world)
  const records = (world.reversed === true ? list.toReversed() : list).slice(start, start + size)
  return { records, size, ...(start + size < list.length && { next: start + stepOf(size, world) }) }
}

/** The page with a number, from 1. */
export function numberedPage<T>(list: readonly T[], number: number, perPage: number, world: World): Page<T> {
  return pageAt(list, (number - 1) * stepOf(sizeOf(perPage, world), world), perPage, world)
}

/** The counts in `result_info`, for records of the page with this number, from 1. `total_count` may be null. */
export function countsOf(
  { count, size, total }: { count: number; size: number; total: number | null },
  number: number,
  { counts, withoutTotalCount }: World,
): Record<string, unknown> {
  const totals = { growing: total === null ? total : total + number - 1, too_small: Math.max(0, count - 1) }
  const stated = counts === 'growing' || counts === 'too_small' ? totals[counts] : total
  const all = { count, per_page: size, ...(withoutTotalCount !== true && { total_count: stated }) }
  if (counts !== 'text' && counts !== 'fraction') return all
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
      name,
      value === null ? null : counts === 'text' ? `${value}` : value + 0.5,
    ]),
  )
}

function sizeOf(perPage: number, { pageCap = Infinity }: World): number {
  return Math.min(perPage, pageCap)
}

function stepOf(size: number, { repeatedRecords = false }: World): number {
  return repeatedRecords && size > 1 ? size - 1 : size
}
