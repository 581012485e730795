import type { BaseUrl, Target } from '../cloudflare/target.ts'
import type { InputReader } from '../runner/input-reader.ts'

/** The inputs of the action with their defaults; a test keeps both equal to action.yml. */
export const INPUTS = {
  email: '',
  'users-file': '',
  'email-column': 'email',
  'date-column': 'revoke_after',
  'date-format': 'YYYY-MM-DD',
  'blank-date': 'stop',
  'only-rows': 'none',
  'protected-users': 'none',
  'reference-column': '',
  'bad-rows': 'stop',
  'user-uid': '',
  'if-empty': 'fail',
  timezone: 'UTC',
  'due-within-days': '30',
  'max-users': '100',
  'account-id': '',
  'zone-id': '',
  'api-token': '',
  'api-email': '',
  'api-key': '',
  devices: 'false',
  'warp-session-reauth': 'false',
  verify: 'false',
  'unknown-user': 'fail',
  'signed-in-again': 'fail',
  'remove-seat': 'false',
  'dry-run': 'false',
  concurrency: '4',
  'max-attempts': '5',
  'request-timeout': '30',
  'mask-emails': 'false',
  'api-base-url': '',
} as const satisfies Readonly<Record<string, string>>

/** The name of an input. */
export type InputName = keyof typeof INPUTS

/** What is verified: nothing, only the sessions, or everything that the step requests. */
export type Verify = boolean | 'sessions'

/** All inputs that are no secrets, defaults included, as the action understands them. */
export type GivenInputs = ReadonlyMap<InputName, string | number | boolean>

/** The options of a step, without secrets. */
export type Options = RunOptions | OfflineOptions

/** The options of a step that sends requests. */
export type RunOptions = SingleOptions & {
  readonly given: GivenInputs
  readonly target: Target
  readonly baseUrl: BaseUrl
  readonly dryRun: boolean
}

/** The options of a step that only checks its inputs and lists. */
export type OfflineOptions = SingleOptions & {
  readonly given: GivenInputs
  /** Undefined if none was given. */
  readonly target: Target | undefined
  readonly baseUrl: BaseUrl
  readonly dryRun: 'offline'
}

/** The options that do not depend on others. */
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
  /** Maximum number of requests in flight. */
  readonly concurrency: number
  /** Per request, on transient failures. */
  readonly maxAttempts: number
  /** Milliseconds for one attempt as a whole. */
  readonly requestTimeout: number
  readonly maskEmails: boolean
}

/**
 * Reads the options that do not depend on others.
 *
 * @param masks - whether addresses are masked whatever `mask-emails` says
 */
export function readSingleOptions(reader: InputReader<InputName>, masks: boolean): SingleOptions {
  return {
    devices: reader.boolean('devices'),
    warpSessionReauth: reader.boolean('warp-session-reauth'),
    verify: reader.booleanOr('verify', 'sessions'),
    removeSeat: reader.boolean('remove-seat'),
    unknownUser: reader.choice('unknown-user', ['fail', 'warn']),
    signedInAgain: reader.choice('signed-in-again', ['fail', 'warn']),
    ifEmpty: reader.choice('if-empty', ['fail', 'warn', 'ignore']),
    timezone: reader.text('timezone'),
    dueWithinDays: reader.integer('due-within-days', 1, 3_650),
    maxUsers: reader.integer('max-users', 1, 1_000_000),
    concurrency: reader.integer('concurrency', 1, 20),
    maxAttempts: reader.integer('max-attempts', 1, 10),
    requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
    maskEmails: reader.boolean('mask-emails') || masks,
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
