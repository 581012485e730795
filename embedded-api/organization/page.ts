import type { World } from '../world.ts'

/** A part of a list. */
export interface Page<T> {
  records: readonly T[]
  /** The true size of a page, in records. */
  size: number
  /** Where the next page begins; absent on the last one. */
  next?: number
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

function sizeOf(perPage: number, { pageCap = Infinity }: World): number {
  return Math.min(perPage, pageCap)
}

function stepOf(size: number, { repeatedRecords = false }: World): number {
  return repeatedRecords && size > 1 ? size - 1 : size
}
