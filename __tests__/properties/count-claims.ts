import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { ReportedUser, Run } from './run.ts'
import {
  areDevicesHidden,
  type Claim,
  countBefore,
  effectsOf,
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
        since((record) => sessionCountsSince(run, record, 0)).includes(sessions_before),
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
  const { truncatedRegistrations = Infinity } = run.trial.world
  return [countsOf(records), stated, countsOf(visible)].flatMap((counts) => {
    const all = counts.reduce((sum, count) => sum + count, 0)
    return [all, Math.min(all, truncatedRegistrations)]
  })
}

/** All sums of one number from each list. */
function sums(lists: readonly (readonly number[])[]): number[] {
  return lists.reduce<number[]>(
    (sofar, list) => [...new Set(sofar.flatMap((sum) => list.map((number) => sum + number)))],
    [0],
  )
}
