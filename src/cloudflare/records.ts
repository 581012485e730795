import * as v from 'valibot'

/** What is of another type than Cloudflare describes, or empty, is not known. */
const Text = v.fallback(v.optional(v.pipe(v.string(), v.nonEmpty())), undefined)

/** The same for what is true or false. */
const Flag = v.fallback(v.optional(v.boolean()), undefined)

/** A count; one that is negative or not a whole number is not known. */
export const Count = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined)

/**
 * A user as the organization knows it (Cloudflare API reference, "access/users"); what matters here of it. Cloudflare
 * promises neither `id` nor `email`, but without them nothing can be verified, so a record that lacks one is unreadable.
 */
export const AccessUser = v.object({
  id: v.pipe(v.string(), v.nonEmpty()),
  uid: Text,
  email: v.string(),
  seat_uid: Text,
  access_seat: Flag,
  gateway_seat: Flag,
  active_device_count: Count,
  /** ISO 8601. */
  last_successful_login: Text,
})

/** A user as the organization knows it. */
export type AccessUser = v.InferOutput<typeof AccessUser>

/**
 * A session (Cloudflare API reference, "active_sessions"): when it was issued, in Unix seconds, and what tells it from
 * others. What cannot be read is undefined.
 */
export const Session = v.pipe(
  v.fallback(
    v.object({
      name: v.fallback(v.optional(v.string()), undefined),
      metadata: v.fallback(
        v.object({
          iat: v.fallback(v.optional(v.pipe(v.number(), v.integer())), undefined),
          nonce: v.fallback(v.optional(v.string()), undefined),
        }),
        {},
      ),
    }),
    { metadata: {} },
  ),
  v.transform(({ name, metadata: { iat, nonce } }) => ({ key: nonce ?? name, iat })),
)

/** A session of a user. */
export type Session = v.InferOutput<typeof Session>

/**
 * A device registration (Cloudflare API reference, "devices/registrations"): it ties a user to a device, and stays until
 * it is revoked or deleted. What cannot be read is undefined, so that a registration counts as active in case of doubt.
 */
export const Registration = v.pipe(
  v.object({
    id: v.pipe(v.string(), v.nonEmpty()),
    device: v.fallback(v.object({ name: Text }), { name: undefined }),
    user: v.fallback(v.object({ id: Text, email: Text }), { id: undefined, email: undefined }),
    registration_type: Text,
    created_at: Text,
    revoked_at: Text,
    deleted_at: Text,
  }),
  v.transform(({ id, device, user, registration_type: type, created_at, revoked_at, deleted_at }) => ({
    id,
    /** Of the device; undefined if it has none. */
    name: device.name,
    type,
    owner: user,
    /** Milliseconds since the epoch. */
    createdAt: timeOf(created_at),
    revokedAt: timeOf(revoked_at),
    deletedAt: timeOf(deleted_at),
  })),
)

/** A device registration. */
export type Registration = v.InferOutput<typeof Registration>

function timeOf(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** A Zero Trust seat, as the answer to its change shows it (Cloudflare API reference, "access/seats"). */
export const Seat = v.object({
  seat_uid: v.fallback(v.optional(v.string()), undefined),
  access_seat: Flag,
  gateway_seat: Flag,
})

/** A Zero Trust seat. */
export type Seat = v.InferOutput<typeof Seat>
