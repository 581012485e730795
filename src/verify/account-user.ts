import type { ServerTime } from '../cloudflare/answer.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { uuidKey } from '../users/user.ts'

/** An address with all records that carry it. Several records count as one user. */
export interface AccountUser {
  readonly email: string
  /** Every record as often as it was read; records of one ID may differ, and then the worse one counts. */
  readonly records: readonly AccessUser[]
  /** Of the answer with the records. */
  readonly time: ServerTime
}

/** How old records may be before the seat and the count of devices may have changed. */
const MAX_RECORD_AGE_MS = 60_000

/** Whether the records were read within a minute of this time, by the clock of {@link ServerTime.receivedAt}. */
export function isRecent({ time }: AccountUser, at: number): boolean {
  return Math.abs(at - time.receivedAt) <= MAX_RECORD_AGE_MS
}

/** The IDs of the user's records, each once. */
export function idsOfUser({ records }: Pick<AccountUser, 'records'>): string[] {
  return [...new Set(records.map(({ id }) => id))]
}

/** Whether two records of one ID differ. */
export function isContradictory(records: readonly AccessUser[]): boolean {
  return new Set(records.map((record) => JSON.stringify(record))).size > idsOfUser({ records }).length
}

/** Whether one of the records has the UUID. */
export function hasUuid({ records }: AccountUser, uuid: string): boolean {
  return records.flatMap(({ id, uid = id }) => [id, uid]).some((each) => uuidKey(each) === uuidKey(uuid))
}

/** How many devices the records count together; undefined if one of them does not say. */
export function countDevices({ records }: Pick<AccountUser, 'records'>): number | undefined {
  const counts = Map.groupBy(records, ({ id }) => id)
    .values()
    .map((ofOneId) => worseCount(ofOneId.map(({ active_device_count: count }) => count)))
  return counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  )
}

/** The higher count; a record that does not say leaves open only that there are none. */
function worseCount(counts: readonly (number | undefined)[]): number | undefined {
  const highest = Math.max(...counts.map((count = 0) => count))
  return highest === 0 && counts.includes(undefined) ? undefined : highest
}

/** The last login of a user, as far as the records show it. */
export interface LastLogin {
  /** In milliseconds since the epoch; undefined if no record has one that can be read. */
  readonly at: number | undefined
  /** Whether every record says when it was, or that there was none. */
  readonly isKnown: boolean
}

/** The last login that the records have. */
export function lastLoginOf({ records }: Pick<AccountUser, 'records'>): LastLogin {
  const logins = records.map(({ last_successful_login: login }) => login)
  const times = logins.flatMap((login) => (typeof login === 'object' ? [login.at] : []))
  return {
    at: times.length === 0 ? undefined : Math.max(...times),
    isKnown: !logins.includes('unreadable'),
  }
}

/** Without a `seat_uid` there is no seat unless a flag says otherwise; with one there is unless both flags are false. */
export function mayHoldSeat({
  seat_uid: uid,
  access_seat: access,
  gateway_seat: gateway,
}: AccessUser): boolean {
  return uid === undefined ? access === true || gateway === true : access !== false || gateway !== false
}

/** A login longer ago is no sign that a user still has access. */
const RECENT_LOGIN_MS = 30 * 24 * 3_600_000

/** Whether the record shows an active device, a seat, or a login within the last 30 days. */
export function isActive(record: AccessUser): boolean {
  const { active_device_count: devices = 0, last_successful_login: login } = record
  const isRecentLogin = typeof login === 'object' && login.at >= Date.now() - RECENT_LOGIN_MS
  return devices > 0 || mayHoldSeat(record) || isRecentLogin || login === 'unreadable'
}
