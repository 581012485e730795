import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { ReportedUser, Run } from './run.ts'
import {
  areDevicesHidden,
  type Claim,
  countBefore,
  effectsOf,
  type Listed,
  ownersAreHidden,
  recordsInAnyCase,
  recordsOf,
  sessionCountsSince,
} from './truth.ts'

/** The claims about numbers of sessions and devices. */
export function claimsOfCounts(run: Run, user: ReportedUser): Claim[] {
  const { email, sessions_before, sessions_after, devices_before } = user
  const all = recordsInAnyCase(run, email)
  // Where letter case matters, an API that ignores its filters may still show the rest of them.
  const shown = [recordsOf(run, email), all]
  const confirmedAt = effectsOf(run, email)[0]?.receivedAt ?? Infinity
  const since = (counts: (record: AccessUser) => number[]): number[] =>
    shown.flatMap((records) => sums(records.map(counts)))
  return [
    [
      `had ${sessions_before ?? 0} sessions`,
      sessions_before === undefined ||
        shown.some((records) => countBefore(run, records, 'sessions') === sessions_before),
    ],
    [
      `had ${devices_before ?? 0} devices`,
      devices_before === undefined ||
        ownersAreHidden(run) ||
        shown.some((records) => countsOfDevicesBefore(run, records).includes(devices_before)),
    ],
    [
      `has ${sessions_after ?? 0} sessions`,
      sessions_after === undefined ||
        since((record) => sessionCountsSince(run, record, confirmedAt)).includes(sessions_after),
    ],
  ]
}

/** How many devices some records had together before the action ran: in truth, as they were counted, or as they were listed. */
function countsOfDevicesBefore(run: Run, records: readonly AccessUser[]): number[] {
  const countsOf = (some: readonly AccessUser[]): number[] =>
    some.map((record) => countBefore(run, [record], 'devices'))
  const off = run.trial.world.deviceCountOff ?? 0
  const stated = countsOf(records).map((count) => Math.max(0, count + off))
  const visible = records.filter((record) => !areDevicesHidden(run, record))
  return [countsOf(records), stated, countsOf(visible)].map((counts) =>
    counts.reduce((sum, count) => sum + count, 0),
  )
}

/** All sums of one number from each list. */
function sums(lists: readonly (readonly number[])[]): number[] {
  return lists.reduce<number[]>(
    (sofar, list) => [...new Set(sofar.flatMap((sum) => list.map((number) => sum + number)))],
    [0],
  )
}

/** Milliseconds. */
const DAY = 24 * 3_600_000

/** Claims about logins after the date and devices that the step leaves. */
export function claimsAboutLeftovers(run: Run, { timing, revokeAfter }: Listed, user: ReportedUser): Claim[] {
  const { options, world, faults } = run.trial
  const { email, status, warnings = [] } = user
  const absent = world.absentUserFields ?? []
  const records = recordsOf(run, email)
  const logins = records.flatMap(({ id }) => run.before.get(id)?.lastLogin ?? [])
  const login = absent.includes('last_successful_login') ? 0 : Math.max(0, ...logins)
  const devices = records.reduce((sum, { id }) => sum + (run.before.get(id)?.devices ?? 0), 0)
  const count = absent.includes('active_device_count') ? 0 : devices
  const isProven = status === 'revoked' && options.verify !== false
  const signedInSince = isProven && revokeAfter !== undefined && login > revokeAfter
  const isRecent = login >= run.startedAt + (world.dateSkewMs ?? 0) - DAY
  const keepsComing = signedInSince && login > revokeAfter + DAY && isRecent
  const isStillActive = count > 0 && revokeAfter !== undefined && login <= revokeAfter
  const isPlain = faults.length === 0 && Object.keys(world).length === 0
  return [
    ['has a warning about the login after the date', !signedInSince || warnings.length > 0],
    ['signed in a day later, which is allowed', !keepsComing || options.signedInAgain === 'warn'],
    [
      'has a warning about devices that are left',
      !isProven || options.devices || count === 0 || warnings.length > 0,
    ],
    [
      'has a warning about never being revoked, and needs it',
      timing !== 'past' || warnings.length === 0 || (isStillActive && options.verify !== false),
    ],
    [
      'has a warning about never being revoked',
      timing !== 'past' || options.verify === false || !isStillActive || !isPlain || warnings.length > 0,
    ],
  ]
}
