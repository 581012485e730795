import { chooseBaseUrl, chooseTarget, type Target } from '../cloudflare/target.ts'
import { checkGivenCredential, chooseCredential, type Credential } from '../cloudflare/credential.ts'
import { type InputProblem, InputReader, type TellProblem } from '../runner/input-reader.ts'
import type { Show } from '../users/user-entry.ts'
import { readUsers, type UserList } from '../users/user-list.ts'
import { timing } from '../users/user.ts'
import { readListFormat } from './list-inputs.ts'
import {
  type OfflineOptions,
  provesDevices,
  provesSessions,
  readSingleOptions,
  type RunOptions,
  type SingleOptions,
} from './options.ts'

/** What the step is to do: everything checked, nothing sent yet. */
export type Inputs = Run | OfflineCheck

/** A step that sends requests, be it for a dry run only. */
export interface Run {
  readonly kind: 'run'
  readonly list: UserList
  readonly options: RunOptions
  readonly credential: Credential
  /** What is odd about the inputs but stops nothing, each a full sentence. */
  readonly warnings: readonly string[]
}

/** A step that sends nothing, for which this check is everything (`dry-run: offline`). */
export interface OfflineCheck {
  readonly kind: 'offline_check'
  readonly list: UserList
  readonly options: OfflineOptions
  /** What is odd about the inputs but stops nothing, each a full sentence. */
  readonly warnings: readonly string[]
}

/** What is wrong with the inputs. */
export interface InputProblems {
  readonly kind: 'problems'
  readonly problems: readonly InputProblem[]
  readonly warnings: readonly string[]
}

/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
export async function readInputs(now: number): Promise<Inputs | InputProblems> {
  const reader = new InputReader()
  const { problem, problems, warnings } = reader
  const given = {
    apiToken: reader.secret('api-token'),
    apiKey: reader.secret('api-key'),
    apiEmail: reader.text('api-email'),
  }
  await reader.checkNames()
  const dryRun = reader.booleanOr('dry-run', 'offline')
  const target = readTarget(reader, dryRun === 'offline')
  const credential = dryRun === 'offline' ? undefined : chooseCredential(given, problem)
  if (dryRun === 'offline') checkGivenCredential(given, problem)
  const baseUrl = chooseBaseUrl(reader.text('api-base-url'), problem)
  const options = readSingleOptions(reader)
  checkTogether(options, target, credential, problem)
  const list = await readUserList(reader, options.timezone)
  const due = list.users.filter((user) => timing(user, now, options.dueWithinDays) === 'due').length
  if (due > options.maxUsers) {
    problem(
      `${due} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`,
    )
  }
  if (problems.length === 0 && baseUrl !== undefined) {
    if (dryRun === 'offline') {
      return { kind: 'offline_check', list, options: { target, baseUrl, dryRun, ...options }, warnings }
    }
    if (target !== undefined && credential !== undefined) {
      return { kind: 'run', list, options: { target, baseUrl, dryRun, ...options }, credential, warnings }
    }
  }
  return { kind: 'problems', problems, warnings }
}

/** Checks what options need of target and credential. */
function checkTogether(
  options: SingleOptions,
  target: Target | undefined,
  credential: Credential | undefined,
  problem: TellProblem,
): void {
  if (provesSessions(options) && target?.type === 'zone') {
    problem('`verify` needs `account-id`: Cloudflare lists sessions for accounts only.')
  }
  if (options.removeSeat && target?.type === 'zone') {
    problem('`remove-seat` needs `account-id`: seats belong to accounts.')
  }
  if (provesDevices(options) && credential?.kind === 'global-api-key') {
    problem(
      '`verify: true` with `devices: true` needs `api-token`: a Global API key cannot read devices. Use an API token, or set `verify: sessions`.',
    )
  }
}

function readTarget(reader: InputReader, isOffline: boolean): Target | undefined {
  const [accountId, zoneId] = [reader.text('account-id'), reader.text('zone-id')]
  return isOffline && accountId === '' && zoneId === ''
    ? undefined
    : chooseTarget(accountId, zoneId, reader.problem)
}

async function readUserList(reader: InputReader, timezone: string): Promise<UserList> {
  // What hides addresses fails hidden: of a value that may be anything, only its beginning is shown.
  const hidden = reader.maybeTrue('mask-emails')
  const show: Show = {
    value: (text) => (hidden ? `"${text.slice(0, 1)}***"` : reader.shown(text)),
    // A row in the place of the header has people's names beside their addresses.
    name: (text) => (hidden && text.includes('@') ? '"***"' : reader.shown(text)),
  }
  const given = {
    email: reader.text('email'),
    usersFile: reader.text('users-file'),
    userUid: reader.text('user-uid'),
    format: readListFormat(reader, timezone),
  }
  return readUsers(given, show, reader.problem)
}
