import * as v from 'valibot'
import { type Account, MAX_CALLS, type Registration, type User } from './account.ts'
import {
  type Answer,
  answersTo,
  answerText,
  CLOCK_TOLERANCE_MS,
  dateOf,
  limitsIn,
  resultOf,
} from './answer.ts'

/** The test user in the account. */
export interface TestUser {
  /** The address in the account's letter case. */
  readonly email: string
  /** All records with the address. */
  readonly records: readonly User[]
  /** Whether the filter `email` found them; otherwise, `search` did. */
  readonly byFilter: boolean
  /** Whether the filter `email` found them in the other case; undefined if the list could not be read. */
  readonly byOtherCase: boolean | undefined
  /** Of all records, in milliseconds since the epoch; undefined if there is none that can be read. */
  readonly lastLogin: number | undefined
  /** Of all records; undefined if one lacks it. */
  readonly deviceCount: number | undefined
}

/** The registrations that are listed by the `id` of the user's records, and by the `uid`. */
export interface Registrations {
  /** Whether both lists could be read. */
  readonly isRead: boolean
  readonly all: readonly Registration[]
  /** The test user's, each once; lists may contain others. */
  readonly own: readonly Registration[]
  readonly active: readonly Registration[]
  /** Which ID of the user the own ones have, or, if they have none, by which they were found. */
  readonly kinds: readonly string[]
}

/** The run did not start: nothing was changed, and nothing is known. */
export class NotStarted extends Error {}

/**
 * Finds the test user.
 *
 * @throws NotStarted if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
export async function findTestUser(account: Account, email: string): Promise<TestUser> {
  const find = async (filter: Readonly<Record<string, string>>): Promise<User[] | undefined> =>
    (await account.users(filter))?.filter((record) => isSameAddress(record.email, email))
  const listed = await find({ email })
  const answer = account.answers.at(-1)
  if (listed === undefined) {
    throw new NotStarted(
      `The list of users cannot be read (${answerText(answer)}). The token needs the account permissions ` +
        '"Access: Organizations Revoke", "Access: Audit Logs Read", and "Zero Trust Read"; for --seat also "Zero Trust: Seats Write".',
    )
  }
  if (limitsIn(answer?.headers['ratelimit'], 'r').some(([left = 0]) => left < MAX_CALLS)) {
    throw new NotStarted(
      `Fewer than ${MAX_CALLS} calls are left before Cloudflare's rate limit. Try again in five minutes.`,
    )
  }
  const records = listed.length > 0 ? listed : ((await find({ search: email })) ?? [])
  const [first] = records
  if (first === undefined) {
    throw new NotStarted(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  const other = await find({ email: inOtherCase(first.email) })
  const logins = records.map(({ last_successful_login: login }) => Date.parse(login ?? ''))
  const counts = records.map(({ active_device_count: count }) => count ?? Number.NaN)
  return {
    ...{ email: first.email, records, byFilter: listed.length > 0 },
    byOtherCase: other && other.length > 0,
    lastLogin: logins.filter((time) => !Number.isNaN(time)).toSorted((a, b) => b - a)[0],
    deviceCount: counts.includes(Number.NaN) ? undefined : counts.reduce((sum, count) => sum + count, 0),
  }
}

/** Reads the user's registrations, including revoked ones. */
export async function registrationsOf(
  account: Account,
  { email, records }: TestUser,
): Promise<Registrations> {
  const byId = await account.registrations(records.map(({ id }) => id))
  const byUid = await account.registrations(records.flatMap(({ uid }) => uid ?? []))
  const all = [...(byId ?? []), ...(byUid ?? [])]
  const kindOf = ({ id, user }: Registration): string => {
    const listed = (list = all.slice(0, 0)): boolean => list.some((one) => one.id === id)
    const isId = user.id == null ? listed(byId) : records.some((record) => record.id === user.id)
    const isUid = user.id == null ? listed(byUid) : records.some((record) => record.uid === user.id)
    return [...(isId ? ['id'] : []), ...(isUid ? ['uid'] : [])].join(' and ') || 'neither'
  }
  const mine = all.filter((one) =>
    one.user.email == null
      ? one.user.id != null && kindOf(one) !== 'neither'
      : isSameAddress(one.user.email, email),
  )
  const own = [...new Map(mine.map((one) => [one.id, one])).values()]
  const kinds = [...new Set(own.map(kindOf))].sort()
  return { isRead: byId !== undefined && byUid !== undefined, all, own, active: own.filter(isActive), kinds }
}

/** Whether the registration is neither revoked nor deleted. Times before its creation mean "not set". */
function isActive({ created_at: created, revoked_at: revoked, deleted_at: deleted }: Registration): boolean {
  return [revoked, deleted].every((time) => !(Date.parse(time ?? '') >= (Date.parse(created ?? '') || 0)))
}

const Text = v.nullish(v.string(), '')
const Logins = v.nullable(
  v.array(v.object({ user_email: Text, created_at: Text, app_domain: Text, connection: Text })),
)

/** The user's last login in the answers of the login log, or why it was not looked for. Seconds are from the login on. */
export function loggedLogin(
  answers: readonly Answer[],
  { email, lastLogin }: TestUser,
): string | { isListed: boolean; isComplete: boolean; listedAfter: number; missingAfter: number } {
  if (lastLogin === undefined) return 'no `last_successful_login`'
  let missingAfter: number | undefined
  for (const answer of answersTo(answers, 'list_logins')) {
    const logins = resultOf(answer, Logins)
    if (logins === undefined) continue
    const listedAfter = Math.round(((dateOf(answer) ?? Number.NaN) - lastLogin) / 1_000)
    const login = logins?.find(
      ({ user_email: address, created_at: at }) =>
        isSameAddress(address, email) && Math.abs(Date.parse(at) - lastLogin) <= CLOCK_TOLERANCE_MS,
    )
    if (login !== undefined) {
      const isComplete = login.app_domain !== '' && login.connection !== ''
      return { isListed: true, isComplete, listedAfter, missingAfter: missingAfter ?? 0 }
    }
    missingAfter = listedAfter
  }
  if (missingAfter === undefined) return 'the login log could not be read'
  return { isListed: false, isComplete: false, listedAfter: Number.NaN, missingAfter }
}

/** Whether two addresses are the same but for their letter case. */
export function isSameAddress(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase()
}

/** The text with the case of every ASCII letter swapped. */
export function inOtherCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
