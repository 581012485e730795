import { parseList } from 'structured-headers'
import * as v from 'valibot'
import { parseHttpDate } from '../text/measures.ts'

/** How much room Cloudflare said is left under one policy. */
export interface Room {
  readonly policy: string
  /** Calls left in the window. */
  readonly left: number
  /** Milliseconds to the next window, rounded up to whole seconds by the server. */
  readonly resetIn: number
}

/** How many calls a policy allows in any window of its length. */
export interface Quota {
  readonly policy: string
  readonly calls: number
  /** Milliseconds. */
  readonly window: number
}

const count = v.pipe(v.number(), v.finite(), v.minValue(0))

/**
 * Reads `Ratelimit: "default";r=50;t=30` (IETF draft form, structured fields; Cloudflare, "Rate limits").
 *
 * @returns one entry for each policy; none if the header is missing or cannot be read
 */
export function readRoom(header: unknown): Room[] {
  return members(header, { r: count, t: count }).map(([policy, { r, t }]) => ({
    policy,
    left: Math.floor(r),
    resetIn: t * 1_000,
  }))
}

/** Reads `Ratelimit-Policy: "burst";q=100;w=60`, as {@link readRoom} does. A quota of 0 is ignored. */
export function readQuotas(header: unknown): Quota[] {
  return members(header, { q: v.pipe(count, v.minValue(1)), w: v.pipe(count, v.minValue(1)) }).map(
    ([policy, { q, w }]) => ({ policy, calls: Math.floor(q), window: w * 1_000 }),
  )
}

/**
 * Reads `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @returns milliseconds from now, negative for a date in the past; undefined if the header is missing or neither
 */
export function readRetryAfter(header: unknown): number | undefined {
  const text = typeof header === 'string' ? header.trim() : ''
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const date = parseHttpDate(text)
  return date === undefined ? undefined : date - Date.now()
}

function members<const Entries extends v.ObjectEntries>(
  header: unknown,
  entries: Entries,
): [string, v.InferOutput<v.ObjectSchema<Entries, undefined>>][] {
  const parameters = v.object(entries)
  return list(header).flatMap(([value, given]) => {
    const parsed = v.safeParse(parameters, Object.fromEntries(given))
    return parsed.success ? [[`${value}`, parsed.output]] : []
  })
}

function list(header: unknown): ReturnType<typeof parseList> {
  try {
    return typeof header === 'string' ? parseList(header) : []
  } catch {
    return []
  }
}
