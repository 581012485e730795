import * as v from 'valibot'

/** A Zero Trust seat, as the answer to its change shows it (Cloudflare API reference, "access/seats"). */
export const Seat = v.object({
  seat_uid: v.fallback(v.optional(v.string()), undefined),
  access_seat: v.fallback(v.optional(v.boolean()), undefined),
  gateway_seat: v.fallback(v.optional(v.boolean()), undefined),
})

/** A Zero Trust seat. */
export type Seat = v.InferOutput<typeof Seat>
