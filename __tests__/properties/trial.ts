import { randomUUID } from 'node:crypto'
import type { FaultRule } from '../../embedded-api/faults/faults.ts'
import type {
  NewRegistration,
  NewUser,
  Organization,
  Permission,
} from '../../embedded-api/organization/organization.ts'
import type { World } from '../../embedded-api/world.ts'
import type { With } from '../support/scene.ts'

/** Everything that is drawn for one run of the action. */
export interface Trial {
  readonly world: World
  /** Milliseconds. */
  readonly propagationMs: number
  readonly records: readonly DrawnUser[]
  /** Whether only `search` finds the users. */
  readonly searchOnly: boolean
  readonly list: List
  /** Addresses that the step must never revoke. */
  readonly protectedUsers: readonly string[]
  readonly options: StepOptions
  /** A permission that the token has not. */
  readonly missingPermission: Permission | undefined
  readonly faults: readonly FaultRule[]
}

/** A device registration; times are milliseconds before the action starts. */
export interface DrawnDevice extends Pick<NewRegistration, 'kind' | 'sticky'> {
  readonly createdAgo?: number
  readonly revokedAgo?: number | undefined
}

/** A user of the organization. */
export interface DrawnUser extends Omit<NewUser, 'id' | 'uid' | 'devices' | 'lastLoginAt' | 'seat'> {
  /** Equal: `id` and `uid` are the same. Foreign: `id` is not a UUID. */
  readonly ids?: 'usual' | 'equal' | 'foreign'
  /** White space that the organization has after the address. */
  readonly space?: string
  /** When one more session begins that survives revocations, in milliseconds after the action starts. */
  readonly lateSession?: number | undefined
  readonly devices: readonly DrawnDevice[]
  /** `takenIn`: when Access takes the seat, in milliseconds after the action starts. */
  readonly seat?: Pick<NonNullable<NewUser['seat']>, 'uid' | 'access' | 'gateway'> & {
    readonly takenIn?: number
  }
  /** Milliseconds before the action starts; null: never. */
  readonly lastLoginAgo?: number | null
}

/** The user as the embedded API takes it; `start` is when the action starts (clock, milliseconds). */
export function newUserOf(
  {
    email,
    ids,
    space = '',
    lateSession,
    devices,
    lastLoginAgo,
    seat: { takenIn, ...seat } = {},
    ...given
  }: DrawnUser,
  start: number,
): NewUser {
  const id = ids === 'foreign' ? `../${randomUUID().slice(0, 30)}` : randomUUID()
  return {
    ...given,
    email: `${email}${space}`,
    id,
    ...(ids === 'equal' && { uid: id }),
    ...(lateSession !== undefined && { laterSessions: [start + lateSession] }),
    seat: { ...seat, ...(takenIn !== undefined && { access: false, takenAt: start + takenIn }) },
    devices: devices.map(({ createdAgo, revokedAgo, ...device }) => ({
      ...device,
      ...(createdAgo !== undefined && { createdAt: start - createdAgo }),
      ...(revokedAgo !== undefined && { revokedAt: start - revokedAgo }),
    })),
    ...(lastLoginAgo !== undefined && { lastLoginAt: lastLoginAgo === null ? null : start - lastLoginAgo }),
  }
}

/** Those that a step names, and how. */
export interface List {
  readonly form: Form
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

/** In which form the step names them. */
export type Form = 'lines' | 'commas' | 'json' | 'txt_file' | 'json_file' | 'csv_file'

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

/** When a user is due; `lately` was three days ago. */
export type Due = 'now' | 'lately' | 'long_ago' | 'next_year'

/** Milliseconds. */
const THREE_DAYS = 3 * 24 * 3_600_000

/** How a list writes the date; `start` is when the action starts (clock, milliseconds). */
export function dateOf(due: Due, start: number): string {
  switch (due) {
    case 'now':
      return 'now'
    case 'lately':
      return new Date(start - THREE_DAYS).toISOString()
    case 'long_ago':
      return '2020-01-31'
    case 'next_year':
      return `${new Date(start).getUTCFullYear() + 1}-12-31`
  }
}

/** The same as a moment of the clock, in milliseconds; undefined for a user who is not due yet. */
export function timeOf(due: Due, start: number): number | undefined {
  switch (due) {
    case 'now':
      return start
    case 'lately':
      return start - THREE_DAYS
    case 'long_ago':
      return Date.UTC(2020, 1, 1)
    case 'next_year':
      return undefined
  }
}

/** An entry as JSON and CSV have it. */
interface Row {
  readonly email: string
  readonly user_uid?: string
  readonly revoke_after?: string
}

/** The `with:` of the step that starts at `start` (clock, milliseconds), and the files of its workspace. */
export function inputsOf(
  { list, protectedUsers, records, options }: Trial,
  organization: Organization,
  start: number,
): { inputs: With; files: Record<string, string> } {
  const rows = list.entries.map((entry) => rowOf(entry, organization, start))
  const emails = rows.map(({ email }) => email)
  // Otherwise, most of the organization would be on no list.
  const others = organization.users.filter(
    ({ email }) => !records.some((record) => sameAddress(record.email, email)),
  )
  const guarded =
    options.notListed === 'ignore' ? protectedUsers : [...protectedUsers, ...others.map(({ email }) => email)]
  const inputs: With = {
    email: null,
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
  }
  const inline = (email: string): { inputs: With; files: Record<string, string> } => ({
    inputs: { ...inputs, email },
    files: {},
  })
  const filed = (name: string, text: string): { inputs: With; files: Record<string, string> } => ({
    inputs: { ...inputs, 'users-file': name },
    files: { [name]: text },
  })
  switch (list.form) {
    case 'lines':
      return inline(emails.join('\n'))
    case 'commas':
      return inline(emails.join(', '))
    case 'json':
      return inline(JSON.stringify(rows))
    case 'txt_file':
      return filed('leavers.txt', emails.join('\n'))
    case 'json_file':
      return filed('leavers.json', JSON.stringify(rows))
    case 'csv_file':
      return filed('leavers.csv', csvOf(rows))
  }
}

function rowOf({ email, due, uuid }: Entry, organization: Organization, start: number): Row {
  const owner = organization.users.find((user) => sameAddress(user.email, email) === (uuid === 'own'))
  return {
    email,
    ...(uuid !== undefined && owner !== undefined && { user_uid: owner.uid }),
    ...(due !== undefined && { revoke_after: dateOf(due, start) }),
  }
}

/** A date column has no blank cells. */
function csvOf(rows: readonly Row[]): string {
  const dated = rows.some(({ revoke_after }) => revoke_after !== undefined)
  const cells = rows.map(({ email, user_uid = '', revoke_after = 'now' }) => [
    email,
    user_uid,
    ...(dated ? [revoke_after] : []),
  ])
  const header = ['email', 'user_uid', ...(dated ? ['revoke_after'] : [])]
  return [header, ...cells].map((row) => `${row.join(',')}\n`).join('')
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
