import * as v from 'valibot'
import { type Answered, idsOf } from './answer.ts'
import type { Call } from './client.ts'
import { userProblem } from './problem.ts'

/** Cloudflare's default and maximum page size. */
const PER_PAGE = 1_000

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
type ListInfo = v.InferOutput<typeof ListInfo>

export interface PagesOptions<T> {
  /** Pages read at most; a list that says on its first page that it has more is not read any further. */
  readonly maxPages?: number
  /** Which records to return; all of them are counted. */
  readonly keep?: (record: T) => boolean
}

/** How far a list was read: records of the last page, and those of all pages that differ in their IDs. */
interface Progress extends ListInfo {
  readonly records: number
  readonly different: number
  /** Whether the last page had a record that no page before had. */
  readonly isNew: boolean
  /** The first `total_count`; the others are the same, or missing. */
  readonly total: number | undefined
}

/**
 * Reads pages until the list is judged to be complete. A list of which a part is missing proves nothing, so it is a
 * failed read, and so is a list that changes while it is read.
 */
async function readPages<T extends { readonly id: string }>(
  read: (page: number) => Promise<Call<readonly T[]>>,
  judge: (progress: Progress) => 'ended' | 'continued' | 'broken',
  { maxPages = MAX_PAGES, keep = () => true }: PagesOptions<T> = {},
): Promise<Call<readonly T[]>> {
  const ids = new Set<string>()
  /** By all that they say: those that repeat another one in every detail count once. */
  const kept = new Map<string, T>()
  let [attempts, received] = [0, 0]
  let total: number | undefined
  for (let page = 1; ; page += 1) {
    const call = await read(page)
    attempts += call.attempts
    if (call.kind !== 'result') return { ...call, attempts }
    const known = ids.size
    const { result: records } = call
    for (const record of records) {
      ids.add(record.id)
      if (keep(record)) kept.set(JSON.stringify(record), record)
    }
    received += records.length
    const info = infoOf(call)
    total ??= info?.total_count
    const [different, isNew] = [ids.size, ids.size > known]
    const incomplete = incompleteList(different, { ...call, attempts })
    if (info === undefined || (info.total_count ?? total) !== total) return incomplete
    const extent = judge({ ...info, records: records.length, different, isNew, total })
    const { count = 0, total_pages: pages = 0 } = info
    if (extent === 'ended' && different === (total ?? different) && received >= count && page >= pages)
      return { ...call, result: [...kept.values()], attempts }
    if (extent !== 'continued' || page >= maxPages) return incomplete
  }
}

/**
 * Reads all pages of a list. Servers may cap pages, so a short page alone proves nothing. The list is complete when as
 * many different records came as `total_count` says; without it, when a page came empty.
 *
 * @param read - asks for a page, the first being 1
 * @returns records that differ; two of one ID if the list contradicts itself
 */
export async function allPages<T extends { readonly id: string }>(
  read: (page: number, perPage: number) => Promise<Call<readonly T[]>>,
  { maxPages = MAX_PAGES, ...options }: PagesOptions<T> = {},
): Promise<Call<readonly T[]>> {
  return readPages(
    async (page) => read(page, PER_PAGE),
    ({ records, different, isNew, total }) => {
      if (total === undefined ? records === 0 : different >= total) return 'ended'
      // The server returned no new records, or says that there are too many.
      return isNew && (total ?? 0) <= records * maxPages ? 'continued' : 'broken'
    },
    { maxPages, ...options },
  )
}

/**
 * Reads a list that continues where a cursor points to. It is complete when there is no further cursor; a full page that
 * does not mention one proves nothing. A list that contradicts itself about a record is not complete.
 *
 * @param read - asks for what follows a cursor; undefined for the beginning
 */
export async function allAfterCursors<T extends { readonly id: string }>(
  read: (cursor: string | undefined) => Promise<Call<readonly T[]>>,
): Promise<Call<readonly T[]>> {
  const cursors: string[] = []
  const call = await readPages(
    async () => read(cursors.at(-1)),
    ({ records, total, count = 0, per_page: perPage, cursor }) => {
      if (cursor === undefined && total === undefined && mayBeFull(records, perPage)) return 'broken'
      if (records < count || cursors.includes(cursor ?? '')) return 'broken'
      if (cursor === undefined || cursor === null || cursor === '') return 'ended'
      cursors.push(cursor)
      return 'continued'
    },
  )
  if (call.kind !== 'result' || call.result.length === new Set(call.result.map(({ id }) => id)).size)
    return call
  return incompleteList(call.result.length, call)
}

/** The records of a list that has one page and none to ask for; if it says that there are more, the read failed. */
export function onlyPage<T>(call: Call<readonly T[]>): Call<readonly T[]> {
  if (call.kind !== 'result') return call
  const { result } = call
  const info = infoOf(call)
  const isComplete =
    info &&
    result.length >= (info.count ?? 0) &&
    (info.total_pages ?? 1) <= 1 &&
    (info.total_count === undefined
      ? result.length < (info.per_page ?? Infinity)
      : result.length === info.total_count)
  return isComplete ? call : incompleteList(result.length, call)
}

/** What an answer says about its list; undefined if something about it cannot be read. */
function infoOf({ resultInfo }: Answered<unknown>): ListInfo | undefined {
  const parsed = v.safeParse(ListInfo, resultInfo)
  return parsed.success ? parsed.output : undefined
}

/** Whether this many records may be a full page; if its size is unknown, whether their number is round. */
function mayBeFull(records: number, perPage: number | undefined): boolean {
  if (perPage !== undefined) return records >= perPage
  return records > 0 && (records % 10 === 0 || records % 25 === 0)
}

function incompleteList(read: number, call: Answered<unknown> & { readonly attempts: number }): Call<never> {
  const problem = userProblem(
    `One of Cloudflare's lists could not be read completely; it ended after ${read} records`,
    'Run the step again. If this keeps happening, contact Cloudflare support.',
  )
  return { kind: 'problem', problem: { ...problem, ...idsOf(call) }, attempts: call.attempts }
}
