import type { ServerTime } from '../cloudflare/answer.ts'
import { type Problem, userProblem } from '../cloudflare/problem.ts'
import type { Registration } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import { duration, quantity } from '../text/quantity.ts'
import { isoTime } from '../text/time.ts'
import { CLOCK_TOLERANCE_MS, DEVICES_TIMEOUT_MS } from '../timings.ts'
import {
  cameBack,
  type Confirmation,
  type Fact,
  failed,
  type Finding,
  finding,
  NOTHING_SEEN,
  notVerified,
  type Seen,
} from './control.ts'
import type { ReadFailure } from './poll-until.ts'

/** What tells registrations from before the revocation from those made after it. */
export interface DeviceEvidence {
  /** The active registrations that were read before the revocation; undefined if they were not read. */
  readonly before: readonly Registration[] | undefined
  /** What the answer that confirmed the revocation showed of the server's clock. */
  readonly confirmation: ServerTime
  /** Whether a device that comes back is no failure; then a registration counts as new only with evidence. */
  readonly newDevicesAllowed: boolean
}

/** Registrations by what became of them, each exactly once. */
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
  const active = shown.filter(
    ({ revokedAt, deletedAt }) => typeof revokedAt !== 'object' && typeof deletedAt !== 'object',
  )
  const newDevices = active.filter((registration) => isNew(registration, answer, evidence))
  return {
    left: active.filter((registration) => !newDevices.includes(registration)),
    newDevices,
    revoked: before.flatMap(({ id }) => {
      const found = now.get(id)
      return typeof found?.revokedAt !== 'object' || typeof found.deletedAt === 'object' ? [] : [found]
    }),
    deleted: before.filter(({ id }) => {
      const found = now.get(id)
      return found === undefined || typeof found.deletedAt === 'object'
    }),
  }
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
  /** How many devices there were before the revocation, by the list or else by the records. */
  readonly before: number | undefined
  /** How many registrations were active before the revocation; undefined if they were not read. */
  readonly listed: number | undefined
  /** How many devices the records counted before the revocation; undefined if that is not known. */
  readonly counted: number | undefined
  /** Whether an empty list means that there is none. */
  readonly isConclusive: boolean
}

/** What the device registrations read after a confirmed revocation say of it. */
export function judgeDevices(
  read: SeenDevices | ReadFailure,
  { before, listed, counted, isConclusive }: KnownDevices,
  { rayId }: Pick<Confirmation, 'rayId'>,
  options: Options,
): Finding {
  const factBefore = before === undefined ? {} : { devices_before: before }
  const unproven: Seen = { ...NOTHING_SEEN, facts: factBefore, counts: { before } }
  if (read.kind === 'read_failure') return notVerified(read.problem, unproven)
  const { left, newDevices, revoked, deleted, isEmpty } = read
  const devices: readonly Device[] = [
    ...[...left, ...newDevices].map((registration) => ({ registration, status: 'active' as const })),
    ...revoked.map((registration) => ({ registration, status: 'revoked' as const })),
    ...deleted.map((registration) => ({ registration, status: 'deleted' as const })),
  ]
  const after = left.length + newDevices.length
  const phrase = devicesPhrase(devices)
  const seen: Seen = {
    facts: { ...factBefore, devices_after: after, devices: devicesFact(devices) },
    readAt: Date.now(),
    counts: { before, after },
    phrase,
    detail: devices.length === 0 ? '' : phrase,
  }
  if (left.length > 0) return failed({ ...stillActive(left), ...(rayId !== undefined && { rayId }) }, seen)
  if (newDevices.length > 0) return cameBack(registeredAgain(newDevices), options, seen)
  if (listed === 0 && counted !== undefined && counted > 0)
    return notVerified(contradiction(counted), unproven)
  const nothingSeen = isEmpty && (listed ?? 0) === 0
  return nothingSeen && counted !== 0 && !isConclusive
    ? notVerified(NO_EVIDENCE, unproven)
    : finding('verified', seen)
}

/** A device registration, and what became of it. */
export interface Device {
  readonly registration: Registration
  readonly status: 'active' | 'revoked' | 'deleted'
}

/** The devices for the report. */
export function devicesFact(devices: readonly Device[]): Fact {
  return devices.map(({ registration: { id, name, type, revokedAt }, status }) => ({
    id,
    name,
    registration_type: type,
    status,
    revoked_at: status === 'revoked' && typeof revokedAt === 'object' ? isoTime(revokedAt.at) : null,
  }))
}

/** `2 devices revoked: "laptop", "phone"`, by what became of them. */
export function devicesPhrase(devices: readonly Device[]): string {
  if (devices.length === 0) return 'no devices'
  return (['revoked', 'deleted', 'active'] as const)
    .map((status) => [status, devices.filter((device) => device.status === status)] as const)
    .filter(([, own]) => own.length > 0)
    .map(([status, own]) => {
      const names = own.map(({ registration }) => deviceName(registration))
      return `${quantity(own.length, 'device')} ${status}: ${names.join(', ')}`
    })
    .join('; ')
}

/** The name of a device in quotation marks, or the ID of the registration; plain and short. */
function deviceName({ id, name = id }: { readonly id: string; readonly name: string | undefined }): string {
  return `"${shortened(plainText(name), 80).replaceAll('"', "'")}"`
}

/** A message names this many devices; the report has all of them. */
const MAX_NAMED = 5

/** A few devices, each by name, and by ID, which the dashboard and the API find it by. */
function namesAndIds(registrations: readonly Registration[]): string {
  const names = registrations.slice(0, MAX_NAMED).map((registration) => {
    const id = deviceName({ id: registration.id, name: undefined })
    return registration.name === undefined ? id : `${deviceName(registration)} (${id})`
  })
  const more = registrations.length - MAX_NAMED
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function stillActive(left: readonly Registration[]): Problem {
  return userProblem(
    `Revoked, but not verified: active devices are left after ${duration(DEVICES_TIMEOUT_MS)}: ${namesAndIds(left)}`,
    'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.',
  )
}

function registeredAgain(newDevices: readonly Registration[]): Problem {
  return userProblem(
    `Revoked, but the user registered devices again, so the account in the identity provider still works: ${namesAndIds(newDevices)}`,
    'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.',
  )
}

function contradiction(counted: number): Problem {
  return userProblem(
    `Cloudflare counted ${quantity(counted, 'active device')} of the user, but listed none`,
    "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
  )
}

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which does not prove that there are none',
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
)
