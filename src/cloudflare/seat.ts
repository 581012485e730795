import * as v from 'valibot'
import { Flag } from './fields.ts'

/** A Zero Trust seat, as the answer to its change shows it (Cloudflare API reference, "access/seats"). */
export const Seat = v.object({
  seat_uid: v.fallback(v.optional(v.string()), undefined),
  access_seat: Flag,
  gateway_seat: Flag,
})

/** A Zero Trust seat. */
export type Seat = v.InferOutput<typeof Seat>
