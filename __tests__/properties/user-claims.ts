import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import { claimsOfDevices } from './device-claims.ts'
import type { ReportedUser, Run } from './run.ts'
import { claimsOfSeat } from './seat-claims.ts'
import type { StepOptions } from './trial.ts'
import {
  type Claim,
  countBefore,
  effectsOf,
  heldSeat,
  lastLookAt,
  type Listed,
  looksUp,
  ownersAreHidden,
  recordsInAnyCase,
  recordsOf,
  revocationsOf,
  saidTrue,
  sessionCountsSince,
  sessionReadsOf,
  shownAsActive,
  wasRevoked,
} from './truth.ts'

/** The false claims that the report makes about a user, each a sentence. */
export function falseClaimsAbout(run: Run, listed: Listed, user: ReportedUser): string[] {
  const claims: readonly Claim[] = [
    ...claimsOfStatus(run, listed, user),
    ...claimsOfRevocation(run, user),
    ...claimsOfProof(run, user),
    ...claimsOfCounts(run, user),
    ...claimsOfDevices(run, user),
    ...claimsOfSeat(run, user),
    ...claimsAboutLeftovers(run, listed, user),
  ]
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [`${user.email} (${user.status}): ${claim}`]))
}

function claimsOfStatus({ trial: { options } }: Run, { timing }: Listed, user: ReportedUser): Claim[] {
  const { status, errors } = user
  const isDue = status !== 'not_due' && status !== 'past'
  const isFine = !['failed', 'skipped'].includes(status)
  return [
    ['is due or not according to the date', isDue ? timing === 'due' : timing === status],
    ['would be revoked only in a dry run', status !== 'would_revoke' || options.dryRun],
    [
      'is revoked or unknown only outside a dry run',
      !['revoked', 'unknown'].includes(status) || !options.dryRun,
    ],
    [
      'is unknown only if users are looked up',
      status !== 'unknown' || (looksUp(options) && options.unknownUser === 'warn'),
    ],
    ['a failed user has errors', isFine || errors.length > 0],
    ['a revoked user has none', !['revoked', 'unknown'].includes(status) || errors.length === 0],
    ['nothing unexpected happened', !errors.some(({ message }) => message.includes('unexpected'))],
  ]
}

function claimsOfRevocation(
  run: Run,
  { email, status, revocation, attempts, http_status }: ReportedUser,
): Claim[] {
  const sent = revocationsOf(run, email)
  // An answer of the rate limit is no attempt, and an attempt that was given up may never have arrived.
  const taken = sent.filter((request) => request.status !== 429).length
  return [
    ['was confirmed', revocation !== 'confirmed' || saidTrue(run, email)],
    ['was not sent', revocation !== 'not_sent' || sent.length === 0],
    [
      'is called revoked or unknown if confirmed',
      !['revoked', 'unknown'].includes(status) || revocation === 'confirmed',
    ],
    ['was revoked', status !== 'revoked' || wasRevoked(run, email)],
    ['was attempted this many times', attempts >= taken && attempts <= run.trial.options.maxAttempts],
    ['was answered with HTTP 200', status !== 'revoked' || (http_status ?? 0) === 200],
  ]
}

function claimsOfProof(run: Run, user: ReportedUser): Claim[] {
  const { options } = run.trial
  const { email, status, verification, warnings = [] } = user
  const records = recordsOf(run, email)
  const isProven = verification === 'passed'
  const cameBack = isProven && (user.sessions_after ?? 0) > 0
  const lines = [...run.result.warnings, ...run.result.log]
  return [
    ['is verified only if `verify` is set', verification === undefined || options.verify !== false],
    ['is called revoked if verified', status !== 'revoked' || options.verify === false || isProven],
    ['is called verified if revoked', !isProven || status === 'revoked' || status === 'failed'],
    ...PROOFS.filter(({ isRequested, isReported }) => isRequested(options) && isReported(user)).map(
      ({ what, left }): Claim => {
        const count = records.reduce((sum, record) => sum + left(run, record), 0)
        return [`has no ${what} (but ${count})`, count === 0]
      },
    ),
    ['is not known', !(status === 'unknown' || isCalledUnknown(user)) || records.length === 0],
    ['has looked', !isProven || user.sessions_after !== undefined],
    [
      'has the sessions that were shown last',
      !isProven || user.sessions_after === sessionsLastShown(run, user),
    ],
    ['came back, which is allowed', !cameBack || options.signedInAgain === 'warn'],
    ['has a warning', !(cameBack || status === 'unknown') || warnings.length > 0],
    ['has warnings that are in the log', warnings.length === 0 || lines.some((line) => line.includes(email))],
  ]
}

function isCalledUnknown({ errors, warnings = [] }: ReportedUser): boolean {
  return [...errors.map(({ message }) => message), ...warnings].some((text) => text.includes('no such user'))
}

/** How many sessions the last reads of all records of a user showed. */
function sessionsLastShown(run: Run, { email }: ReportedUser): number {
  const last = recordsInAnyCase(run, email).map((record) => sessionCountsSince(run, record, 0).at(-1) ?? 0)
  return last.reduce((sum, count) => sum + count, 0)
}

function claimsOfCounts(run: Run, user: ReportedUser): Claim[] {
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
        shown.some((records) => countBefore(run, records, 'devices') === devices_before),
    ],
    [
      `has ${sessions_after ?? 0} sessions`,
      sessions_after === undefined ||
        since((record) => sessionCountsSince(run, record, confirmedAt)).includes(sessions_after),
    ],
  ]
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
function claimsAboutLeftovers(run: Run, { timing, revokeAfter }: Listed, user: ReportedUser): Claim[] {
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

/** What must be gone when the report says so. */
interface Proof {
  /** What must be gone, in the plural. */
  readonly what: string
  readonly isRequested: (options: StepOptions) => boolean
  /** Whether the report says that it is gone. */
  readonly isReported: (user: ReportedUser) => boolean
  /** How many of them a record still had, as the API showed it when the action last looked. */
  readonly left: (run: Run, record: AccessUser) => number
}

/** Everything that can be proven. */
const PROOFS: readonly Proof[] = [
  {
    what: 'sessions from before the revocation',
    isRequested: ({ verify }) => verify !== false,
    isReported: ({ verification }) => verification === 'passed',
    left: oldSessionsLeft,
  },
  {
    what: 'devices from before the revocation',
    isRequested: ({ verify, devices }) => verify === true && devices,
    isReported: ({ verification }) => verification === 'passed',
    left: oldRegistrationsLeft,
  },
  {
    what: 'seats',
    isRequested: ({ removeSeat }) => removeSeat,
    isReported: ({ status, seat }) => status === 'revoked' || seat === 'removed',
    left: (run, record) => (heldSeat(run, record) && (record.seat.access || record.seat.gateway) ? 1 : 0),
  },
]

/** The propagation counts: the action knows only what the API shows. */
function oldSessionsLeft(run: Run, record: AccessUser): number {
  const { propagationMs, world } = run.trial
  const lastLook = sessionReadsOf(run, record.id).at(-1)?.answeredAt ?? run.endedAt
  const { revokedAt = Infinity } = record
  return activeSessions(record, lastLook, propagationMs, world.sessionsApartMs).filter(
    ({ issuedAt }) => issuedAt * 1000 <= revokedAt,
  ).length
}

/** The same for registrations. */
function oldRegistrationsLeft(run: Run, record: AccessUser): number {
  const lastLook = lastLookAt(run, record)?.to ?? run.endedAt
  const { revokedAt = Infinity } = record
  return shownAsActive(run, record, lastLook).filter(({ createdAt }) => createdAt <= revokedAt).length
}
