import fc from 'fast-check'
import type { NewRegistration, NewUser } from '../../embedded-api/organization/organization.ts'

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

/** Milliseconds. */
const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

/** A device registration; times are milliseconds before the action starts. */
interface DrawnDevice extends Pick<NewRegistration, 'kind' | 'sticky'> {
  readonly createdAgo?: number
  readonly revokedAgo?: number | undefined
}

/** A user of the organization. */
export interface DrawnUser extends Omit<NewUser, 'devices' | 'lastLoginAt'> {
  readonly devices: readonly DrawnDevice[]
  /** Milliseconds before the action starts; null: never. */
  readonly lastLoginAgo?: number | null
}

/** The user as the stand-in takes one; `start` is when the action starts (clock, milliseconds). */
export function newUserOf({ devices, lastLoginAgo, ...said }: DrawnUser, start: number): NewUser {
  return {
    ...said,
    devices: devices.map(({ createdAgo, revokedAgo, ...device }) => ({
      ...device,
      ...(createdAgo !== undefined && { createdAt: start - createdAgo }),
      ...(revokedAgo !== undefined && { revokedAt: start - revokedAgo }),
    })),
    ...(lastLoginAgo !== undefined && { lastLoginAt: lastLoginAgo === null ? null : start - lastLoginAgo }),
  }
}

const device: fc.Arbitrary<DrawnDevice> = fc.record(
  {
    kind: fc.constantFrom('warp', 'browser_extension'),
    sticky: rarely(fc.constant(true), false),
    createdAgo: fc.constantFrom(HOUR, 48 * HOUR),
    revokedAgo: rarely(fc.constant(HOUR / 2), undefined),
  },
  { requiredKeys: [] },
)

/** Seats that are free, and seats of which there is no ID. */
const seat = fc.constantFrom<NonNullable<NewUser['seat']>[]>(
  { gateway: true },
  { access: false },
  { access: false, gateway: true },
  { uid: undefined },
  { uid: undefined, access: false },
)

/** A record of the organization. The addresses are few, so several records may have the same one. */
const record: fc.Arbitrary<DrawnUser> = fc.record(
  {
    email: address,
    sessions: fc.integer({ min: 0, max: 4 }),
    devices: fc.array(device, { maxLength: 3 }),
    seat,
    lastLoginAgo: fc.constantFrom(HOUR, 30 * HOUR, 60 * HOUR, 100 * HOUR, 10 * YEAR, null),
    stickySessions: rarely(fc.integer({ min: 1, max: 2 }), 0),
    signsInAgain: rarely(fc.constant(true), false),
    warpSession: fc.boolean(),
  },
  { requiredKeys: ['email', 'devices'] },
)

/** The records of an organization. */
export const records: fc.Arbitrary<DrawnUser[]> = fc.array(record, { minLength: 1, maxLength: 6 })

/**
 * Whether the organization is one in which nobody is found by the filters `email` and `name`. What is reported of
 * Cloudflare concerns whole accounts, not single records.
 */
export const searchOnly: fc.Arbitrary<boolean> = rarely(fc.constant(true), false)

/** Mostly `usual`. */
export function rarely<T>(unusual: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: unusual })
}
