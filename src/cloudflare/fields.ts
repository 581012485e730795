import * as v from 'valibot'

/** What is of another type than Cloudflare describes, or empty, is not known. */
export const Text = v.fallback(v.optional(v.pipe(v.string(), v.nonEmpty())), undefined)

/** The same for what is true or false. */
export const Flag = v.fallback(v.optional(v.boolean()), undefined)

/** A count; one that is negative or not a whole number is not known. */
export const Count = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))), undefined)
