import * as v from 'valibot'
import { valuesOf } from '../description/description.ts'
import { badRequest } from './answer.ts'
import type { RecordedRequest } from './journal.ts'

const EMAIL = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@\p{C}]+$/u
const UUID = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i

const Text = v.optional(v.string(), '')
const Switch = v.pipe(
  v.picklist(['true', 'false']),
  v.transform((text) => text === 'true'),
)
const Time = v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))
const WholeNumber = v.pipe(v.string(), v.regex(/^[1-9]\d*$/), v.transform(Number))
/** Cloudflare's maximum for users. The other lists have none in the description; larger pages are refused there too. */
const PerPage = v.pipe(WholeNumber, v.maxValue(1000))
const Page = v.optional(WholeNumber, '1')
const Cursor = v.pipe(
  v.string(),
  v.transform((cursor) => Buffer.from(cursor, 'base64url').toString()),
  v.regex(/^from \d+$/, 'is not one of this list'),
  v.transform((from) => Number(from.slice('from '.length))),
)

/** The query of each operation that has one. An empty filter matches all. */
const Queries = {
  revoke_user: v.strictObject({ devices: v.optional(Switch) }),
  list_users: v.strictObject({
    email: Text,
    name: Text,
    search: Text,
    page: Page,
    per_page: v.optional(PerPage, '1000'),
  }),
  list_logins: v.strictObject({
    email: Text,
    email_exact: v.optional(Switch, 'false'),
    since: v.optional(Time),
    direction: v.optional(v.literal('desc')),
    page: Page,
    per_page: v.optional(PerPage, '25'),
  }),
  list_registrations: v.strictObject({
    'user.id': v.optional(v.union([v.array(v.string()), v.string()]), []),
    status: v.optional(v.picklist(['active', 'all', 'revoked']), 'active'),
    // The description has no default.
    per_page: v.optional(PerPage, '100'),
    /** The number of the first registration, from 0. */
    cursor: v.optional(Cursor),
  }),
}

const Bodies = {
  revoke_user: v.strictObject({
    email: v.pipe(v.string(), v.regex(EMAIL, 'is not an email address')),
    devices: v.exactOptional(v.boolean()),
    user_uid: v.exactOptional(v.pipe(v.string(), v.regex(UUID, 'is not a UUID'))),
    warp_session_reauth: v.exactOptional(v.boolean()),
  }),
  update_seats: v.array(
    v.strictObject({ seat_uid: v.string(), access_seat: v.boolean(), gateway_seat: v.boolean() }),
  ),
}

/** The query of a call, checked. Throws a Rejection for wrong, repeated, or unknown parameters. */
export function queryOf<T extends keyof typeof Queries>(
  operation: T,
  { search }: RecordedRequest,
): v.InferOutput<(typeof Queries)[T]> {
  return checked(Queries[operation], 'query', valuesOf(search))
}

/** The body of a call, checked. Throws a Rejection for wrong, missing, or unknown fields. */
export function bodyOf<T extends keyof typeof Bodies>(
  operation: T,
  { body }: RecordedRequest,
): v.InferOutput<(typeof Bodies)[T]> {
  return checked(Bodies[operation], 'body', body)
}

/** A cursor to the registration with this number. */
export function cursorOf(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64url')
}

function checked<T extends v.GenericSchema>(schema: T, part: string, value: unknown): v.InferOutput<T> {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  throw badRequest(
    parsed.issues.map((issue) => `${part} ${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; '),
  )
}
