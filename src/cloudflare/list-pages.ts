import * as v from 'valibot'
import type { Call } from './client.ts'
import { Count } from './records.ts'
import { userProblem } from './problem.ts'

/** What Cloudflare serves by default, and the most it is asked for. */
const PER_PAGE = 1_000

/** Pages that are read at the most. */
const MOST_PAGES = 100

const PageInfo = v.fallback(v.object({ count: Count, per_page: Count, total_count: Count }), {
  count: undefined,
  per_page: undefined,
  total_count: undefined,
})

/** Where a list goes on (Cloudflare API reference, "result_info" of lists with a cursor). */
const CursorInfo = v.fallback(
  v.object({
    cursor: v.fallback(v.nullish(v.string()), undefined),
    count: Count,
    per_page: Count,
    total_count: Count,
  }),
  { cursor: undefined, count: undefined, per_page: undefined, total_count: undefined },
)

/** How a list is read page by page. */
export interface PagesOptions<T> {
  /** Pages that are read at the most; a list that says on its first page that it has more is not read any further. */
  readonly mostPages: number
  /** Which records to return; all of them are counted. */
  readonly keep: (record: T) => boolean
}

/**
 * Reads all pages of a list. A list of which a part is missing proves nothing, so it is a failed read.
 *
 * Servers may cap pages, and Cloudflare's description has no number of pages. All was read when as many different
 * records came as `total_count` says; without it, when a page came empty. A short page alone proves nothing.
 *
 * @param read - asks for a page, the first being 1; `result` may be null where it would be empty
 * @param keyOf - what tells records from each other
 */
export async function allPages<T>(
  read: (page: number, perPage: number) => Promise<Call<readonly T[] | null>>,
  keyOf: (record: T) => string,
  { mostPages = MOST_PAGES, keep = () => true }: Partial<PagesOptions<T>> = {},
): Promise<Call<readonly T[]>> {
  const seen = new Set<string>()
  const kept = new Map<string, T>()
  let attempts = 0
  for (let page = 1; page <= mostPages; page += 1) {
    const call = await read(page, PER_PAGE)
    attempts += call.attempts
    if (call.kind !== 'result') return { ...call, attempts }
    const records = call.result ?? []
    const before = seen.size
    for (const record of records) {
      seen.add(keyOf(record))
      if (keep(record)) kept.set(keyOf(record), record)
    }
    const { total_count: total } = v.parse(PageInfo, call.resultInfo)
    if (total === undefined ? records.length === 0 : seen.size >= total) {
      return { ...call, result: [...kept.values()], attempts }
    }
    // The server does not go on, or tells the same page again.
    if (seen.size === before) break
    if (total !== undefined && total > records.length * mostPages) break
  }
  return notWhole(seen.size, attempts)
}

/**
 * Reads a list that goes on where a cursor points to, by the same rule: what was not read completely was not read.
 * It is complete when there is no further cursor; a full page without a word of one proves nothing.
 *
 * @param read - asks for what follows a cursor; undefined for the beginning
 * @param keyOf - what tells records from each other
 */
export async function allAfterCursors<T>(
  read: (cursor: string | undefined) => Promise<Call<readonly T[] | null>>,
  keyOf: (record: T) => string,
): Promise<Call<readonly T[]>> {
  const found = new Map<string, T>()
  const cursors = new Set<string>()
  let cursor: string | undefined
  let attempts = 0
  while (cursors.size < MOST_PAGES) {
    const call = await read(cursor)
    attempts += call.attempts
    if (call.kind !== 'result') return { ...call, attempts }
    const records = call.result ?? []
    for (const record of records) found.set(keyOf(record), record)
    const info = v.parse(CursorInfo, call.resultInfo)
    const { cursor: next, count = 0, per_page: perPage = Infinity, total_count: total = 0 } = info
    if (next === undefined || next === null || next === '') {
      const silent = next === undefined && records.length >= perPage
      const whole = records.length >= count && found.size >= total && !silent
      return whole ? { ...call, result: [...found.values()], attempts } : notWhole(found.size, attempts)
    }
    if (cursors.has(next)) break
    cursors.add(next)
    cursor = next
  }
  return notWhole(found.size, attempts)
}

/** The records of a list that has one page and none to ask for; if it says that there are more, the read failed. */
export function onlyPage<T>(call: Call<readonly T[] | null>): Call<readonly T[]> {
  if (call.kind !== 'result') return call
  const result = call.result ?? []
  const { count = 0, per_page: perPage = Infinity, total_count: total } = v.parse(PageInfo, call.resultInfo)
  const whole =
    result.length >= Math.max(count, total ?? 0) && (total !== undefined || result.length < perPage)
  return whole ? { ...call, result } : notWhole(result.length, call.attempts)
}

function notWhole(read: number, attempts: number): Call<never> {
  return {
    kind: 'problem',
    problem: userProblem(
      `One of Cloudflare's lists could not be read completely; it ended after ${read} records`,
      'Run the step again. If this keeps happening, contact Cloudflare support.',
    ),
    attempts,
  }
}
