import * as v from 'valibot'
import { type Answered, type AnswerIds, idsOf } from './answer.ts'
import type { Call } from './client.ts'
import { userProblem } from './problem.ts'

/** Cloudflare's default and maximum page size. */
const PER_PAGE = 1_000

/** Pages read per list at most. */
const MAX_PAGES = 100

const Count = v.pipe(
  v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))),
  v.transform((count) => count ?? undefined),
)

/** The envelope's `result_info` (Cloudflare API reference). A list described in another way is not complete. */
const ListInfo = v.nullish(
  v.object({
    count: Count,
    per_page: Count,
    total_count: Count,
    total_pages: Count,
    /** Null at the end of the list; undefined if it is not mentioned. */
    cursor: v.nullish(v.string()),
  }),
  {},
)

/** How a list is read page by page. */
export interface PagesOptions<T> {
  /** Pages read at most; a list that says on its first page that it has more is not read any further. */
  readonly maxPages: number
  /** Which records to return; all of them are counted. */
  readonly keep: (record: T) => boolean
}

/**
 * Reads all pages of a list. A list of which a part is missing proves nothing, so it is a failed read.
 *
 * Servers may cap pages, so a short page alone proves nothing. The list is complete when as many different records came
 * as `total_count` says; without it, when a page came empty. A list that changes while it is read is not complete.
 *
 * @param read - asks for a page, the first being 1; `result` may be null where it would be empty
 * @param keyOf - what identifies a record
 * @returns records that differ; two of one key if the list contradicts itself
 */
export async function allPages<T>(
  read: (page: number, perPage: number) => Promise<Call<readonly T[] | null>>,
  keyOf: (record: T) => string,
  { maxPages = MAX_PAGES, keep = () => true }: Partial<PagesOptions<T>> = {},
): Promise<Call<readonly T[]>> {
  const keys = new Set<string>()
  const kept: T[] = []
  let attempts = 0
  let ids: Partial<AnswerIds> = {}
  let received = 0
  let total: number | undefined
  for (let page = 1; page <= maxPages; page += 1) {
    const call = await read(page, PER_PAGE)
    attempts += call.attempts
    if (call.kind !== 'result') return { ...call, attempts }
    ids = idsOf(call)
    const records = call.result ?? []
    const before = keys.size
    for (const record of records) {
      keys.add(keyOf(record))
      if (keep(record)) kept.push(record)
    }
    received += records.length
    const info = infoOf(call)
    if (!info || contradict(total, info.total_count)) break
    total ??= info.total_count
    if (total === undefined ? records.length === 0 : keys.size >= total) {
      const { count = 0, total_pages: pages = 0 } = info
      if (keys.size > (total ?? keys.size) || received < count || page < pages) break
      return { ...call, result: distinct(kept), attempts }
    }
    // The server returned no new records, or says that there are too many.
    if (keys.size === before || (total !== undefined && total > records.length * maxPages)) break
  }
  return incompleteList(keys.size, attempts, ids)
}

/** The records without those that repeat another one in every detail. */
function distinct<T>(records: readonly T[]): T[] {
  return [...new Map(records.map((record) => [JSON.stringify(record), record])).values()]
}

/**
 * Reads a list that continues where a cursor points to, by the same rule. It is complete when there is no further
 * cursor; a full page that does not mention one proves nothing.
 *
 * @param read - asks for what follows a cursor; undefined for the beginning
 * @param keyOf - what identifies a record
 * @param merge - makes one record of two that have the same key
 */
export async function allAfterCursors<T>(
  read: (cursor: string | undefined) => Promise<Call<readonly T[] | null>>,
  keyOf: (record: T) => string,
  merge: (one: T, other: T) => T,
): Promise<Call<readonly T[]>> {
  const found = new Map<string, T>()
  const cursors = new Set<string>()
  let cursor: string | undefined
  let attempts = 0
  let ids: Partial<AnswerIds> = {}
  let total: number | undefined
  while (cursors.size < MAX_PAGES) {
    const call = await read(cursor)
    attempts += call.attempts
    if (call.kind !== 'result') return { ...call, attempts }
    ids = idsOf(call)
    const records = call.result ?? []
    for (const record of records) {
      const known = found.get(keyOf(record))
      found.set(keyOf(record), known === undefined ? record : merge(known, record))
    }
    const info = infoOf(call)
    if (!info || contradict(total, info.total_count)) break
    total ??= info.total_count
    const { cursor: next, count = 0, per_page: perPage } = info
    if (records.length < count) break
    if (next === undefined || next === null || next === '') {
      const isSilent = next === undefined && total === undefined && mayBeFull(records.length, perPage)
      if (isSilent || found.size !== (total ?? found.size)) break
      return { ...call, result: [...found.values()], attempts }
    }
    if (cursors.has(next)) break
    cursors.add(next)
    cursor = next
  }
  return incompleteList(found.size, attempts, ids)
}

/** The records of a list that has one page and none to ask for; if it says that there are more, the read failed. */
export function onlyPage<T>(call: Call<readonly T[] | null>): Call<readonly T[]> {
  if (call.kind !== 'result') return call
  const result = call.result ?? []
  const info = infoOf(call)
  const isComplete =
    info &&
    result.length >= (info.count ?? 0) &&
    (info.total_pages ?? 1) <= 1 &&
    (info.total_count === undefined
      ? result.length < (info.per_page ?? Infinity)
      : result.length === info.total_count)
  return isComplete ? { ...call, result } : incompleteList(result.length, call.attempts, idsOf(call))
}

/** What an answer says about its list; undefined if something about it cannot be read. */
function infoOf({ resultInfo }: Answered<unknown>): v.InferOutput<typeof ListInfo> | undefined {
  const parsed = v.safeParse(ListInfo, resultInfo)
  return parsed.success ? parsed.output : undefined
}

/** Whether two answers give different totals. */
function contradict(total: number | undefined, other: number | undefined): boolean {
  return total !== undefined && other !== undefined && total !== other
}

/** Whether this many records may be a full page; if its size is unknown, whether their number is round. */
function mayBeFull(records: number, perPage: number | undefined): boolean {
  if (perPage !== undefined) return records >= perPage
  return records > 0 && (records % 10 === 0 || records % 25 === 0)
}

function incompleteList(read: number, attempts: number, ids: Partial<AnswerIds>): Call<never> {
  const problem = userProblem(
    `One of Cloudflare's lists could not be read completely; it ended after ${read} records`,
    'Run the step again. If this keeps happening, contact Cloudflare support.',
  )
  return { kind: 'problem', problem: { ...problem, ...ids }, attempts }
}
