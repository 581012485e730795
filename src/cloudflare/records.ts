import * as v from 'valibot'
import { shortened } from '../text/plain-text.ts'
import { parseTimestamp } from '../text/measures.ts'

/** A text; undefined if it is empty or of another type than Cloudflare describes. */
const Text = v.fallback(v.optional(v.pipe(v.string(), v.nonEmpty())), undefined)

/** White space around an address is not part of it. */
const Address = v.pipe(v.string(), v.trim())
const OptionalAddress = v.fallback(v.optional(v.pipe(Address, v.nonEmpty())), undefined)

const Flag = v.fallback(v.optional(v.boolean()), undefined)

/** A count; undefined if it is negative or not a whole number. */
const Count = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined)

/**
 * A time in a record: in milliseconds since the epoch if it is one in RFC 3339, however unlikely; `absent` if there is
 * none, or null.
 */
export type RecordTime = { readonly at: number } | 'absent' | 'unreadable'

const Time = v.pipe(v.optional(v.unknown(), null), v.transform(recordTime))

const Words = v.pipe(
  Text,
  v.transform((text) => text && shortened(text, 100)),
)

/** A Zero Trust seat, as the answer to its change shows it (Cloudflare API reference, "access/seats"). */
export const Seat = v.object({ seat_uid: Text, access_seat: Flag, gateway_seat: Flag })
export type Seat = v.InferOutput<typeof Seat>

/**
 * A user of the organization (Cloudflare API reference, "access/users"). Cloudflare promises neither `id` nor `email`,
 * but nothing can be verified without them, so a record that lacks one is unreadable.
 */
export const AccessUser = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  uid: Text,
  email: Address,
  ...Seat.entries,
  active_device_count: Count,
  last_successful_login: Time,
})
export type AccessUser = v.InferOutput<typeof AccessUser>

const Issue = v.object({
  iat: v.fallback(v.optional(v.pipe(v.number(), v.integer())), undefined),
  nonce: Text,
})

/**
 * A session (Cloudflare API reference, "active_sessions"). `iat` says when it was issued, in Unix seconds; undefined if
 * it cannot be read.
 */
export const Session = v.pipe(
  v.fallback(v.object({ name: Text, metadata: v.fallback(Issue, {}) }), { metadata: {} }),
  v.transform(({ name, metadata: { iat, nonce } }) => ({
    /** Its nonce and its name, as far as they are known: a session that shares one with another is the same. */
    keys: [nonce, name].flatMap((key) => key ?? []),
    iat,
  })),
)
export type Session = v.InferOutput<typeof Session>

/**
 * A device registration (Cloudflare API reference, "devices/registrations"): it ties a user to a device, and stays until
 * it is revoked or deleted.
 */
export const Registration = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    device: v.fallback(v.object({ name: Text }), { name: undefined }),
    user: v.fallback(v.object({ id: Text, email: OptionalAddress }), { id: undefined, email: undefined }),
    registration_type: Text,
    created_at: Time,
    revoked_at: Time,
    deleted_at: Time,
  }),
  v.transform(({ id, device, user, registration_type: type, created_at, revoked_at, deleted_at }) => ({
    id,
    /** Of the device. */
    name: device.name,
    type,
    owner: user,
    createdAt: created_at,
    revokedAt: revoked_at,
    deletedAt: deleted_at,
  })),
)
export type Registration = v.InferOutput<typeof Registration>

/**
 * A login (Cloudflare API reference, "access/logs/access_requests"). Everything is optional, because a login only
 * explains what was seen elsewhere. Texts are short.
 */
export const Login = v.pipe(
  v.fallback(
    v.object({
      user_email: OptionalAddress,
      created_at: Time,
      app_domain: Words,
      connection: Words,
      ip_address: Words,
      allowed: Flag,
    }),
    { created_at: 'unreadable' },
  ),
  v.transform(({ user_email: email, created_at, app_domain: app, connection, ip_address: ip, allowed }) => ({
    email,
    /** Milliseconds since the epoch. */
    at: typeof created_at === 'object' ? created_at.at : undefined,
    app,
    /** The login method, such as `saml` or `onetimepin`. */
    connection,
    ip,
    allowed,
  })),
)
export type Login = v.InferOutput<typeof Login>

/** The answer of the two token verify endpoints (Cloudflare API reference). Times are ISO 8601. */
export const TokenStatus = v.object({
  status: v.string(),
  not_before: v.optional(v.string()),
  expires_on: v.optional(v.string()),
})
export type TokenStatus = v.InferOutput<typeof TokenStatus>

function recordTime(given: unknown): RecordTime {
  if (given === null) return 'absent'
  const at = typeof given === 'string' ? parseTimestamp(given) : undefined
  return at === undefined ? 'unreadable' : { at }
}
