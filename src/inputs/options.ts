import * as v from 'valibot'
import type { BaseUrl, Target } from '../cloudflare/target.ts'
import { unexpandedCause } from '../text/mistakes.ts'
import { shownValue } from '../text/plain-text.ts'
import { type Checked, type Problem, problem } from '../text/problem.ts'
import { DATE_FORMATS } from '../users/dates.ts'

const TEXT = v.optional(v.string(), '')

/** A text that must not be empty, since a variable that does not exist is. */
function filled(fallback: string, remedy: string) {
  return v.optional(v.pipe(v.string(), v.nonEmpty(remedy)), fallback)
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

const CHECK_SOURCE = 'Check the variable or expression that the value comes from.'

/** The table of inputs: the name, the default, and how the text is read. A test compares it with action.yml. */
const TABLE = v.object({
  email: TEXT,
  'users-file': TEXT,
  'email-column': filled('email', 'Use the name of the column.'),
  'date-column': filled('revoke_after', 'Use the name of the column, or `none` for a file without dates.'),
  'date-format': word(DATE_FORMATS),
  'blank-date': word(['stop', 'not-due']),
  'only-rows': filled('none', `${CHECK_SOURCE} Write \`none\` only if every row of the list counts.`),
  'protected-users': filled('none', `${CHECK_SOURCE} Write \`none\` only if no user is protected.`),
  'reference-column': TEXT,
  'bad-rows': word(['stop', 'skip']),
  'user-uid': TEXT,
  'if-empty': word(['fail', 'warn', 'ignore']),
  timezone: filled('UTC', 'Use an IANA time zone like `Europe/Berlin`.'),
  'due-within-days': integer(1, 3_650, '30'),
  'max-users': integer(1, 1_000_000, '100'),
  'account-id': TEXT,
  'zone-id': TEXT,
  'api-token': TEXT,
  'api-email': TEXT,
  'api-key': TEXT,
  devices: BOOLEAN,
  'warp-session-reauth': BOOLEAN,
  verify: boolean('true', 'sessions'),
  'unknown-user': word(['fail', 'warn']),
  'signed-in-again': word(['fail', 'warn']),
  'not-listed': word(['ignore', 'warn', 'fail']),
  'remove-seat': BOOLEAN,
  'dry-run': boolean('false', 'offline'),
  concurrency: integer(1, 20, '4'),
  'max-attempts': integer(1, 10, '5'),
  'request-timeout': integer(1, 300, '30'),
  'mask-emails': BOOLEAN,
  'api-base-url': TEXT,
})

/** The inputs as they were read. */
export type InputValues = Readonly<v.InferOutput<typeof TABLE>>

export type InputName = keyof InputValues

/** The inputs of the action with their defaults. */
export const INPUTS: Readonly<Record<InputName, string>> = v.getDefaults(TABLE)

export const INPUT_NAMES: readonly InputName[] = v.keyof(TABLE).options

export const SECRET_INPUTS: readonly InputName[] = ['api-token', 'api-key']

/** All inputs that are no secrets, defaults included, as the action understands them. */
export type GivenInputs = ReadonlyMap<InputName, string | number | boolean>

/**
 * Reads the inputs by the table.
 *
 * @param texts - the inputs that arrived, trimmed
 * @returns the values; an input that cannot be read, or did not arrive, has its default
 */
export function readValues(texts: Readonly<Record<string, string>>): Checked<InputValues> {
  const { issues = [] } = v.safeParse(TABLE, texts)
  const unreadable = new Map(issues.map((issue) => [v.getDotPath(issue) ?? '', issue.message]))
  const readable = Object.entries(texts).filter(([name]) => !unreadable.has(name))
  return {
    value: v.parse(TABLE, Object.fromEntries(readable)),
    problems: INPUT_NAMES.flatMap((name) => {
      const remedy = unreadable.get(name)
      return remedy === undefined ? [] : [wrongValue(name, texts[name] ?? '', remedy)]
    }),
  }
}

function wrongValue(name: InputName, text: string, remedy: string): Problem {
  const { [name]: fallback } = INPUTS
  if (text === '') {
    return problem(`\`${name}\` is empty`, fallback === 'none' ? remedy : `${remedy} ${CHECK_SOURCE}`)
  }
  const cause = unexpandedCause(text)
  return cause === undefined
    ? problem(`\`${name}\` is ${shownValue(text)}`, remedy)
    : problem(`\`${name}\` ${cause}`, `${remedy} Write an expression like \`\${{ inputs.${name} }}\`.`)
}

export type Options = RunOptions | OfflineOptions

type CommonOptions = Readonly<ReturnType<typeof singleOptions>> & {
  readonly given: GivenInputs
  readonly baseUrl: BaseUrl
}

/** The options of a step that sends requests. */
export type RunOptions = CommonOptions & { readonly target: Target; readonly dryRun: boolean }

/** The options of a step that only checks its inputs and lists, and needs no target. */
export type OfflineOptions = CommonOptions & {
  readonly target: Target | undefined
  readonly dryRun: 'offline'
}

export function singleOptions(values: InputValues) {
  return {
    devices: values.devices,
    warpSessionReauth: values['warp-session-reauth'],
    verify: values.verify,
    /** Whether the users' seats are freed as well. */
    removeSeat: values['remove-seat'],
    unknownUser: values['unknown-user'],
    signedInAgain: values['signed-in-again'],
    /** What users of the organization mean whom no list names. */
    notListed: values['not-listed'],
    ifEmpty: values['if-empty'],
    timezone: values.timezone,
    dueWithinDays: values['due-within-days'],
    maxUsers: values['max-users'],
    /** Maximum number of requests in flight. */
    concurrency: values.concurrency,
    /** Per request, on transient failures. */
    maxAttempts: values['max-attempts'],
    /** Milliseconds for one attempt as a whole. */
    requestTimeout: values['request-timeout'] * 1_000,
    maskEmails: values['mask-emails'],
  }
}

/** Whether the sessions of each user are read. */
export function verifiesSessions({ verify }: Pick<Options, 'verify'>): boolean {
  return verify !== false
}

/** Whether the device registrations of each user are read. */
export function verifiesDevices({ verify, devices }: Pick<Options, 'verify' | 'devices'>): boolean {
  return verify === true && devices
}

/** Whether each user is looked up. */
export function needsLookUp({ verify, removeSeat }: Pick<Options, 'verify' | 'removeSeat'>): boolean {
  return verify !== false || removeSeat
}

/** `` `stop` or `skip` ``, `` `true`, `false`, or `sessions` ``. */
function listed(words: readonly string[]): string {
  const quoted = words.map((text) => `\`${text}\``)
  const last = `${quoted.length > 2 ? ',' : ''} or ${quoted.at(-1) ?? ''}`
  return `${quoted.slice(0, -1).join(', ')}${last}`
}
