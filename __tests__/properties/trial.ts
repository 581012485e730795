import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type {
  NewRegistration,
  NewUser,
  Organization,
  Permission,
} from '../../embedded-api/organization/organization.ts'
import type { World } from '../../embedded-api/world.ts'
import type { With } from '../support/scene.ts'

/** When every action starts; clock, milliseconds. A clock cannot go back, so it is in the future. */
export const START = Date.UTC(2040, 0, 31, 12)

/** Milliseconds. */
export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/** A user of the organization. */
export interface DrawnUser extends NewUser {
  readonly devices: readonly NewRegistration[]
}

/** Everything that is drawn for one run of the action. */
export interface Trial {
  readonly world: World
  /** Milliseconds. */
  readonly propagationMs: number
  /** The users of the organization, besides those of the demo. */
  readonly records: readonly DrawnUser[]
  readonly list: List
  /** Addresses that the step must never revoke. */
  readonly protectedUsers: readonly string[]
  readonly options: StepOptions
  /** A permission that the token has not. */
  readonly missingPermission: Permission | undefined
  readonly faults: readonly FaultRule[]
}

/** Those that a step names, and in which form. Plain addresses have neither dates nor UUIDs. */
export interface List {
  readonly form: 'addresses' | 'json' | 'csv_file'
  readonly entries: readonly Entry[]
}

/** A user that the step names. */
export interface Entry {
  readonly email: string
  /** When the user's time comes; absent: the entry has no date. */
  readonly due?: Due
  /** Whose UUID the entry gives: the user's own, or another user's. */
  readonly uuid?: 'own' | 'other'
}

/** What the step asks for. */
export interface StepOptions {
  readonly verify: false | 'sessions' | true
  readonly devices: boolean
  readonly removeSeat: boolean
  readonly warp: boolean
  readonly unknownUser: 'fail' | 'warn'
  readonly signedInAgain: 'fail' | 'warn'
  /** Only with a file. */
  readonly notListed: 'ignore' | 'warn' | 'fail'
  readonly dryRun: boolean
  readonly concurrency: number
  readonly maxAttempts: number
}

/** Dates as a list writes them, and as moments of the clock, in milliseconds. */
export const DATES = {
  now: { text: 'now', at: START, timing: 'due' },
  three_days_ago: { text: new Date(START - 3 * DAY).toISOString(), at: START - 3 * DAY, timing: 'due' },
  long_ago: { text: '2020-01-31', at: Date.UTC(2020, 1, 1), timing: 'past' },
  next_year: { text: '2041-12-31', at: Date.UTC(2042, 0, 1), timing: 'not_due' },
} as const
export type Due = keyof typeof DATES

/** Whether each user is looked up. */
export function needsLookUp({ verify, removeSeat }: StepOptions): boolean {
  return verify !== false || removeSeat
}

/** An entry as JSON and CSV have it. */
interface Row {
  readonly email: string
  readonly user_uid?: string
  readonly revoke_after?: string
}

/** The `with:` of the step, and the files of its workspace. */
export function inputsOf(
  { list, protectedUsers, records, options }: Trial,
  organization: Organization,
): { inputs: With; files: Record<string, string> } {
  const rows = list.entries.map((entry) => rowOf(entry, organization))
  // Otherwise, most of the organization would be on no list.
  const others = organization.users.filter(
    ({ email }) => !records.some((record) => sameAddress(record.email, email)),
  )
  const guarded =
    options.notListed === 'ignore' ? protectedUsers : [...protectedUsers, ...others.map(({ email }) => email)]
  const isFile = list.form === 'csv_file'
  const email = list.form === 'json' ? JSON.stringify(rows) : rows.map((row) => row.email).join(', ')
  return {
    inputs: {
      email: isFile ? null : email,
      'users-file': isFile ? 'leavers.csv' : null,
      'protected-users': guarded.length === 0 ? 'none' : guarded.join('\n'),
      verify: `${options.verify}`,
      devices: `${options.devices}`,
      'remove-seat': `${options.removeSeat}`,
      'warp-session-reauth': `${options.warp}`,
      'unknown-user': options.unknownUser,
      'signed-in-again': options.signedInAgain,
      'not-listed': options.notListed,
      'dry-run': `${options.dryRun}`,
      // A request that is never answered is open for so many real seconds.
      'request-timeout': '2',
      concurrency: `${options.concurrency}`,
      'max-attempts': `${options.maxAttempts}`,
    },
    files: { 'leavers.csv': csvOf(rows) },
  }
}

function rowOf({ email, due, uuid }: Entry, organization: Organization): Row {
  const owner = organization.users.find((user) => sameAddress(user.email, email) === (uuid === 'own'))
  return {
    email,
    ...(uuid !== undefined && owner !== undefined && { user_uid: owner.uid }),
    ...(due !== undefined && { revoke_after: DATES[due].text }),
  }
}

/** A date column has no blank cells. */
function csvOf(rows: readonly Row[]): string {
  const dated = rows.some(({ revoke_after }) => revoke_after !== undefined)
  const cells = rows.map(({ email, user_uid = '', revoke_after = 'now' }) => [email, user_uid, revoke_after])
  return [['email', 'user_uid', 'revoke_after'], ...cells]
    .map((row) => `${row.slice(0, dated ? 3 : 2).join(',')}\n`)
    .join('')
}

/** Whether two addresses are one user's: they differ only in the case of ASCII letters and white space around them. */
export function sameAddress(one: string, other: string): boolean {
  return folded(one.trim()) === folded(other.trim())
}

/** The address with its ASCII letters in lower case; others only look alike. */
export function folded(address: string): string {
  return address.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** The address with its ASCII letters in upper case. */
export function unfolded(address: string): string {
  return address.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase())
}
