import * as v from 'valibot'
import { Count, Flag, Text } from './fields.ts'

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
