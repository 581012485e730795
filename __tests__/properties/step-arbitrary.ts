import fc from 'fast-check'
import type { Permission } from '../../embedded-api/organization/organization.ts'
import { folded, unfolded } from './address.ts'
import type { Due } from './due.ts'
import { address, type DrawnUser, rarely } from './organization-arbitrary.ts'

/** Somebody that the step names. */
export interface Entry {
  readonly email: string
  /** When the user's time comes; absent: the entry has no date. */
  readonly due?: Due
  /** Whose UUID the entry gives: the user's own, or somebody else's. */
  readonly uuid?: 'own' | 'other'
}

/** In which form the step names them. */
export type Form = 'lines' | 'commas' | 'json' | 'txt_file' | 'json_file' | 'csv_file'

/** What the step asks for. */
export interface Asked {
  readonly verify: false | 'sessions' | true
  readonly devices: boolean
  readonly removeSeat: boolean
  readonly warp: boolean
  readonly unknownUser: 'fail' | 'warn'
  readonly signedInAgain: 'fail' | 'warn'
  readonly dryRun: boolean
  readonly concurrency: number
  readonly maxAttempts: number
}

/** An entry whose user is not chosen yet. */
interface Draft extends Omit<Entry, 'email'> {
  /** The number of a record, or an address that nobody may have. */
  readonly who: number | string
  readonly letters: 'as_they_are' | 'lower' | 'upper'
}

const draft: fc.Arbitrary<Draft> = fc
  .tuple(
    fc.record({
      who: fc.oneof(
        { weight: 8, arbitrary: fc.nat(5) },
        { weight: 1, arbitrary: address },
        { weight: 1, arbitrary: fc.constant('nobody@example.com') },
      ),
      letters: fc.constantFrom<Draft['letters'][]>('as_they_are', 'as_they_are', 'lower', 'upper'),
    }),
    fc.oneof<fc.MaybeWeightedArbitrary<Pick<Entry, 'due'>>[]>(
      { weight: 3, arbitrary: fc.constant({}) },
      {
        weight: 1,
        arbitrary: fc.record({ due: fc.constantFrom('now', 'lately', 'lately', 'long_ago', 'next_year') }),
      },
    ),
    rarely<Pick<Entry, 'uuid'>>(fc.record({ uuid: fc.constantFrom('own', 'other') }), {}),
  )
  .map(([who, due, uuid]) => ({ ...who, ...due, ...uuid }))

/** Those that a step names, and how. */
export interface List {
  readonly form: Form
  readonly entries: readonly Entry[]
}

/** Lists that name mostly people who are there. Plain lists have addresses alone. */
export const listAmong: fc.Arbitrary<(records: readonly DrawnUser[]) => List> = fc
  .record({
    form: fc.constantFrom<Form[]>('lines', 'commas', 'json', 'txt_file', 'json_file', 'csv_file'),
    drafts: fc.array(draft, { minLength: 1, maxLength: 5, size: 'max' }),
  })
  .map(({ form, drafts }) => (records) => ({
    form,
    entries: drafts.map(({ who, letters, due, uuid }) => {
      const address = typeof who === 'string' ? who : (records[who % records.length]?.email ?? '')
      const email = letters === 'lower' ? folded(address) : letters === 'upper' ? unfolded(address) : address
      return ['lines', 'commas', 'txt_file'].includes(form)
        ? { email }
        : { email, ...(due !== undefined && { due }), ...(uuid !== undefined && { uuid }) }
    }),
  }))

/** The other inputs. */
export const asked: fc.Arbitrary<Asked> = fc.record({
  verify: fc.constantFrom<Asked['verify'][]>(true, true, true, 'sessions', false),
  devices: fc.constantFrom(true, true, false),
  // Not too often: a seat that is freed takes the devices with it.
  removeSeat: fc.constantFrom(true, false, false),
  warp: fc.boolean(),
  unknownUser: fc.constantFrom('fail', 'warn'),
  signedInAgain: fc.constantFrom('fail', 'warn'),
  dryRun: rarely(fc.constant(true), false),
  concurrency: fc.constantFrom(1, 2, 4, 20),
  maxAttempts: fc.integer({ min: 1, max: 4 }),
})

/** What the token may not do, mostly nothing. */
export const lacking: fc.Arbitrary<Permission | undefined> = rarely<Permission | undefined>(
  fc.constantFrom('Zero Trust Read', 'Zero Trust: Seats Write'),
  undefined,
)
