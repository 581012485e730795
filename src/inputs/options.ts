import type { BaseUrl, Target } from '../cloudflare/target.ts'
import type { InputReader } from '../runner/input-reader.ts'
import { isTimezone } from '../users/dates.ts'

/** What is proven: nothing, the sessions alone, or everything that was asked for. */
export type Verify = boolean | 'sessions'

/** How the step is to do its work; nothing in here is secret. */
export type Options = RunOptions | OfflineOptions

/** The options of a step that sends requests. */
export type RunOptions = SingleOptions & {
  readonly target: Target
  readonly baseUrl: BaseUrl
  readonly dryRun: boolean
}

/** The options of a step that only checks its inputs and lists. */
export type OfflineOptions = SingleOptions & {
  /** Undefined if none was given. */
  readonly target: Target | undefined
  readonly baseUrl: BaseUrl
  readonly dryRun: 'offline'
}

/** The options that each stand for themselves, and mean the same in every step. */
export interface SingleOptions {
  readonly devices: boolean
  readonly warpSessionReauth: boolean
  readonly verify: Verify
  readonly unknownUser: 'fail' | 'warn'
  readonly signedInAgain: 'fail' | 'warn'
  /** Whether the users' seats are freed as well. */
  readonly removeSeat: boolean
  readonly ifEmpty: 'fail' | 'warn' | 'ignore'
  /** An IANA time zone. */
  readonly timezone: string
  readonly dueWithinDays: number
  readonly maxUsers: number
  /** Requests in flight at once. */
  readonly concurrency: number
  /** Per request, on transient failures. */
  readonly maxAttempts: number
  /** Milliseconds for one attempt as a whole. */
  readonly requestTimeout: number
  readonly maskEmails: boolean
}

/** Reads the options that each stand for themselves. */
export function readSingleOptions(reader: InputReader): SingleOptions {
  return {
    devices: reader.boolean('devices'),
    warpSessionReauth: reader.boolean('warp-session-reauth'),
    verify: reader.booleanOr('verify', 'sessions'),
    removeSeat: reader.boolean('remove-seat'),
    unknownUser: reader.choice('unknown-user', ['fail', 'warn']),
    signedInAgain: reader.choice('signed-in-again', ['fail', 'warn']),
    ifEmpty: reader.choice('if-empty', ['fail', 'warn', 'ignore']),
    timezone: readTimezone(reader),
    dueWithinDays: reader.integer('due-within-days', 1, 3_650),
    maxUsers: reader.integer('max-users', 1, 1_000_000),
    concurrency: reader.integer('concurrency', 1, 20),
    maxAttempts: reader.integer('max-attempts', 1, 10),
    requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
    maskEmails: reader.boolean('mask-emails'),
  }
}

/** Whether the sessions of each user are read. */
export function provesSessions({ verify }: Pick<Options, 'verify'>): boolean {
  return verify !== false
}

/** Whether the device registrations of each user are read. */
export function provesDevices({ verify, devices }: Pick<Options, 'verify' | 'devices'>): boolean {
  return verify === true && devices
}

/** Whether each user is looked up. */
export function looksUp({ verify, removeSeat }: Pick<Options, 'verify' | 'removeSeat'>): boolean {
  return verify !== false || removeSeat
}

function readTimezone(reader: InputReader): string {
  const timezone = reader.text('timezone')
  if (isTimezone(timezone)) return timezone
  reader.problem(`\`timezone\` is ${reader.shown(timezone)}: use an IANA time zone like Europe/Berlin.`)
  return 'UTC'
}
