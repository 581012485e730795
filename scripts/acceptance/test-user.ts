import * as v from 'valibot'
import { type Account, answerText, limitsIn } from './account.ts'

/** A run makes fewer calls than this, so that it never meets the rate limit. */
const MAX_CALLS = 200
const MAX_PAGES = 10

const Text = v.nullish(v.string())
const User = v.object({
  id: v.string(),
  uid: Text,
  email: v.string(),
  seat_uid: Text,
  access_seat: v.nullish(v.boolean()),
  gateway_seat: v.nullish(v.boolean()),
  active_device_count: v.nullish(v.number()),
  last_successful_login: Text,
})
const Session = v.object({
  name: Text,
  metadata: v.optional(v.object({ iat: v.optional(v.number()), nonce: Text }), {}),
})
const Registration = v.object({
  id: v.string(),
  user: v.optional(v.object({ id: Text, email: Text }), {}),
  created_at: Text,
  revoked_at: Text,
  deleted_at: Text,
})
const Cursor = v.object({ result_info: v.object({ cursor: v.string() }) })

type User = v.InferOutput<typeof User>
export type Session = v.InferOutput<typeof Session>
type Registration = v.InferOutput<typeof Registration>

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
  readonly kinds: readonly ('id' | 'uid' | 'neither')[]
}

/** The run did not start: nothing was changed, and nothing is known. */
export class NotStarted extends Error {}

/**
 * Finds the test user.
 *
 * @throws NotStarted if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
export async function findTestUser(account: Account, address: string): Promise<TestUser> {
  const find = async (filter: Readonly<Record<string, string>>): Promise<User[] | undefined> => {
    const query = new URLSearchParams({ ...filter, page: '1', per_page: '1000' })
    return (await account.list(User, 'list_users', { query }))?.filter(({ email }) =>
      isSameAddress(email, address),
    )
  }
  const listed = await find({ email: address })
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
  const records = listed.length > 0 ? listed : ((await find({ search: address })) ?? [])
  const [first] = records
  if (first === undefined) {
    throw new NotStarted(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  const other = await find({ email: inOtherCase(first.email) })
  const logins = records.map(({ last_successful_login: login }) => Date.parse(login ?? ''))
  const counts = records.map(({ active_device_count: count }) => count ?? Number.NaN)
  const [email, byFilter, byOtherCase] = [first.email, listed.length > 0, other && other.length > 0]
  return {
    ...{ email, records, byFilter, byOtherCase },
    lastLogin: logins.filter((time) => !Number.isNaN(time)).toSorted((a, b) => b - a)[0],
    deviceCount: counts.includes(Number.NaN) ? undefined : counts.reduce((sum, count) => sum + count, 0),
  }
}

/** The active sessions of all records of a user; undefined if they cannot be read. */
export async function sessionsOf(account: Account, records: readonly User[]): Promise<Session[] | undefined> {
  const lists: Session[][] = []
  for (const { id } of records) {
    const listed = await account.list(Session, 'active_sessions', { id })
    if (listed === undefined) return undefined
    lists.push(listed)
  }
  return lists.flat()
}

/** Reads the user's registrations, including revoked ones. */
export async function registrationsOf(
  account: Account,
  { email, records }: TestUser,
): Promise<Registrations> {
  const ids = records.map(({ id }) => id)
  const uids = records.flatMap(({ uid }) => uid ?? [])
  const byId = await registrationsBy(account, ids)
  const byUid = await registrationsBy(account, uids)
  const all = [...(byId ?? []), ...(byUid ?? [])]
  const kindOf = ({ id, user }: Registration): Registrations['kinds'][number] => {
    if (user.id == null) return byId?.some((one) => one.id === id) === true ? 'id' : 'uid'
    return ids.includes(user.id) ? 'id' : uids.includes(user.id) ? 'uid' : 'neither'
  }
  const mine = all.filter((one) =>
    one.user.email == null
      ? one.user.id != null && kindOf(one) !== 'neither'
      : isSameAddress(one.user.email, email),
  )
  const own = [...new Map(mine.map((one) => [one.id, one])).values()]
  const kinds = [...new Set(own.map(kindOf))]
  return { isRead: byId !== undefined && byUid !== undefined, all, own, active: own.filter(isActive), kinds }
}

/** All pages of a list of registrations; undefined if one cannot be read. */
async function registrationsBy(
  account: Account,
  ids: readonly string[],
): Promise<Registration[] | undefined> {
  const all: Registration[] = []
  const query = new URLSearchParams(ids.map((id): [string, string] => ['user.id', id]))
  query.set('status', 'all')
  for (let page = 0; ids.length > 0 && page < MAX_PAGES; page += 1) {
    const listed = await account.list(Registration, 'list_registrations', { query })
    if (listed === undefined) return undefined
    all.push(...listed)
    const next = v.safeParse(Cursor, account.answers.at(-1)?.body)
    if (!next.success) break
    query.set('cursor', next.output.result_info.cursor)
  }
  return all
}

/** Whether the registration is neither revoked nor deleted. Times before its creation mean "not set". */
function isActive({ created_at: created, revoked_at: revoked, deleted_at: deleted }: Registration): boolean {
  return [revoked, deleted].every((time) => !(Date.parse(time ?? '') >= (Date.parse(created ?? '') || 0)))
}

/** Whether two records show the same session: they share a name or a nonce. */
export function isSame(one: Session, other: Session): boolean {
  const [ours, theirs] = [keysOf(one), keysOf(other)]
  return ours.length === 0 ? theirs.length === 0 : ours.some((key) => theirs.includes(key))
}

/** What identifies a session. */
export function keysOf({ name, metadata: { nonce } }: Session): string[] {
  return [nonce, name].flatMap((key) => key ?? [])
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
