import type { Answered } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Registration } from '../cloudflare/records.ts'
import { type Options, verifiesDevices, verifiesSessions } from '../inputs/options.ts'
import { duration, quantity } from '../text/measures.ts'
import type { Problem } from '../text/problem.ts'
import { type AccountUser, countDevices, isRecent } from './account-user.ts'
import { agreedTimes, clockProblem } from './clocks.ts'
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
import type { RunContext } from './run-context.ts'

/** How long a revocation may take to show in the device registrations. */
export const DEVICES_TIMEOUT_MS = 90_000

/** What is known of a user's devices before the revocation. */
export interface DevicesBefore {
  /** The active registrations. */
  readonly list?: Answered<readonly Registration[]>
  /** Why they could not be read, which makes a dry run fail. */
  readonly problem?: ApiProblem
  /** How many the records count. */
  readonly counted?: number | undefined
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
): Promise<DevicesResult> {
  const count = deviceChecksBefore(before).before
  const read = await waitUntilGone(user, before, confirmation, run)
  if ('what' in read) return { ...notVerified(read), devices: { before: count } }
  const result = await judge(user, before, read, confirmation, run)
  if (result.state === 'not_known') return { ...result, devices: { before: count } }
  const active = [...read.left, ...read.newDevices]
  const registrations = [
    ...recordsOf(active, 'active'),
    ...recordsOf(read.revoked, 'revoked'),
    ...recordsOf(read.deleted, 'deleted'),
  ]
  return { ...result, devices: { before: count, after: active.length, registrations }, readAt: Date.now() }
}

async function waitUntilGone(
  user: AccountUser,
  { list: listBefore }: DevicesBefore,
  { time }: Confirmation,
  run: RunContext,
): Promise<SortedRegistrations | ApiProblem> {
  const problem = clockProblem(time, listBefore === undefined ? [] : [listBefore])
  if (problem !== undefined) return problem
  const evidence = { before: listBefore?.result, isNewAllowed: run.options.signedInAgain === 'warn' }
  return pollUntil(run, {
    read: async () => {
      const list = await run.registrations.readAfter(user, listBefore?.result ?? [])
      if (list.kind !== 'result') return readProblem(list, SESSIONS_ALONE)
      const times = agreedTimes(time, list)
      return 'what' in times ? times : sortRegistrations(list.result, times, evidence)
    },
    isDone: ({ left }) => left.length === 0,
    timeoutMs: DEVICES_TIMEOUT_MS,
    since: run.throttle.runningTime,
    firstPauseMs: 0,
  })
}

async function judge(
  user: AccountUser,
  { list, counted }: DevicesBefore,
  { left, newDevices, isEmpty }: SortedRegistrations,
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
  const listed = list?.result.length
  if (listed !== undefined && listed < (counted ?? 0)) return notVerified(contradiction(counted ?? 0, listed))
  const isNothingListed = isEmpty && (listed ?? 0) === 0
  return isNothingListed && counted !== 0 && !registrations.emptyListIsConclusive(user)
    ? notVerified(NO_EVIDENCE)
    : { state: 'verified', warnings: [] }
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
  'Cloudflare listed no devices and gave no count of them, which is no evidence that there are none',
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
)

const SESSIONS_ALONE = 'To verify only the sessions, set `verify: sessions`.'
