import { chooseCredential, type Credential } from '../cloudflare/credential.ts'
import { proxyProblem } from '../cloudflare/http-exchange.ts'
import { chooseBaseUrl, chooseTarget, type Target } from '../cloudflare/target.ts'
import { PREFIX, readInputTexts, registerSecrets, variableOf } from '../runner/environment.ts'
import { looksLikeCredential, shownValue, similarName } from '../text/plain-text.ts'
import { isProblem, type Problem, problem, withTexts } from '../text/problem.ts'
import { readUsers, type UserList } from '../users/user-list.ts'
import {
  givenInputs,
  INPUTS,
  type InputValues,
  needsLookUp,
  type OfflineOptions,
  readValues,
  type RunOptions,
  SECRET_INPUTS,
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
  const texts = readInputTexts(NAMES)
  const secrets = registerSecrets(SECRET_INPUTS.map((name) => texts[name] ?? ''))
  const undeclared = undeclaredVariables()
  const misplaced = misplacedCredentials(texts, secrets)
  const { value: values, problems: wrongValues } = readValues(
    Object.fromEntries(Object.entries(texts).filter(([name]) => !misplaced.includes(name))),
  )
  const { apiToken, apiKey, dryRun, ...options } = values
  const { accountId, zoneId, apiEmail, apiBaseUrl } = options
  const isOffline = dryRun === 'offline'
  // An offline check needs neither target nor credential.
  const target = isOffline && accountId + zoneId === '' ? undefined : chooseTarget(accountId, zoneId)
  const credential = chooseCredential({ apiToken, apiEmail, apiKey }, !isOffline)
  const baseUrl = chooseBaseUrl(apiBaseUrl)
  const proxy = isOffline || isProblem(baseUrl) ? undefined : proxyProblem(baseUrl.href)
  const named = {
    dateColumn: unlessNone(options.dateColumn),
    onlyRows: unlessNone(options.onlyRows),
    protectedUsers: unlessNone(options.protectedUsers),
  }
  // Without an input that held a credential, the lists would have problems that they do not have.
  const list = misplaced.length > 0 ? undefined : await readUsers({ ...options, ...named, now })
  const redacted = (found: Problem): Problem =>
    withTexts(found, (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text))
  const problems = [
    ...(await Promise.all(undeclared.map(undeclaredProblem))),
    ...misplaced.map(misplacedProblem),
    ...wrongValues,
    ...[target, ...credential.problems, baseUrl, proxy].filter((read) => isProblem(read)),
    ...combinationProblems(values, target),
    ...(list === undefined ? [] : [...list.problems, ...tooManyDue(list.value, values)]),
  ].map(redacted)
  const warnings = (list?.value.warnings ?? []).map(redacted)
  if (problems.length === 0 && list !== undefined && !isProblem(baseUrl)) {
    const known = isProblem(target) ? undefined : target
    const common = { ...options, baseUrl, given: givenInputs(values) }
    const checked = { list: list.value, warnings }
    if (isOffline) return { kind: 'offline_check', ...checked, options: { ...common, target: known, dryRun } }
    if (known !== undefined && credential.value !== undefined) {
      if (known.type === 'zone') warnings.push(ZONE_WARNING)
      const run = { ...common, target: known, dryRun }
      return { kind: 'run', ...checked, options: run, credential: credential.value }
    }
  }
  const mayMask =
    !/^false$/i.test(texts['mask-emails'] ?? 'false') || undeclared.some((name) => /mask/i.test(name))
  return { kind: 'problems', problems, warnings, maskEmails: mayMask }
}

function unlessNone(text: string): string {
  return text.toLowerCase() === 'none' ? '' : text
}

/** What cannot be verified is refused, and so are inputs that would have no effect. */
function combinationProblems(values: InputValues, target: Target | Problem | undefined): Problem[] {
  const { verify, removeSeat } = values
  const isZone = target !== undefined && 'type' in target && target.type === 'zone'
  const notListed = values.notListed !== 'ignore'
  const refused: readonly (readonly [isGiven: boolean, what: string, remedy: string])[] = [
    [
      isZone && (verify !== false || removeSeat || notListed),
      '`zone-id` cannot be combined with `verify`, `remove-seat`, or `not-listed`, because Cloudflare lists users and seats for accounts only',
      'Use `account-id`, or write `verify: false` and remove the other two.',
    ],
    [
      verifiesDevices(values) && values.apiKey !== '',
      'A Global API key cannot read devices, so `devices: true` cannot be verified with it',
      'Write `verify: sessions`, or use `api-token`.',
    ],
    [
      values.unknownUser === 'warn' && !needsLookUp(values),
      '`unknown-user: warn` cannot be combined with `verify: false`, because no user is looked up',
      'Remove one of them.',
    ],
    [
      values.signedInAgain === 'warn' && !verifiesSessions(values),
      '`signed-in-again: warn` cannot be combined with `verify: false`, because no session is read',
      'Remove one of them.',
    ],
    [
      notListed && (values.usersFile === '' || values.dryRun === 'offline'),
      '`not-listed` needs `users-file`, a list of everyone who may have access, and reads users, which `dry-run: offline` does not',
      'Set `users-file` and use `dry-run: true`, or remove `not-listed`.',
    ],
  ]
  return refused.flatMap(([isGiven, what, remedy]) => (isGiven ? [problem(what, remedy)] : []))
}

function tooManyDue({ users }: UserList, { maxUsers }: InputValues): Problem[] {
  const due = users.filter(({ timing }) => timing === 'due').length
  if (due <= maxUsers) return []
  const what = `${due} users are due, more than \`max-users\` (${maxUsers})`
  return [problem(what, 'Check the list. Raise `max-users` only if all of these users leave.')]
}

/**
 * Cloudflare's OpenAPI description of the zone's endpoint (cloudflare/api-schemas, 2026-07-27) has a body of `email` alone,
 * no API token, and only the zone's applications; the reference page lists everything for accounts and zones alike. Neither
 * has been tested.
 */
const ZONE_WARNING = problem(
  "With `zone-id`, Cloudflare's API description covers only the address, and only the applications of the zone; it does not mention API tokens, `devices`, `warp-session-reauth`, or user UUIDs",
  'Cloudflare may ignore or refuse these. Use `account-id` if you can.',
)

const NAMES = Object.keys(INPUTS)

/** Linux desktops export it to every process, for keyboards. */
const DESKTOP_VARIABLE = 'INPUT_METHOD'

/** Shorter texts are part of too many words to be looked for as a secret. */
const MIN_SECRET_LENGTH = 8

/** Inputs whose own checks say what to do about a credential, and never repeat it. */
const CHECKED_FOR_CREDENTIALS: readonly string[] = [...SECRET_INPUTS, 'account-id', 'zone-id', 'api-email']

/** The variables of inputs that the action does not have. The runner only warns about them. */
function undeclaredVariables(): string[] {
  const declared = [DESKTOP_VARIABLE, ...NAMES.map(variableOf)]
  return Object.keys(process.env).filter((name) => name.startsWith(PREFIX) && !declared.includes(name))
}

/** The step would do something else than it says. */
async function undeclaredProblem(variable: string): Promise<Problem> {
  const name = variable.slice(PREFIX.length).toLowerCase()
  // Other separators or another plural, or a letter or two apart.
  const spelling = (text: string): string => text.replace(/[-_ ]/g, '').replace(/s$/, '')
  const similar = await similarName(spelling(name), NAMES.map(spelling))
  const meant = NAMES.find((candidate) => spelling(candidate) === similar)
  const names =
    meant === undefined
      ? `The inputs are ${NAMES.map(inCode).join(', ')}.`
      : `The closest name is ${inCode(meant)}.`
  const rename = `If the step does not set it, rename the variable ${inCode(variable)}, which comes from \`env:\` (or, with \`act\`, from an enclosing composite action).`
  return problem(`There is no input ${inCode(name)}`, `${names} ${rename}`)
}

/** The runner takes any name. */
function inCode(name: string): string {
  return /^[\w .-]{1,80}$/.test(name) && !looksLikeCredential(name.toLowerCase())
    ? `\`${name}\``
    : shownValue(name)
}

/** The inputs that are no secrets, but hold a credential. What is in such an input may be in the log, and in the report. */
function misplacedCredentials(texts: Readonly<Record<string, string>>, secrets: readonly string[]): string[] {
  const long = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH)
  const hasCredential = (text = ''): boolean =>
    looksLikeCredential(text) || long.some((secret) => text.includes(secret))
  return NAMES.filter((name) => hasCredential(texts[name]) && !CHECKED_FOR_CREDENTIALS.includes(name))
}

function misplacedProblem(name: string): Problem {
  return problem(
    `\`${name}\` contains something that looks like a credential`,
    'Use credentials only in `api-token` or `api-key`. Replace this one, unless it comes from a secret: GitHub shows inputs in the log.',
  )
}
