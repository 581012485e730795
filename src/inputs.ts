import { type BaseUrl, chooseBaseUrl } from './base-url.ts'
import { chooseCredential, type Credential } from './credential.ts'
import { InputReader } from './input-reader.ts'
import { isTimezone } from './moment.ts'
import { chooseTarget, type Target } from './target.ts'
import { timing, type User } from './user.ts'
import { readUsers } from './user-list.ts'

/** What the step is to do: everything checked, nothing sent yet. */
export interface Inputs extends Options {
  /** Each user once, in the order given. */
  readonly users: readonly User[]
  /** How many entries named a user that an earlier entry had named. */
  readonly repeated: number
  readonly credential: Credential
}

/** How the step is to do it; nothing in here is secret. */
export interface Options {
  readonly target: Target
  readonly baseUrl: BaseUrl
  readonly devices: boolean
  readonly warpSessionReauth: boolean
  readonly verify: boolean
  readonly unknownUser: 'fail' | 'warn'
  readonly signedInAgain: 'fail' | 'warn'
  readonly dryRun: boolean
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

/** What is wrong with the inputs, each problem a full sentence with its remedy. */
export interface InputProblems {
  readonly problems: readonly string[]
}

/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
export async function readInputs(now: number): Promise<Inputs | InputProblems> {
  const reader = new InputReader()
  const { problem } = reader
  const given = {
    apiToken: reader.secret('api-token'),
    apiKey: reader.secret('api-key'),
    apiEmail: reader.text('api-email'),
  }
  reader.checkNames()
  const target = chooseTarget(reader.text('account-id'), reader.text('zone-id'), problem)
  const credential = chooseCredential(given, problem)
  const baseUrl = chooseBaseUrl(reader.text('api-base-url'), process.env['CLOUDFLARE_BASE_URL'], problem)
  const options = readOptions(reader)
  if (options.verify && target?.type === 'zone') {
    problem('`verify` goes with `account-id` only: the sessions it reads can be asked for by account alone.')
  }
  const list = await readUserList(reader, options.timezone)
  const due = list.users.filter((user) => timing(user, now, options.dueWithinDays) === 'due').length
  if (due > options.maxUsers) {
    problem(
      `${due} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`,
    )
  }
  const incomplete = target === undefined || credential === undefined || baseUrl === undefined
  if (incomplete || reader.problems.length > 0) return { problems: reader.problems }
  return { ...list, target, credential, baseUrl, ...options }
}

function readOptions(reader: InputReader): Omit<Options, 'target' | 'baseUrl'> {
  const timezone = reader.text('timezone')
  if (!isTimezone(timezone)) {
    reader.problem(`\`timezone\` is ${reader.shown(timezone)}: give an IANA time zone like Europe/Berlin.`)
  }
  return {
    devices: reader.boolean('devices'),
    warpSessionReauth: reader.boolean('warp-session-reauth'),
    verify: reader.boolean('verify'),
    unknownUser: reader.choice('unknown-user', ['fail', 'warn']),
    signedInAgain: reader.choice('signed-in-again', ['fail', 'warn']),
    dryRun: reader.boolean('dry-run'),
    ifEmpty: reader.choice('if-empty', ['fail', 'warn', 'ignore']),
    timezone,
    dueWithinDays: reader.integer('due-within-days', 1, 3_650),
    maxUsers: reader.integer('max-users', 1, 1_000_000),
    concurrency: reader.integer('concurrency', 1, 20),
    maxAttempts: reader.integer('max-attempts', 1, 10),
    requestTimeout: reader.integer('request-timeout', 1, 300) * 1_000,
    maskEmails: reader.boolean('mask-emails'),
  }
}

async function readUserList(
  reader: InputReader,
  timezone: string,
): Promise<{ users: readonly User[]; repeated: number }> {
  // What hides addresses fails hidden: of a value that may be anything, only its beginning is shown.
  const hidden = reader.maybeTrue('mask-emails')
  const show = (value: string): string => (hidden ? `"${value.slice(0, 1)}***"` : reader.shown(value))
  const given = {
    email: reader.text('email'),
    usersFile: reader.text('users-file'),
    userUid: reader.text('user-uid'),
    timezone: isTimezone(timezone) ? timezone : 'UTC',
  }
  return readUsers(given, show, reader.problem)
}
