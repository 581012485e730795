import type { Answered } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { RecordTime, Registration } from '../cloudflare/records.ts'
import { type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import { duration, quantity } from '../text/measures.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import type { Problem } from '../text/problem.ts'
import { type AccountUser, countDevices, isRecent } from './account-user.ts'
import {
  type AgreedTimes,
  type Evidence,
  isNew,
  isPlausibleEnd,
  readUntilGone,
  REVOCATION_TIMEOUT_MS,
} from './clocks.ts'
import {
  cameBack,
  type Confirmation,
  type ControlResult,
  type DeviceChecks,
  type DeviceRecord,
  failed,
  notVerified,
  readProblem,
  VERIFIED,
} from './controls.ts'
import { DISABLE_ACCOUNT } from './logins.ts'
import type { RunContext } from './run-context.ts'

/** A message names this many devices; the report has all of them. */
const MAX_NAMED = 5

/** What is known of a user's devices before the revocation. */
export interface DevicesBefore {
  /** The active registrations. */
  readonly list?: Answered<readonly Registration[]>
  /** Why they could not be read, which makes a dry run fail. */
  readonly problem?: ApiProblem
  /** How many the records count. */
  readonly counted?: number | undefined
}

/** Registrations by their status, each exactly once. */
export interface SortedRegistrations {
  /** Whether there was no registration at all, not even a revoked one. */
  readonly isEmpty: boolean
  /** Active, and made before the revocation, or possibly so. */
  readonly left: readonly Registration[]
  /** Active, and made after the revocation. */
  readonly newDevices: readonly Registration[]
  /** Active before, and now revoked. */
  readonly revoked: readonly Registration[]
  /** Active before, and now deleted: a list no longer shows them. */
  readonly deleted: readonly Registration[]
}

/** Reads the active registrations before the revocation, if devices are verified. */
export async function readDevicesBefore(user: AccountUser, run: RunContext): Promise<DevicesBefore> {
  const counted = countDevices(user)
  if (!verifiesDevices(run.options)) return { counted }
  const list = await run.registrations.readBefore(user)
  if (list.kind !== 'result') return { counted, problem: readProblem(list, SESSIONS_ALONE) }
  if (list.result.length >= (counted ?? 0) || isRecent(user, list.receivedAt)) return { list, counted }
  // The count may be from before a device was removed.
  const again = await run.directory.findNow(user.email)
  return { list, counted: again.kind === 'result' ? countDevices(again.result) : counted }
}

/** What a report says of the devices before the revocation. */
export function deviceChecksBefore({ list, counted }: DevicesBefore): DeviceChecks {
  const listed = list?.result ?? []
  // An empty list alone does not mean that there are none: Cloudflare may not have recognized the user.
  return list === undefined || (listed.length === 0 && counted !== 0)
    ? { before: counted }
    : { before: listed.length, registrations: recordsOf(listed, 'active') }
}

/** The devices that a verified step leaves to the user, as a warning. */
export function keptDevices(user: AccountUser, options: Options): Problem[] {
  const counted = countDevices(user) ?? 0
  if (options.devices || !verifiesSessions(options) || counted === 0) return []
  const what = `The user keeps ${quantity(counted, 'active device')}`
  return [{ what, remedy: 'To revoke devices as well, set `devices: true`.' }]
}

/** Reads the device registrations after a confirmed revocation until none from before it is active. */
export async function verifyDevices(
  user: AccountUser,
  before: DevicesBefore,
  confirmation: Confirmation,
  run: RunContext,
): Promise<ControlResult> {
  const { list } = before
  const { before: count } = deviceChecksBefore(before)
  const { options, registrations, throttle } = run
  const evidence = { before: list?.result, isNewAllowed: options.signedInAgain === 'warn' }
  const seen = await readUntilGone(throttle, {
    confirmation: confirmation.time,
    before: list === undefined ? [] : [list],
    read: async () => {
      const call = await registrations.readAfter(user, list?.result ?? [])
      return call.kind === 'result'
        ? { items: call.result, answers: [call] }
        : readProblem(call, SESSIONS_ALONE)
    },
    sort: (items, times) => sortRegistrations(items, times, evidence),
    since: throttle.time.now,
    firstPauseMs: 0,
  })
  const notKnown = (problem: ApiProblem): ControlResult => ({
    ...notVerified(problem),
    checks: { devices: { before: count } },
  })
  if ('what' in seen) return notKnown(seen)
  const { left, newDevices, revoked, deleted } = seen
  const active = [...left, ...newDevices]
  const doubt = active.length === 0 ? doubtOf(user, before, seen, run) : undefined
  if (doubt !== undefined) return notKnown(doubt)
  const records = [
    ...recordsOf(active, 'active'),
    ...recordsOf(revoked, 'revoked'),
    ...recordsOf(deleted, 'deleted'),
  ]
  const devices = { before: count, after: active.length, registrations: records }
  const checks = { devices, verifiedAt: Date.now() }
  if (left.length > 0) {
    return { ...failed(stillActive(namesAndIds(left, options.maskEmails)), confirmation.rayId), checks }
  }
  if (newDevices.length === 0) return { ...VERIFIED, checks }
  const login = await confirmation.findLogin()
  const problem = registeredAgain(namesAndIds(newDevices, options.maskEmails), login)
  return { ...cameBack(problem, options), checks }
}

/** Why a list without active devices proves nothing. */
function doubtOf(
  user: AccountUser,
  { list, counted }: DevicesBefore,
  { isEmpty }: SortedRegistrations,
  { registrations }: RunContext,
): ApiProblem | undefined {
  const listed = list?.result.length
  if (listed !== undefined && listed < (counted ?? 0)) {
    const few = listed === 0 ? 'none' : `only ${listed}`
    const what = `Cloudflare counted ${quantity(counted ?? 0, 'active device')} of the user, but listed ${few}`
    return userProblem(what, CHECK_DEVICES)
  }
  const isNothingListed = isEmpty && (listed ?? 0) === 0
  return isNothingListed && counted !== 0 && !registrations.emptyListIsConclusive(user)
    ? NO_EVIDENCE
    : undefined
}

/** Sorts the registrations in an answer. Ambiguous cases count as active, and as made before the revocation. */
export function sortRegistrations(
  shown: readonly Registration[],
  times: AgreedTimes,
  evidence: Evidence<Registration>,
): SortedRegistrations {
  const { before = [] } = evidence
  const idsBefore = new Set(before.map(({ id }) => id))
  const now = new Map(shown.map((registration) => [registration.id, registration]))
  const hasEnded = ({ id, createdAt }: Registration, endedAt: RecordTime): boolean =>
    typeof endedAt === 'object' &&
    typeof createdAt === 'object' &&
    endedAt.at >= createdAt.at &&
    isPlausibleEnd(endedAt.at, times, idsBefore.has(id))
  const isDeleted = (each: Registration): boolean => hasEnded(each, each.deletedAt)
  const isRevoked = (each: Registration): boolean => !isDeleted(each) && hasEnded(each, each.revokedAt)
  const isNewDevice = ({ id, createdAt }: Registration): boolean =>
    typeof createdAt === 'object' && isNew(createdAt.at, (other) => other.id === id, times, evidence)
  const active = shown.filter((each) => !isRevoked(each) && !isDeleted(each))
  return {
    isEmpty: shown.length === 0,
    left: active.filter((each) => !isNewDevice(each)),
    newDevices: active.filter(isNewDevice),
    revoked: [...idsBefore].flatMap((id) => now.get(id) ?? []).filter(isRevoked),
    deleted: before.filter(({ id }) => {
      const found = now.get(id)
      return found === undefined || isDeleted(found)
    }),
  }
}

function recordsOf(registrations: readonly Registration[], status: DeviceRecord['status']): DeviceRecord[] {
  return registrations.map(({ id, name, type, revokedAt }) => ({
    id,
    name,
    registrationType: type,
    status,
    revokedAt: status === 'revoked' && typeof revokedAt === 'object' ? revokedAt.at : undefined,
  }))
}

/**
 * A few devices, each by the name in quotation marks, and by the ID of its registration, which the dashboard and the API
 * find it by.
 *
 * @param masked - whether to number the devices instead, since their names often contain people's names
 */
function namesAndIds(devices: readonly Registration[], masked: boolean): string {
  const shown = devices.slice(0, MAX_NAMED).map(({ id, name }, index) => {
    if (masked) return `device ${index + 1} of ${devices.length} (${quoted(id)})`
    return name === undefined ? quoted(id) : `${quoted(name)} (${quoted(id)})`
  })
  const more = devices.length - MAX_NAMED
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function quoted(text: string): string {
  return `"${shortened(plainText(text), 80).replaceAll('"', "'")}"`
}

function stillActive(names: string): ApiProblem {
  return userProblem(
    `Revoked, but not verified: active devices are left after ${duration(REVOCATION_TIMEOUT_MS)}: ${names}`,
    'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.',
  )
}

function registeredAgain(names: string, login: string | undefined): ApiProblem {
  const how = login === undefined ? '' : `, after signing in at ${login}`
  return userProblem(`Revoked, but the user registered devices again${how}: ${names}`, DISABLE_ACCOUNT)
}

const SESSIONS_ALONE = 'To verify only the sessions, set `verify: sessions`.'
const CHECK_DEVICES = `Check the user's devices in Zero Trust. ${SESSIONS_ALONE}`

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which is no evidence that there are none',
  CHECK_DEVICES,
)
