import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Registration } from '../cloudflare/records.ts'
import { type Options, provesDevices, provesSessions } from '../inputs/options.ts'
import { duration, quantity } from '../text/measures.ts'
import type { Problem } from '../text/problem.ts'
import { type AccountUser, countDevices, isRecent } from './account-user.ts'
import { agreedTimes } from './clocks.ts'
import {
  cameBack,
  type Confirmation,
  type ControlResult,
  type DeviceChecks,
  type DeviceRecord,
  notVerified,
  readProblem,
} from './controls.ts'
import { namesAndIds, type SortedRegistrations, sortRegistrations } from './device-evidence.ts'
import { DISABLE_ACCOUNT } from './logins.ts'
import { pollUntil } from './polling.ts'
import type { RegistrationList } from './registrations-reader.ts'
import type { RunContext } from './run-context.ts'

/** How long a revocation may take to show in the device registrations. */
export const DEVICES_TIMEOUT_MS = 90_000

/** What is known of a user's devices before the revocation. */
export interface DevicesBefore {
  /** The active registrations, or why they could not be read; undefined if they were not to be read. */
  readonly list: RegistrationList | undefined
  /** How many the records count; undefined if they do not say. */
  readonly counted: number | undefined
}

/** What was found of a user's devices. */
export type DevicesResult = ControlResult & {
  readonly devices: DeviceChecks
  /** When they were last read after the revocation, in milliseconds since the epoch. */
  readonly readAt?: number
}

/** Reads the active registrations before the revocation, if devices are verified. */
export async function readDevicesBefore(user: AccountUser, run: RunContext): Promise<DevicesBefore> {
  const counted = countDevices(user)
  if (!provesDevices(run.options)) return { list: undefined, counted }
  const list = await run.registrations.readBefore(user)
  if (list.kind !== 'result' || counted === undefined || list.result.length >= counted)
    return { list, counted }
  if (isRecent(user, list.receivedAt)) return { list, counted }
  // The count may be from before a device was removed.
  const again = await run.directory.findNow(user.email)
  return { list, counted: again.kind === 'result' ? countDevices(again.result) : counted }
}

/** Why the devices could not be read before the revocation, which makes a dry run fail. */
export function devicesProblem({ list }: DevicesBefore): ApiProblem | undefined {
  return list === undefined || list.kind === 'result' ? undefined : readProblem(list, SESSIONS_ALONE)
}

/** What a report says of the devices before the revocation. */
export function deviceChecksBefore({ list, counted }: DevicesBefore): DeviceChecks {
  // An empty list alone does not mean that there are none: Cloudflare may not have recognized the user.
  const listed =
    list?.kind === 'result' && (list.result.length > 0 || counted === 0) ? list.result : undefined
  return listed === undefined
    ? { before: counted }
    : { before: listed.length, registrations: recordsOf(listed, 'active') }
}

/** The devices that a verified step leaves to the user, as a warning. */
export function keptDevices(user: AccountUser, options: Options): Problem[] {
  const counted = countDevices(user) ?? 0
  if (options.devices || !provesSessions(options) || counted === 0) return []
  const what = `The user keeps ${quantity(counted, 'active device')}`
  return [{ what, remedy: 'To revoke devices as well, set `devices: true`.' }]
}

/**
 * Reads the device registrations after a confirmed revocation until none from before it is active.
 *
 * @param isVerified - whether the rest is; if it is not, the sessions have already been waited for, so one read is enough
 */
export async function verifyDevices(
  user: AccountUser,
  before: DevicesBefore,
  confirmation: Confirmation,
  isVerified: boolean,
  run: RunContext,
): Promise<DevicesResult> {
  const listed = before.list?.kind === 'result' ? before.list.result : undefined
  const count = deviceChecksBefore(before).before
  const read = await waitUntilGone(user, listed, confirmation, isVerified, run)
  if ('what' in read) return { ...notVerified(read), devices: { before: count } }
  const result = await judge(user, read, { listed, counted: before.counted }, confirmation, run)
  if (result.state === 'not_known') return { ...result, devices: { before: count } }
  const { left, newDevices, revoked, deleted } = read
  const active = [...left, ...newDevices]
  const registrations = [
    ...recordsOf(active, 'active'),
    ...recordsOf(revoked, 'revoked'),
    ...recordsOf(deleted, 'deleted'),
  ]
  return { ...result, devices: { before: count, after: active.length, registrations }, readAt: Date.now() }
}

async function waitUntilGone(
  user: AccountUser,
  listed: readonly Registration[] | undefined,
  { time }: Confirmation,
  isVerified: boolean,
  run: RunContext,
): Promise<SortedRegistrations | ApiProblem> {
  const evidence = { before: listed, newDevicesAllowed: run.options.signedInAgain === 'warn' }
  const read = async (): Promise<SortedRegistrations | ApiProblem> => {
    const list = await run.registrations.readAfter(user, listed ?? [])
    if (list.kind !== 'result') return readProblem(list, SESSIONS_ALONE)
    const times = agreedTimes(time, list)
    return 'what' in times ? times : sortRegistrations(list.result, times, evidence)
  }
  if (!isVerified) return read()
  return pollUntil(run, {
    read,
    isDone: ({ left }) => left.length === 0,
    timeoutMs: DEVICES_TIMEOUT_MS,
    since: run.throttle.runningTime,
    firstPauseMs: 0,
  })
}

/** How many devices there were before the revocation; undefined if that is not known. */
interface CountsBefore {
  readonly listed: readonly Registration[] | undefined
  readonly counted: number | undefined
}

async function judge(
  user: AccountUser,
  { left, newDevices, isEmpty }: SortedRegistrations,
  { listed, counted }: CountsBefore,
  { rayId, findLogin }: Confirmation,
  { options, registrations }: RunContext,
): Promise<ControlResult> {
  const { maskEmails } = options
  if (left.length > 0) {
    const problem = { ...stillActive(namesAndIds(left, maskEmails)), ...(rayId !== undefined && { rayId }) }
    return { state: 'failed', problem, warnings: [] }
  }
  if (newDevices.length > 0) {
    return cameBack(registeredAgain(namesAndIds(newDevices, maskEmails), await findLogin()), options)
  }
  if (listed !== undefined && counted !== undefined && listed.length < counted) {
    return notVerified(contradiction(counted, listed.length))
  }
  const isNothingListed = isEmpty && (listed ?? []).length === 0
  if (isNothingListed && counted !== 0 && !registrations.emptyListIsConclusive(user)) {
    return notVerified(NO_EVIDENCE)
  }
  return { state: 'verified', warnings: [] }
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

function contradiction(counted: number, listed: number): ApiProblem {
  return userProblem(
    `Cloudflare counted ${quantity(counted, 'active device')} of the user, but listed ${listed === 0 ? 'none' : `only ${listed}`}`,
    "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
  )
}

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which does not prove that there are none',
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
)

const SESSIONS_ALONE = 'To verify only the sessions, set `verify: sessions`.'
