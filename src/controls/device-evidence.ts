import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { RecordTime, Registration } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import { duration, quantity } from '../text/measures.ts'
import { CLOCK_TOLERANCE_MS, DEVICES_TIMEOUT_MS } from '../timings.ts'
import { cameBack, failed, type Finding, finding, notVerified, type Seen } from './control.ts'
import { DISABLE_ACCOUNT } from './login-log.ts'
import type { ReadFailure } from './poll-until.ts'

/** What distinguishes registrations made before the revocation from those made after it. */
export interface DeviceEvidence {
  /** The active registrations that were read before the revocation; undefined if they were not read. */
  readonly before: readonly Registration[] | undefined
  /** What the answer that confirmed the revocation showed of the server's clock. */
  readonly confirmation: ServerTime
  /** Whether a device that comes back is no failure; then a registration counts as new only with evidence. */
  readonly newDevicesAllowed: boolean
}

/** Registrations by their status, each exactly once. */
export interface SortedRegistrations {
  /** Active, and made before the revocation, or possibly so. */
  readonly left: readonly Registration[]
  /** Active, and made after the revocation. */
  readonly newDevices: readonly Registration[]
  /** Active before, and now revoked. */
  readonly revoked: readonly Registration[]
  /** Active before, and now deleted: a list no longer shows them. */
  readonly deleted: readonly Registration[]
}

/** What a read after the revocation showed. */
export interface SeenDevices extends SortedRegistrations {
  readonly kind: 'seen'
  /** Whether the list had no registration at all, not even a revoked one. */
  readonly isEmpty: boolean
}

/** Sorts the registrations in an answer. Ambiguous cases count as active, and as made before the revocation. */
export function sortRegistrations(
  shown: readonly Registration[],
  answer: ServerTime,
  evidence: DeviceEvidence,
): SortedRegistrations {
  const { before = [] } = evidence
  const now = new Map(shown.map((registration) => [registration.id, registration]))
  const isRevoked = (each: Registration): boolean => isGone(each, each.revokedAt, answer, evidence)
  const isDeleted = (each: Registration): boolean => isGone(each, each.deletedAt, answer, evidence)
  const active = shown.filter((each) => !isRevoked(each) && !isDeleted(each))
  const newDevices = active.filter((registration) => isNew(registration, answer, evidence))
  return {
    left: active.filter((registration) => !newDevices.includes(registration)),
    newDevices,
    revoked: before.flatMap(({ id }) => {
      const found = now.get(id)
      return found === undefined || !isRevoked(found) || isDeleted(found) ? [] : [found]
    }),
    deleted: before.filter(({ id }) => {
      const found = now.get(id)
      return found === undefined || isDeleted(found)
    }),
  }
}

/**
 * Whether a registration has a plausible end time: an implausible one, such as the zero time that some
 * servers write for "not set", does not make it inactive.
 */
function isGone(
  { id, createdAt }: Registration,
  endedAt: RecordTime,
  answer: ServerTime,
  { before = [], confirmation }: DeviceEvidence,
): boolean {
  if (typeof endedAt !== 'object' || typeof createdAt !== 'object') return false
  if (confirmation.date === undefined || answer.date === undefined) return false
  const wasActive = before.some((registration) => registration.id === id)
  return (
    endedAt.at >= createdAt.at &&
    endedAt.at <= answer.date + CLOCK_TOLERANCE_MS &&
    (!wasActive || endedAt.at >= confirmation.date - CLOCK_TOLERANCE_MS)
  )
}

function isNew({ id, createdAt }: Registration, answer: ServerTime, evidence: DeviceEvidence): boolean {
  const { before, confirmation, newDevicesAllowed } = evidence
  if (typeof createdAt !== 'object' || confirmation.date === undefined || answer.date === undefined)
    return false
  if (before === undefined ? newDevicesAllowed : before.some((registration) => registration.id === id))
    return false
  // The `Date` header has whole seconds.
  return createdAt.at >= confirmation.date + 1_000 && createdAt.at <= answer.date + CLOCK_TOLERANCE_MS
}

/** What is known of a user's devices besides the registrations in the last list. */
export interface KnownDevices {
  /** How many registrations were active before the revocation; undefined if they were not read. */
  readonly listed: number | undefined
  /** How many devices the records counted before the revocation; undefined if that is not known. */
  readonly counted: number | undefined
  /** Whether the count is of the same minute as the list. */
  readonly isCountRecent: boolean
  /** Whether an empty list means that there is none. */
  readonly isConclusive: boolean
}

/**
 * Judges the device registrations that were read after a confirmed revocation.
 *
 * @param before - what was seen before the revocation: all that counts if the read proves nothing
 * @param after - what was seen after it
 */
export function judgeDevices(
  read: SeenDevices | ReadFailure,
  { before, after: seen }: { readonly before: Seen; readonly after: Seen },
  { listed, counted, isCountRecent, isConclusive }: KnownDevices,
  { rayId, login }: { readonly rayId: string | undefined; readonly login: string | undefined },
  options: Pick<Options, 'signedInAgain' | 'maskEmails'>,
): Finding {
  if (read.kind === 'read_failure') return notVerified(read.problem, before)
  const { left, newDevices, isEmpty } = read
  const namesOf = (devices: readonly Registration[]): string => namesAndIds(devices, options.maskEmails)
  if (left.length > 0) {
    return failed({ ...stillActive(namesOf(left)), ...(rayId !== undefined && { rayId }) }, seen)
  }
  if (newDevices.length > 0) return cameBack(registeredAgain(namesOf(newDevices), login), options, seen)
  const missing =
    listed !== undefined && counted !== undefined && listed < counted ? { counted, listed } : undefined
  if (missing !== undefined && isCountRecent) return notVerified(contradiction(missing), before)
  const isNothingSeen = isEmpty && (listed ?? 0) === 0
  if (isNothingSeen && counted !== 0 && !isConclusive) return notVerified(NO_EVIDENCE, before)
  const warnings = missing === undefined ? [] : [`${contradiction(missing).what}.`]
  return { ...finding('verified', seen), warnings }
}

/**
 * The names of devices in quotation marks, plain and short; a device without a name has the ID of its registration.
 *
 * @param masked - whether to number the devices instead, since their names often contain people's names
 */
export function deviceNames(devices: readonly Registration[], masked: boolean): string[] {
  return devices.map(({ id, name = id }, index) =>
    masked ? `device ${index + 1} of ${devices.length}` : quoted(name),
  )
}

function quoted(text: string): string {
  return `"${shortened(plainText(text), 80).replaceAll('"', "'")}"`
}

/** A message names this many devices; the report has all of them. */
const MAX_NAMED = 5

/** A few devices, each by name, and by ID, which the dashboard and the API find it by. */
function namesAndIds(devices: readonly Registration[], masked: boolean): string {
  const names = deviceNames(devices, masked)
  const shown = devices.slice(0, MAX_NAMED).map(({ id }, index) => {
    const { [index]: name = '' } = names
    return name === quoted(id) ? name : `${name} (${quoted(id)})`
  })
  const more = devices.length - MAX_NAMED
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function stillActive(names: string): ApiProblem {
  return userProblem(
    `Revoked, but not verified: active devices are left after ${duration(DEVICES_TIMEOUT_MS)}: ${names}`,
    'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.',
  )
}

function registeredAgain(names: string, login: string | undefined): ApiProblem {
  const how = login === undefined ? '' : `, after signing in at ${login}`
  return userProblem(`Revoked, but the user registered devices again${how}: ${names}`, DISABLE_ACCOUNT)
}

function contradiction({ counted, listed }: Record<'counted' | 'listed', number>): ApiProblem {
  return userProblem(
    `Cloudflare counted ${quantity(counted, 'active device')} of the user, but listed ${listed === 0 ? 'none' : `only ${listed}`}`,
    "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
  )
}

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which does not prove that there are none',
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
)
