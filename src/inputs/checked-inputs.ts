import { checkGivenCredential, chooseCredential, type Credential } from '../cloudflare/credential.ts'
import { proxyProblem } from '../cloudflare/http-exchange.ts'
import { chooseBaseUrl, chooseTarget, type Target } from '../cloudflare/target.ts'
import { type InputProblem, InputReader, type ReportProblem } from '../runner/input-reader.ts'
import { type Problem, problemText } from '../text/problem.ts'
import { addressMask, plainText } from '../text/plain-text.ts'
import { readUsers, type UserList } from '../users/user-list.ts'
import { readListFormat } from './list-inputs.ts'
import { undeclaredInputs } from './misspelt-inputs.ts'
import {
  type InputName,
  INPUTS,
  type OfflineOptions,
  provesDevices,
  provesSessions,
  readSingleOptions,
  type RunOptions,
  type SingleOptions,
} from './options.ts'

/** What the step is to do: everything checked, nothing sent yet. */
export type Inputs = Run | OfflineCheck

/** A step that sends requests, possibly only for a dry run. */
export interface Run {
  readonly kind: 'run'
  readonly list: UserList
  readonly options: RunOptions
  readonly credential: Credential
  /** Full sentences about odd inputs that do not stop the run. */
  readonly warnings: readonly string[]
}

/** A step that sends nothing and ends with this check (`dry-run: offline`). */
export interface OfflineCheck {
  readonly kind: 'offline_check'
  readonly list: UserList
  readonly options: OfflineOptions
  /** Full sentences about odd inputs that do not stop the run. */
  readonly warnings: readonly string[]
}

/** Problems with the inputs. */
export interface InputProblems {
  readonly kind: 'problems'
  readonly problems: readonly InputProblem[]
  readonly warnings: readonly string[]
}

/** A warning names at most this many unknown inputs. */
const MAX_NAMED = 10

/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
export async function readInputs(now: number): Promise<Inputs | InputProblems> {
  const reader = new InputReader<InputName>(INPUTS)
  const { problem, problems, warnings } = reader
  const given = {
    apiToken: reader.secret('api-token'),
    apiKey: reader.secret('api-key'),
    apiEmail: reader.text('api-email'),
  }
  const masks = await checkNames(reader)
  // If masking may have been requested, messages show only the first character of a value.
  const masksMaybe = masks || !/^false$/i.test(reader.text('mask-emails'))
  if (masksMaybe) reader.maskAddresses()
  const dryRun = reader.booleanOr('dry-run', 'offline')
  const target = readTarget(reader, dryRun === 'offline')
  const credential = dryRun === 'offline' ? undefined : chooseCredential(given, problem)
  if (dryRun === 'offline') checkGivenCredential(given, problem)
  const baseUrl = chooseBaseUrl(reader.text('api-base-url'), problem)
  const proxy = baseUrl === undefined || dryRun === 'offline' ? undefined : proxyProblem(baseUrl.href)
  if (proxy !== undefined) problem(proxy)
  const options = readSingleOptions(reader, masks)
  checkCombinations(options, target, credential, problem)
  const list = await readUserList(reader, options, now, masksMaybe)
  const due = list.users.filter(({ timing }) => timing === 'due')
  if (due.length > options.maxUsers) {
    problem(
      `${due.length} users are due, more than \`max-users\` (${options.maxUsers}): check the list, and raise \`max-users\` if it is right.`,
    )
  }
  if (problems.length === 0 && baseUrl !== undefined) {
    if (dryRun === 'offline') {
      return {
        kind: 'offline_check',
        list,
        options: { target, baseUrl, dryRun, given: reader.given, ...options },
        warnings,
      }
    }
    if (target !== undefined && credential !== undefined) {
      const run: Run = {
        kind: 'run',
        list,
        options: { target, baseUrl, dryRun, given: reader.given, ...options },
        credential,
        warnings,
      }
      if (target.type === 'zone') warnOfZone(run, reader)
      return run
    }
  }
  return { kind: 'problems', problems, warnings }
}

/**
 * Reports inputs that the action does not have: similar names are problems, others a warning.
 *
 * @returns whether one of them may have been meant to mask addresses
 */
async function checkNames(reader: InputReader<InputName>): Promise<boolean> {
  const undeclared = await undeclaredInputs(process.env, Object.keys(INPUTS))
  for (const { variable, name, suggestion, isAddress } of undeclared) {
    if (suggestion === undefined) continue
    const condition = isAddress && suggestion === 'email' ? ' if it is the address of a user to revoke' : ''
    reader.problem(
      `There is no input ${reader.quoteName(name)}: write \`${suggestion}\`${condition}. If it comes from \`env:\`, call the variable something else than ${reader.quoteName(variable)}.`,
    )
  }
  const others = undeclared.filter(({ suggestion }) => suggestion === undefined)
  if (others.length > 0) {
    const names = others.slice(0, MAX_NAMED).map(({ name }) => reader.quoteName(name))
    reader.warn(`Unknown inputs are ignored: ${names.join(', ')}.`)
  }
  return undeclared.some(({ name, suggestion }) => suggestion === 'mask-emails' || name.includes('mask'))
}

/** Checks the options that need an account, or an API token. */
function checkCombinations(
  options: SingleOptions,
  target: Target | undefined,
  credential: Credential | undefined,
  problem: ReportProblem,
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

function readTarget(reader: InputReader<InputName>, isOffline: boolean): Target | undefined {
  const [accountId, zoneId] = [reader.text('account-id'), reader.text('zone-id')]
  return isOffline && accountId === '' && zoneId === ''
    ? undefined
    : chooseTarget(accountId, zoneId, reader.problem)
}

/**
 * Warns about what goes beyond Cloudflare's OpenAPI description of the zone's endpoint. That description
 * (cloudflare/api-schemas, 2026-07-27) has a body of `email` alone, no API token, and only the zone's applications; the
 * reference page lists everything for accounts and zones alike. Neither has been tested.
 */
function warnOfZone({ options, list, credential }: Run, reader: InputReader<InputName>): void {
  const doubtful = [
    ...(credential.kind === 'api-token' ? ['an API token'] : []),
    ...(options.devices ? ['`devices`'] : []),
    ...(options.warpSessionReauth ? ['`warp-session-reauth`'] : []),
    ...(list.users.some(({ userUid, timing }) => timing === 'due' && userUid !== undefined)
      ? ['user UUIDs']
      : []),
  ]
  if (doubtful.length === 0) return
  reader.warn(
    `With \`zone-id\`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention ${doubtful.join(', ')}. Cloudflare may ignore or refuse this. Use \`account-id\` if you can.`,
  )
}

async function readUserList(
  reader: InputReader<InputName>,
  options: SingleOptions,
  now: number,
  masksMaybe: boolean,
): Promise<UserList> {
  const given = {
    email: reader.text('email'),
    usersFile: reader.text('users-file'),
    userUid: reader.text('user-uid'),
    format: readListFormat(reader, options, now),
  }
  const { value, problems } = await readUsers(given)
  const mask = addressMask(masksMaybe)
  const shown = (problem: Problem): string =>
    plainText(mask(`${problem.at === undefined ? '' : `${problem.at.source}: `}${problemText(problem)}`))
  for (const problem of problems) {
    const { file, line } = problem.at ?? {}
    reader.problem(shown(problem), {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
    })
  }
  for (const warning of value.warnings) reader.warn(shown(warning))
  return value
}
