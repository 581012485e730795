import { checkUnusedCredential, chooseCredential, type Credential } from '../cloudflare/credential.ts'
import { proxyProblem } from '../cloudflare/http-exchange.ts'
import { type BaseUrl, chooseBaseUrl, chooseTarget, type Target } from '../cloudflare/target.ts'
import { readInputTexts, registerSecrets } from '../runner/environment.ts'
import { type Checked, isProblem, type Problem, problem, withTexts } from '../text/problem.ts'
import { type GivenUsers, readUsers, type UserList } from '../users/user-list.ts'
import { misplacedCredentials, undeclaredProblem, undeclaredVariables } from './input-mistakes.ts'
import {
  type GivenInputs,
  INPUT_NAMES,
  type InputValues,
  needsLookUp,
  type OfflineOptions,
  readValues,
  type RunOptions,
  SECRET_INPUTS,
  singleOptions,
  verifiesDevices,
  verifiesSessions,
} from './options.ts'

export type Inputs = Run | OfflineCheck

/** A step that sends requests, possibly only for a dry run. */
export interface Run {
  readonly kind: 'run'
  readonly list: UserList
  readonly options: RunOptions
  readonly credential: Credential
  /** Odd inputs that do not stop the run. */
  readonly warnings: readonly Problem[]
}

/** A step that sends nothing and ends with this check (`dry-run: offline`). */
export interface OfflineCheck extends Omit<Run, 'kind' | 'options' | 'credential'> {
  readonly kind: 'offline_check'
  readonly options: OfflineOptions
}

export interface InputProblems {
  readonly kind: 'problems'
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
  /** Whether addresses are masked: `mask-emails`, or what may have been meant to be that. */
  readonly maskEmails: boolean
}

/**
 * Reads and checks all inputs. Secrets are registered with the runner before anything else is printed.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 * @returns what the step is to do, or every problem at once
 */
export async function readInputs(now: number): Promise<Inputs | InputProblems> {
  const texts = readInputTexts(INPUT_NAMES)
  const secrets = registerSecrets(SECRET_INPUTS.map((name) => texts[name] ?? ''))
  const undeclared = undeclaredVariables()
  const misplaced = misplacedCredentials(texts, secrets)
  const { value: values, problems: wrongValues } = readValues(
    Object.fromEntries(Object.entries(texts).filter(([name]) => !misplaced.has(name))),
  )
  const dryRun = values['dry-run']
  const target = readTarget(values)
  const credential = readCredential(values)
  const baseUrl = readBaseUrl(values)
  // Without an input that held a credential, the lists would have problems that they do not have.
  const list = misplaced.size > 0 ? undefined : await readUsers(givenUsers(values, now))
  const redacted = (found: Problem): Problem =>
    withTexts(found, (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text))
  const problems = [
    ...(await Promise.all(undeclared.map(undeclaredProblem))),
    ...misplaced.values(),
    ...wrongValues,
    ...target.problems,
    ...credential.problems,
    ...baseUrl.problems,
    ...combinationProblems(values, target.value),
    ...(list === undefined ? [] : [...list.problems, ...tooManyDue(list.value, values)]),
  ].map(redacted)
  const warnings = (list?.value.warnings ?? []).map(redacted)
  if (problems.length === 0 && list !== undefined && baseUrl.value !== undefined) {
    const common = { ...singleOptions(values), given: givenInputs(values), baseUrl: baseUrl.value }
    const { value: users } = list
    if (dryRun === 'offline') {
      const options = { ...common, target: target.value, dryRun }
      return { kind: 'offline_check', list: users, options, warnings }
    }
    if (target.value !== undefined && credential.value !== undefined) {
      const options = { ...common, target: target.value, dryRun }
      warnings.push(...zoneWarnings(values, target.value, credential.value, users))
      return { kind: 'run', list: users, options, credential: credential.value, warnings }
    }
  }
  const mayMask =
    !/^false$/i.test(texts['mask-emails'] ?? 'false') || undeclared.some((name) => /mask/i.test(name))
  return { kind: 'problems', problems, warnings, maskEmails: mayMask }
}

function givenUsers(values: InputValues, now: number): GivenUsers {
  return {
    email: values.email,
    usersFile: values['users-file'],
    userUid: values['user-uid'],
    format: {
      emailColumn: values['email-column'],
      dateColumn: values['date-column'],
      referenceColumn: values['reference-column'],
      onlyRows: values['only-rows'],
      protectedUsers: values['protected-users'],
      dateFormat: values['date-format'],
      blankDate: values['blank-date'],
      badRows: values['bad-rows'],
      ifEmpty: values['if-empty'],
      timezone: values.timezone,
      dueWithinDays: values['due-within-days'],
      now,
    },
  }
}

function givenInputs(values: InputValues): GivenInputs {
  return new Map(
    INPUT_NAMES.filter((name) => !SECRET_INPUTS.includes(name)).map((name) => [name, values[name]]),
  )
}

/** An offline check needs no target. */
function readTarget(values: InputValues): Checked<Target | undefined> {
  const [accountId, zoneId] = [values['account-id'], values['zone-id']]
  return values['dry-run'] === 'offline' && accountId === '' && zoneId === ''
    ? { value: undefined, problems: [] }
    : checked(chooseTarget(accountId, zoneId))
}

/** An offline check needs no credential. */
function readCredential(values: InputValues): Checked<Credential | undefined> {
  const given = {
    apiToken: values['api-token'],
    apiEmail: values['api-email'],
    apiKey: values['api-key'],
  }
  return values['dry-run'] === 'offline'
    ? { value: undefined, problems: checkUnusedCredential(given) }
    : chooseCredential(given)
}

function readBaseUrl(values: InputValues): Checked<BaseUrl | undefined> {
  const baseUrl = checked(chooseBaseUrl(values['api-base-url']))
  if (baseUrl.value === undefined || values['dry-run'] === 'offline') return baseUrl
  const proxy = proxyProblem(baseUrl.value.href)
  return proxy === undefined ? baseUrl : { ...baseUrl, problems: [proxy] }
}

function checked<Value extends object>(read: Value | Problem): Checked<Value | undefined> {
  return isProblem(read) ? { value: undefined, problems: [read] } : { value: read, problems: [] }
}

/** What cannot be verified is refused, and so are inputs that would have no effect. */
function combinationProblems(values: InputValues, target: Target | undefined): Problem[] {
  const { verify, 'remove-seat': removeSeat } = values
  const isZone = target?.type === 'zone'
  const notListed = values['not-listed'] !== 'ignore'
  const refused: readonly (readonly [isGiven: boolean, what: string, remedy: string])[] = [
    [
      verify !== false && isZone,
      'With `zone-id`, nothing can be verified, because Cloudflare lists users for accounts only',
      'Write `verify: false`, or use `account-id`.',
    ],
    [
      removeSeat && isZone,
      '`remove-seat` cannot be combined with `zone-id`, because seats belong to accounts',
      'Use `account-id`.',
    ],
    [
      verifiesDevices(values) && values['api-key'] !== '',
      'A Global API key cannot read devices, so `devices: true` cannot be verified with it',
      'Write `verify: sessions`, or use `api-token`.',
    ],
    [
      values['unknown-user'] === 'warn' && !needsLookUp({ verify, removeSeat }),
      '`unknown-user: warn` cannot be combined with `verify: false`, because no user is looked up',
      'Remove one of them.',
    ],
    [
      values['signed-in-again'] === 'warn' && !verifiesSessions(values),
      '`signed-in-again: warn` cannot be combined with `verify: false`, because no session is read',
      'Remove one of them.',
    ],
    [
      notListed && isZone,
      '`not-listed` cannot be combined with `zone-id`, because Cloudflare lists users for accounts only',
      'Use `account-id`.',
    ],
    [
      notListed && values['users-file'] === '',
      '`not-listed` needs `users-file`, a list of everyone who may have access',
      'Set `users-file`, or remove `not-listed`.',
    ],
    [
      notListed && values['dry-run'] === 'offline',
      '`not-listed` cannot be combined with `dry-run: offline`, because that reads no users',
      'Use `dry-run: true`, or remove `not-listed`.',
    ],
  ]
  return refused.flatMap(([isGiven, what, remedy]) => (isGiven ? [problem(what, remedy)] : []))
}

function tooManyDue({ users }: UserList, values: InputValues): Problem[] {
  const [due, most] = [users.filter(({ timing }) => timing === 'due').length, values['max-users']]
  const what = `${due} users are due, more than \`max-users\` (${most})`
  return due <= most
    ? []
    : [problem(what, 'Check the list. Raise `max-users` only if all of these users leave.')]
}

/**
 * Warns about what goes beyond Cloudflare's OpenAPI description of the zone's endpoint. That description
 * (cloudflare/api-schemas, 2026-07-27) has a body of `email` alone, no API token, and only the zone's applications; the
 * reference page lists everything for accounts and zones alike. Neither has been tested.
 */
function zoneWarnings(
  values: InputValues,
  target: Target,
  credential: Credential,
  { users }: UserList,
): Problem[] {
  if (target.type === 'account') return []
  const doubtful = [
    ...(credential.kind === 'api-token' ? ['an API token'] : []),
    ...(values.devices ? ['`devices`'] : []),
    ...(values['warp-session-reauth'] ? ['`warp-session-reauth`'] : []),
    ...(users.some(({ userUid, timing }) => timing === 'due' && userUid !== undefined) ? ['user UUIDs'] : []),
  ]
  const what = `With \`zone-id\`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention ${doubtful.join(', ')}`
  const remedy = 'Cloudflare may ignore or refuse this. Use `account-id` if you can.'
  return doubtful.length === 0 ? [] : [problem(what, remedy)]
}
