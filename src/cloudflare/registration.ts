import * as v from 'valibot'
import { Text } from './fields.ts'

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
