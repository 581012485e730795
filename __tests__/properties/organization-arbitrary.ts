import fc from 'fast-check'
import type { NewUser } from '../../embedded-api/organization.ts'

/**
 * Addresses that are easily taken for each other: the same in another letter case, with a look-alike (U+212A, the
 * Kelvin sign), as a part of each other, and with letters outside ASCII.
 */
const ADDRESSES = [
  'kate@example.com',
  'Kate@Example.com',
  'KATE@EXAMPLE.COM',
  '\u212Aate@example.com',
  'ann@example.com',
  'Ann@example.com',
  'joann@example.com',
  'ann@example.com.au',
  "o'neil+x@example.com",
  'ünï@exämple.com',
  'ÜNÏ@exämple.com',
]

/** An address of somebody who may or may not be in the organization. */
export const address: fc.Arbitrary<string> = fc.constantFrom(...ADDRESSES)

/** A record of the organization. The addresses are few, so several records may have the same one. */
const record: fc.Arbitrary<NewUser> = fc.record(
  {
    email: address,
    sessions: fc.integer({ min: 0, max: 4 }),
    devices: fc.integer({ min: 0, max: 3 }),
    stickySessions: rarely(fc.integer({ min: 1, max: 2 }), 0),
    signsInAgain: rarely(fc.constant(true), false),
    warpSession: fc.boolean(),
  },
  { requiredKeys: ['email'] },
)

/** The records of an organization. */
export const records: fc.Arbitrary<NewUser[]> = fc.array(record, { minLength: 1, maxLength: 6 })

/**
 * Whether the organization is one in which nobody is found by the filters `email` and `name`. What is reported of
 * Cloudflare concerns whole accounts, not single records.
 */
export const searchOnly: fc.Arbitrary<boolean> = rarely(fc.constant(true), false)

/** Mostly `usual`. */
export function rarely<T>(unusual: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: unusual })
}
