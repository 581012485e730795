import fc from 'fast-check'
import type { NewLogin, Permission } from '../../embedded-api/organization/organization.ts'
import { calmed } from './expectations.ts'
import { faultsAmong, oddAnswers, strayRefusals } from './faults-arbitrary.ts'
import {
  type DrawnDevice,
  type DrawnUser,
  type Entry,
  folded,
  type Form,
  type List,
  type StepOptions,
  type Trial,
  unfolded,
} from './trial.ts'
import { falselyConfirmed, trap, trapped } from './traps.ts'
import { propagationMs, world } from './world-arbitrary.ts'

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

/** An address that may or may not be in the organization. */
const address: fc.Arbitrary<string> = fc.constantFrom(...ADDRESSES)

/** Milliseconds. */
const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR

const device: fc.Arbitrary<DrawnDevice> = fc.record(
  {
    kind: fc.constantFrom('warp', 'browser_extension'),
    sticky: rarely(fc.constant(true), false),
    createdAgo: fc.constantFrom(HOUR, 48 * HOUR),
    revokedAgo: rarely(fc.constant(HOUR / 2), undefined),
  },
  { requiredKeys: [] },
)

/** Seats that are free, have no ID, or are taken during the run. */
const seat = fc.constantFrom<NonNullable<DrawnUser['seat']>[]>(
  { gateway: true },
  { access: false },
  { access: false, gateway: true },
  { uid: undefined },
  { uid: undefined, access: false },
  { takenIn: 1 },
  { takenIn: 20_000 },
  { takenIn: 100_000 },
)

/** Logins of users who come back, the last of them not by words alone. */
const LOGINS: readonly NewLogin[] = [
  { app: 'grafana.example.com', connection: 'onetimepin', ipAddress: '2001:db8::7' },
  { allowed: false },
  { app: '<b>x</b>\n::error::', connection: '', ipAddress: '`' },
]

/** A record of the organization. The addresses are few, so several records may have the same one. */
const record: fc.Arbitrary<DrawnUser> = fc.record(
  {
    email: address,
    sessions: fc.integer({ min: 0, max: 4 }),
    lateSession: rarely(fc.constantFrom(0, 500, 1_000, 2_000, 10_000), undefined),
    devices: fc.array(device, { maxLength: 3 }),
    seat,
    lastLoginAgo: fc.constantFrom(HOUR, 30 * HOUR, 60 * HOUR, 100 * HOUR, 10 * YEAR, null),
    stickySessions: rarely(fc.integer({ min: 1, max: 2 }), 0),
    signsInAgain: rarely(fc.constantFrom<NonNullable<DrawnUser['signsInAgain']>[]>(true, ...LOGINS), false),
    warpSession: fc.boolean(),
    ids: rarely<NonNullable<DrawnUser['ids']>>(fc.constantFrom('equal', 'foreign'), 'usual'),
    space: rarely(fc.constantFrom(' ', '\t'), ''),
  },
  { requiredKeys: ['email', 'devices'] },
)

/** The records of an organization. */
const records: fc.Arbitrary<DrawnUser[]> = fc.array(record, { minLength: 1, maxLength: 6 })

/**
 * Whether the filters `email` and `name` find no user, as is reported of some accounts. The reports concern
 * accounts, not single records.
 */
const searchOnly: fc.Arbitrary<boolean> = rarely(fc.constant(true), false)

/** Mostly `usual`. */
function rarely<T>(unusual: fc.Arbitrary<T>, usual: T): fc.Arbitrary<T> {
  return fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: unusual })
}

/** An entry whose user is not chosen yet. */
interface Draft extends Omit<Entry, 'email'> {
  /** The number of a record, or an address that may be unknown. */
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

/** Lists that name mostly people who are there. Plain lists have addresses alone. */
const listAmong: fc.Arbitrary<(records: readonly DrawnUser[]) => List> = fc
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

/** The other inputs. Without verification, no warning about what it finds is accepted. */
const options: fc.Arbitrary<StepOptions> = fc
  .record<StepOptions>({
    verify: fc.constantFrom<StepOptions['verify'][]>(true, true, true, 'sessions', false),
    devices: fc.constantFrom(true, true, false),
    // Not too often: a seat that is freed takes the devices with it.
    removeSeat: fc.constantFrom(true, false, false),
    warp: fc.boolean(),
    unknownUser: fc.constantFrom('fail', 'warn'),
    signedInAgain: fc.constantFrom('fail', 'warn'),
    notListed: fc.constantFrom('ignore', 'warn', 'fail'),
    dryRun: rarely(fc.constant(true), false),
    concurrency: fc.constantFrom(1, 2, 4, 20),
    maxAttempts: fc.integer({ min: 1, max: 4 }),
  })
  .map((drawn) => (drawn.verify === false ? { ...drawn, unknownUser: 'fail', signedInAgain: 'fail' } : drawn))

/** What the token may not do, mostly nothing. */
const missingPermission: fc.Arbitrary<Permission | undefined> = rarely<Permission | undefined>(
  fc.constantFrom('Zero Trust Read', 'Zero Trust: Seats Write'),
  undefined,
)

const anyTrial: fc.Arbitrary<Trial> = fc
  .record({
    world,
    propagationMs,
    records,
    searchOnly,
    list: listAmong,
    protectedUsers: rarely(fc.array(address, { minLength: 1, maxLength: 2 }), []),
    options,
    missingPermission,
    faults: faultsAmong,
  })
  .map(({ list, faults, ...drawn }) => ({
    ...drawn,
    list: list(drawn.records),
    faults: faults(drawn.records),
  }))
  .map((trial) =>
    trial.list.form.endsWith('_file')
      ? trial
      : { ...trial, options: { ...trial.options, notListed: 'ignore' as const } },
  )
  .filter(isDetectable)

/**
 * Worlds, users, inputs and faults for one run of the action. Some are calm, with stray refusals at most, and in some a
 * lie hides what is left of a user.
 */
export const trials: fc.Arbitrary<Trial> = fc.oneof(
  { weight: 8, arbitrary: anyTrial },
  { weight: 1, arbitrary: anyTrial.map(falselyConfirmed) },
  { weight: 8, arbitrary: fc.tuple(anyTrial, trap).map(([trial, one]) => trapped(trial, one)) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(anyTrial, fc.option(strayRefusals, { nil: [], freq: 5 }))
      .map(([trial, faults]) => ({ ...calmed(trial), faults })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyTrial, oddAnswers).map(([trial, faults]) => {
      const calm = calmed(trial)
      const [{ email } = { email: '' }] = calm.list.entries
      const other = { email: 'other@example.com', devices: [{}] }
      return {
        ...calm,
        records: [...calm.records, other],
        list: { ...calm.list, entries: [{ email }, { email: other.email }] },
        options: { ...calm.options, verify: true, devices: true },
        faults: faults(email),
      }
    }),
  },
)

/**
 * Whether the answers show that something is wrong. Some combinations of worlds lie without a contradiction, so that no
 * client can tell them from the truth.
 */
function isDetectable({ world, records: drawn, faults, options }: Trial): boolean {
  const absentOfUsers = world.absentUserFields ?? []
  const absentOfSessions = world.absentSessionFields ?? []
  const devicesAreHidden = world.registrationUserId === 'uid' && absentOfUsers.includes('uid')
  const isShiftCounted = world.withoutResultInfo !== true && world.withoutTotalCount !== true
  const isKeyShown = !absentOfSessions.some((field) =>
    world.renewedSessions === 'name' ? field === 'name' : field === 'metadata' || field === 'metadata.nonce',
  )
  return (
    (world.vanishingUser !== true || isShiftCounted) &&
    ((world.deviceCountOff ?? 0) >= 0 || !devicesAreHidden) &&
    // A registration by an ID that is both would show that lists are by `id`.
    (!devicesAreHidden || drawn.every(({ ids }) => ids !== 'equal')) &&
    (world.renewedSessions === undefined ||
      options.signedInAgain === 'fail' ||
      (isKeyShown && faults.length === 0))
  )
}
