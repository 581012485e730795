import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { RegistrationStatus } from '../cloudflare/endpoints.ts'
import type { RecordTime, Registration } from '../cloudflare/records.ts'
import { type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import { duration, quantity } from '../text/measures.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import type { Problem } from '../text/problem.ts'
import { type AccountUser, countDevices } from './user-directory.ts'
import {
  type AgreedTimes,
  CLOCK_TOLERANCE_MS,
  type Kind,
  readUntilGone,
  type Reading,
  REVOCATION_TIMEOUT_MS,
  timeOf,
} from './clocks.ts'
import {
  cameBack,
  type Confirmation,
  type ControlResult,
  type DeviceRecord,
  failed,
  notVerified,
  readProblem,
  type UserChecks,
  VERIFIED,
} from './controls.ts'
import { DISABLE_ACCOUNT } from './sessions.ts'
import type { RegistrationsReader } from './registrations-reader.ts'
import type { RunContext } from './run-context.ts'

/** A message names this many devices; the report has all of them. */
const MAX_NAMED = 5

/** What is known of a user's devices before the revocation. */
export interface DevicesBefore {
  readonly list?: Reading<Registration>
  /** Why they could not be read, which makes a dry run fail. */
  readonly problem?: ApiProblem
  /** How many the records count. */
  readonly counted?: number | undefined
}

export async function readDevicesBefore(user: AccountUser, run: RunContext): Promise<DevicesBefore> {
  const counted = countDevices(user)
  if (!verifiesDevices(run.options)) return { counted }
  const list = await readRegistrations(user, 'active', run)
  if ('what' in list) return { counted, problem: list }
  if (list.items.length >= (counted ?? 0)) return { list, counted }
  // The count may be from before a device was removed.
  const current = await run.directory.refresh(user)
  return { list, counted: 'kind' in current ? counted : countDevices(current) }
}

async function readRegistrations(
  user: AccountUser,
  status: RegistrationStatus,
  { registrations }: RunContext,
  before?: readonly Registration[],
): Promise<Reading<Registration> | ApiProblem> {
  const call = await registrations.read(user, status, before)
  if (call.kind !== 'result') return readProblem(call, SESSIONS_ALONE)
  return { items: call.result, answers: [timeOf(call)] }
}

export function deviceChecksBefore({ list, counted }: DevicesBefore): NonNullable<UserChecks['devices']> {
  const listed = list?.items ?? []
  // An empty list alone does not mean that there are none: Cloudflare may not have recognized the user.
  return list === undefined || (listed.length === 0 && counted !== 0)
    ? { before: counted }
    : { before: listed.length, registrations: recordsOf(listed, 'active') }
}

export function keptDevices(user: AccountUser, options: Options): Problem[] {
  const counted = countDevices(user) ?? 0
  if (options.devices || !verifiesSessions(options) || counted === 0) return []
  const what = `The user keeps ${quantity(counted, 'active device')}`
  return [{ what, remedy: 'To revoke devices as well, set `devices: true`.' }]
}

export async function verifyDevices(
  user: AccountUser,
  before: DevicesBefore,
  { time, rayId, findLogin }: Confirmation,
  run: RunContext,
): Promise<ControlResult> {
  const { options, registrations, throttle } = run
  const { list } = before
  const { before: count } = deviceChecksBefore(before)
  const seen = await readUntilGone(throttle, REGISTRATIONS, {
    confirmation: time,
    lookUp: user.time,
    before: list,
    isNewAllowed: options.signedInAgain === 'warn',
    read: async () => readRegistrations(user, 'all', run, list?.items),
    since: throttle.time.now,
    firstPauseMs: 0,
  })
  const notKnown = (problem: ApiProblem): ControlResult => ({
    ...notVerified(problem),
    checks: { devices: { before: count } },
  })
  if ('what' in seen) return notKnown(seen)
  const { left, begun, items, times } = seen
  const active = [...left, ...begun]
  const doubt = active.length === 0 ? doubtOf(user, before, items, registrations) : undefined
  if (doubt !== undefined) return notKnown(doubt)
  const records = [...recordsOf(active, 'active'), ...endedRecords(list?.items ?? [], items, times)]
  const devices = { before: count, after: active.length, registrations: records }
  const checks = { devices, verifiedAt: Date.now() }
  if (left.length > 0) {
    const what = `active devices are left after ${duration(REVOCATION_TIMEOUT_MS)}: ${namesAndIds(left, options)}`
    const problem = userProblem(`Revoked, but not verified: ${what}`, END_REGISTRATION)
    return { ...failed(problem, rayId), checks }
  }
  if (begun.length === 0) return { ...VERIFIED, checks }
  const login = await findLogin()
  const how = login === undefined ? '' : `, after signing in at ${login}`
  const what = `Revoked, but the user registered devices again${how}: ${namesAndIds(begun, options)}`
  return { ...cameBack(userProblem(what, DISABLE_ACCOUNT), options), checks }
}

/** Why a list without active devices proves nothing. */
function doubtOf(
  user: AccountUser,
  { list, counted }: DevicesBefore,
  shown: readonly Registration[],
  registrations: RegistrationsReader,
): ApiProblem | undefined {
  const listed = list?.items.length
  if (listed !== undefined && listed < (counted ?? 0)) {
    const few = listed === 0 ? 'none' : `only ${listed}`
    const what = `Cloudflare counted ${quantity(counted ?? 0, 'active device')} of the user, but listed ${few}`
    return userProblem(what, CHECK_DEVICES)
  }
  const isEvidence =
    shown.length > 0 || (listed ?? 0) > 0 || counted === 0 || registrations.emptyListIsConclusive(user)
  return isEvidence ? undefined : NO_EVIDENCE
}

/** Ambiguous cases count as active, and as made before the revocation. */
export const REGISTRATIONS: Kind<Registration> = {
  begunAt: ({ createdAt }) => (typeof createdAt === 'object' ? createdAt.at : undefined),
  isSame: ({ id }, other) => id === other.id,
  isActive: (each, times, wasActive) =>
    !hasEnded(each, each.deletedAt, times, wasActive) && !hasEnded(each, each.revokedAt, times, wasActive),
}

function hasEnded(
  { createdAt }: Registration,
  endedAt: RecordTime,
  { confirmedAt, answeredAt }: AgreedTimes,
  wasActive: boolean,
): boolean {
  if (typeof endedAt !== 'object' || typeof createdAt !== 'object') return false
  // Not long before a revocation that it was active until, nor in the future.
  const earliest = Math.max(createdAt.at, wasActive ? confirmedAt - CLOCK_TOLERANCE_MS : -Infinity)
  return endedAt.at >= earliest && endedAt.at <= answeredAt + CLOCK_TOLERANCE_MS
}

/** The registrations that were active before, and no longer are; a list may leave deleted ones out. */
function endedRecords(
  before: readonly Registration[],
  shown: readonly Registration[],
  times: AgreedTimes,
): DeviceRecord[] {
  const kept = shown.filter((each) => !hasEnded(each, each.deletedAt, times, true))
  const isIn = (those: readonly Registration[], { id }: Registration): boolean =>
    those.some((other) => other.id === id)
  const revoked = kept.filter((each) => isIn(before, each) && hasEnded(each, each.revokedAt, times, true))
  const deleted = before.filter((each) => !isIn(kept, each))
  return [...recordsOf(revoked, 'revoked'), ...recordsOf(deleted, 'deleted')]
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
 * find it by. With masked addresses they are numbered instead, since their names often contain people's names.
 */
function namesAndIds(devices: readonly Registration[], { maskEmails }: Options): string {
  const shown = devices.slice(0, MAX_NAMED).map(({ id, name }, index) => {
    if (maskEmails) return `device ${index + 1} of ${devices.length} (${quoted(id)})`
    return name === undefined ? quoted(id) : `${quoted(name)} (${quoted(id)})`
  })
  const more = devices.length - MAX_NAMED
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function quoted(text: string): string {
  return `"${shortened(plainText(text), 80).replaceAll('"', "'")}"`
}

const END_REGISTRATION =
  'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.'
const SESSIONS_ALONE = 'To verify only the sessions, set `verify: sessions`.'
const CHECK_DEVICES = `Check the user's devices in Zero Trust. ${SESSIONS_ALONE}`

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which is no evidence that there are none',
  CHECK_DEVICES,
)
