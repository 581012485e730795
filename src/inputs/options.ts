import * as v from 'valibot'
import type { BaseUrl, Target } from '../cloudflare/target.ts'
import { DATE_FORMATS } from '../text/measures.ts'
import { shownValue, unexpandedCause } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'

const TEXT = v.optional(v.string(), '')

/** A text that must not be empty, since a variable that does not exist is. */
function filled(fallback: string, remedy: string, isRight = (text: string) => text !== '') {
  return v.optional(v.pipe(v.string(), v.check(isRight, remedy)), fallback)
}

/** One of several words; the first is the default. */
function word<const Words extends readonly [string, ...string[]]>(words: Words) {
  return v.optional(v.picklist(words, `Use ${listed(words)}.`), words[0])
}

/** A boolean as the toolkit reads those of YAML, or another word. */
function boolean<const Word extends string>(fallback: 'true' | 'false', ...others: readonly Word[]) {
  const words = [...(['true', 'True', 'TRUE', 'false', 'False', 'FALSE'] as const), ...others]
  return v.optional(
    v.pipe(
      v.picklist(words, `Use ${listed(['true', 'false', ...others])}.`),
      v.transform((text) => others.find((word) => word === text) ?? text.toLowerCase() === 'true'),
    ),
    fallback,
  )
}

const BOOLEAN = boolean<never>('false')

/** A whole number within bounds, both included. */
function integer(min: number, max: number, fallback: string) {
  const isWithin = (text: string): boolean =>
    /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max
  const remedy = `Use a whole number from ${min} to ${max}.`
  return v.optional(v.pipe(v.string(), v.check(isWithin, remedy), v.transform(Number)), fallback)
}

/** `Intl` also knows offsets, and abbreviations such as IST, which several zones share. Of those, IANA has only these. */
function isTimezone(name: string): boolean {
  if (name === 'UTC') return true
  if (/^(?:[+-]|(?!CET|EET|EST|GMT|HST|MET|MST|WET)..T$)/i.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

const CHECK_SOURCE = 'Check the variable or expression that the value comes from.'

/** The table of inputs: the default, and how the text is read; `usersFile` is `users-file`. A test compares it with action.yml. */
const TABLE = v.object({
  email: TEXT,
  usersFile: TEXT,
  emailColumn: filled('email', 'Use the name of the column.'),
  dateColumn: filled('revoke_after', 'Use the name of the column, or `none` for a file without dates.'),
  dateFormat: word(DATE_FORMATS),
  blankDate: word(['stop', 'not-due']),
  onlyRows: filled('none', `${CHECK_SOURCE} Write \`none\` only if every row of the list counts.`),
  protectedUsers: filled('none', `${CHECK_SOURCE} Write \`none\` only if no user is protected.`),
  referenceColumn: TEXT,
  badRows: word(['stop', 'skip']),
  userUid: TEXT,
  ifEmpty: word(['fail', 'warn', 'ignore']),
  timezone: filled('UTC', 'Use an IANA time zone like `Europe/Berlin`.', isTimezone),
  dueWithinDays: integer(1, 3_650, '30'),
  maxUsers: integer(1, 1_000_000, '100'),
  accountId: TEXT,
  zoneId: TEXT,
  apiToken: TEXT,
  apiEmail: TEXT,
  apiKey: TEXT,
  devices: BOOLEAN,
  warpSessionReauth: BOOLEAN,
  verify: boolean('true', 'sessions'),
  unknownUser: word(['fail', 'warn']),
  signedInAgain: word(['fail', 'warn']),
  notListed: word(['ignore', 'warn', 'fail']),
  removeSeat: BOOLEAN,
  dryRun: boolean('false', 'offline'),
  concurrency: integer(1, 20, '4'),
  maxAttempts: integer(1, 10, '5'),
  requestTimeout: integer(1, 300, '30'),
  maskEmails: BOOLEAN,
  apiBaseUrl: TEXT,
})

export type InputValues = Readonly<v.InferOutput<typeof TABLE>>

type Hyphenated<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Hyphenated<Rest>}`
  : Name

export type InputName = Hyphenated<keyof InputValues>

function inputName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/** The inputs of the action with their defaults. */
export const INPUTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(v.getDefaults(TABLE)).map(([key, fallback]) => [inputName(key), fallback]),
)

export const SECRET_INPUTS: readonly string[] = ['api-token', 'api-key']

/** All inputs that are no secrets, defaults included, as the action understands them. */
export function givenInputs(values: InputValues): ReadonlyMap<string, string | number | boolean> {
  const entries = Object.entries(values).map(([key, value]) => [inputName(key), value] as const)
  return new Map(entries.filter(([name]) => !SECRET_INPUTS.includes(name)))
}

/**
 * Reads the inputs by the table.
 *
 * @param texts - the inputs that arrived, trimmed
 * @returns the values; an input that cannot be read, or did not arrive, has its default
 */
export function readValues(texts: Readonly<Record<string, string>>): Checked<InputValues> {
  const keys = v.keyof(TABLE).options.filter((key) => texts[inputName(key)] !== undefined)
  const given = keys.map((key) => [key, texts[inputName(key)]] as const)
  const { issues = [] } = v.safeParse(TABLE, Object.fromEntries(given))
  const unreadable = new Map(issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message]))
  return {
    value: v.parse(TABLE, Object.fromEntries(given.filter(([key]) => !unreadable.has(key)))),
    problems: Array.from(unreadable, ([key, remedy]) => {
      const name = inputName(key)
      return wrongValue(name, texts[name] ?? '', remedy)
    }),
  }
}

function wrongValue(name: string, text: string, remedy: string): Problem {
  if (text === '')
    return problem(`\`${name}\` is empty`, INPUTS[name] === 'none' ? remedy : `${remedy} ${CHECK_SOURCE}`)
  const cause = unexpandedCause(text)
  return cause === undefined
    ? problem(`\`${name}\` is ${shownValue(text)}`, remedy)
    : problem(`\`${name}\` ${cause}`, `${remedy} Write an expression like \`\${{ inputs.${name} }}\`.`)
}

export type Options = RunOptions | OfflineOptions

type CommonOptions = Omit<InputValues, 'apiToken' | 'apiKey' | 'dryRun'> & {
  readonly given: ReturnType<typeof givenInputs>
  readonly baseUrl: BaseUrl
}

/** The options of a step that sends requests. */
export type RunOptions = CommonOptions & { readonly target: Target; readonly dryRun: boolean }

/** The options of a step that only checks its inputs and lists, and needs no target. */
export type OfflineOptions = CommonOptions & {
  readonly target: Target | undefined
  readonly dryRun: 'offline'
}

export function verifiesSessions({ verify }: Pick<Options, 'verify'>): boolean {
  return verify !== false
}

export function verifiesDevices({ verify, devices }: Pick<Options, 'verify' | 'devices'>): boolean {
  return verify === true && devices
}

export function needsLookUp({ verify, removeSeat }: Pick<Options, 'verify' | 'removeSeat'>): boolean {
  return verify !== false || removeSeat
}

/** `` `stop` or `skip` ``, `` `true`, `false`, or `sessions` ``. */
function listed(words: readonly string[]): string {
  const quoted = words.map((text) => `\`${text}\``)
  const last = `${quoted.length > 2 ? ',' : ''} or ${quoted.at(-1) ?? ''}`
  return `${quoted.slice(0, -1).join(', ')}${last}`
}
