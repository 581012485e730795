import * as v from 'valibot'

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
