import * as v from 'valibot'
import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import { activeSessions } from '../../embedded-api/organization/access-user.ts'
import { claimsOfDevices } from './device-claims.ts'
import { mustBeGreen } from './expectations.ts'
import type { ReportedUser, Run } from './run.ts'
import { claimsAboutLeftovers, claimsOfSeat } from './seat-claims.ts'
import { needsLookUp, sameAddress } from './trial.ts'
import {
  type Claim,
  directorySpellings,
  heldSeat,
  lastLookAt,
  type Listed,
  recordsInAnyCase,
  recordsOf,
  revocationsOf,
  saidTrue,
  sessionCountsOf,
  sessionReadsOf,
  shownAsActive,
  spellingsSent,
  wasRevoked,
} from './truth.ts'

/** The false claims that the report makes about a user, each a sentence. */
export function falseClaimsAbout(run: Run, listed: Listed, user: ReportedUser): string[] {
  const claims: readonly Claim[] = [
    ...claimsOfStatus(run, listed, user),
    ...claimsOfRevocation(run, user),
    ...claimsOfProof(run, user),
    ...claimsOfControls(run, user),
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
      status !== 'unknown' || (needsLookUp(options) && options.unknownUser === 'warn'),
    ],
    ['a failed user has errors', isFine || errors.length > 0],
    ['a revoked user has none', !['revoked', 'unknown'].includes(status) || errors.length === 0],
    ['nothing unexpected happened', !errors.some(({ message }) => message.includes('unexpected'))],
  ]
}

function claimsOfRevocation(run: Run, { email, status, revocation, http_status }: ReportedUser): Claim[] {
  const sent = revocationsOf(run, email)
  return [
    ['was confirmed', revocation !== 'confirmed' || saidTrue(run, email)],
    ['was not sent', revocation !== 'not_sent' || sent.length === 0],
    [
      'is called revoked or unknown if confirmed',
      !['revoked', 'unknown'].includes(status) || revocation === 'confirmed',
    ],
    ['was revoked', status !== 'revoked' || wasRevoked(run, email)],
    [
      'was revoked in a spelling of the list or the organization',
      spellingsSent(run, email).every(
        (spelling) => spelling === email || directorySpellings(run, email).includes(spelling),
      ),
    ],
    [
      'was revoked in the spelling of the organization',
      !mustBeGreen(run.trial) || !needsLookUp(run.trial.options) || isInDirectorySpelling(run, email),
    ],
    ['was revoked with no UUID but the own', !needsLookUp(run.trial.options) || isOwnUuidSent(run, email)],
    ['was answered with HTTP 200', status !== 'revoked' || (http_status ?? 0) === 200],
  ]
}

const WithUuid = v.looseObject({ user_uid: v.string() })

function isOwnUuidSent(run: Run, email: string): boolean {
  const own = recordsInAnyCase(run, email).map(({ uid }) => uid)
  return revocationsOf(run, email).every(({ body }) => !v.is(WithUuid, body) || own.includes(body.user_uid))
}

function isInDirectorySpelling(run: Run, email: string): boolean {
  const [spelling, ...others] = directorySpellings(run, email)
  return others.length > 0 || spellingsSent(run, email).every((sent) => sent === spelling)
}

function claimsOfProof(run: Run, user: ReportedUser): Claim[] {
  const { options } = run.trial
  const { email, status, verification, controls, seat, warnings = [] } = user
  const { sessions_before: before, sessions_after: after } = user
  const records = recordsOf(run, email)
  const isProven = verification === 'passed'
  const cameBack = isProven && (after ?? 0) > 0
  const isSeatGone = status === 'revoked' || seat === 'removed' || isDone(controls.seat)
  const leftOf = (left: (run: Run, record: AccessUser) => number): number =>
    records.reduce((sum, record) => sum + left(run, record), 0)
  const lines = [...run.result.warnings, ...run.result.log]
  // Where letter case matters, an API that ignores its filters may still show the rest of them.
  const shownAt = (read: 0 | -1): number[] =>
    [records, recordsInAnyCase(run, email)].map((some) =>
      some.reduce((sum, record) => sum + (sessionCountsOf(run, record).at(read) ?? 0), 0),
    )
  return [
    ['is verified only if `verify` is set', verification === undefined || options.verify !== false],
    ['is called revoked if verified', status !== 'revoked' || options.verify === false || isProven],
    ['is called verified if revoked', !isProven || status === 'revoked' || status === 'failed'],
    [
      'has no sessions from before the revocation',
      options.verify === false || controls.sessions !== 'verified' || leftOf(oldSessionsLeft) === 0,
    ],
    [
      'has no devices from before the revocation',
      !options.devices || controls.devices !== 'verified' || leftOf(oldRegistrationsLeft) === 0,
    ],
    ['has no seats', !options.removeSeat || !isSeatGone || leftOf(seatsLeft) === 0],
    ['is not known', !(status === 'unknown' || isCalledUnknown(user)) || records.length === 0],
    ['had the sessions shown first', before === undefined || shownAt(0).includes(before)],
    ['has the sessions shown last', after === undefined || shownAt(-1).includes(after)],
    ['has looked', !isProven || user.sessions_after !== undefined],
    ['came back, which is allowed', !cameBack || options.signedInAgain === 'warn'],
    ['has a warning', !(cameBack || status === 'unknown') || warnings.length > 0],
    ['has warnings that are in the log', warnings.length === 0 || lines.some((line) => line.includes(email))],
  ]
}

function isCalledUnknown({ errors, warnings = [] }: ReportedUser): boolean {
  return [...errors.map(({ message }) => message), ...warnings].some((text) => text.includes('no such user'))
}

/** The claims about each control. A user whose controls all are well is revoked, and the other way round. */
function claimsOfControls(
  run: Run,
  { email, status, verification, controls, ...user }: ReportedUser,
): Claim[] {
  const { verify, devices, warp, removeSeat } = run.trial.options
  const { access_tokens, sessions, devices: ownDevices, warp_session, seat } = controls
  const isProcessed = ['revoked', 'unknown', 'failed'].includes(status)
  const requested = [
    access_tokens,
    ...(verify === false ? [] : [sessions]),
    ...(devices ? [ownDevices] : []),
    ...(warp ? [warp_session] : []),
    ...(removeSeat ? [seat] : []),
  ]
  const isConfirmed = saidTrue(run, email)
  const isOther = run.trial.list.entries.some(
    (entry) => sameAddress(entry.email, email) && entry.uuid === 'other',
  )
  const ids = recordsInAnyCase(run, email).map(({ id }) => id)
  return [
    ['has all controls well if revoked', status !== 'revoked' || requested.every(isDone)],
    ['is revoked if all controls are well', status !== 'failed' || isOther || !requested.every(isDone)],
    ['has tokens revoked', !isDone(access_tokens) || isConfirmed],
    ['has devices revoked', !isDone(ownDevices) || (devices && isConfirmed)],
    ['has the WARP session ended', !isDone(warp_session) || (warp && isConfirmed)],
    ['has tokens and WARP session read back', access_tokens !== 'verified' && warp_session !== 'verified'],
    ['has sessions read back', sessions !== 'verified' || verify !== false],
    ['has devices read back', ownDevices !== 'verified' || verify === true],
    ['has a seat freed', !isDone(seat) || removeSeat],
    ['has controls of a user who was not processed', isProcessed || !requested.some(isDone)],
    ['is verified with a control that is not', verification !== 'passed' || sessions === 'verified'],
    ['has IDs of the account', (user.account_user_ids ?? []).every((id) => ids.includes(id))],
  ]
}

function isDone(state: string | undefined): boolean {
  return state === 'verified' || state === 'confirmed'
}

/** The propagation counts: the action knows only what the API shows. */
function oldSessionsLeft(run: Run, record: AccessUser): number {
  const { propagationMs, world } = run.trial
  const lastLook = sessionReadsOf(run, record.id).at(-1)?.answeredAt ?? run.endedAt
  const { revokedAt = Infinity } = record
  return activeSessions(record, lastLook, propagationMs, world.apartMs).filter(
    ({ issuedAt }) => issuedAt * 1000 <= revokedAt,
  ).length
}

function seatsLeft(run: Run, record: AccessUser): number {
  return heldSeat(run, record) && record.seat.freedAt === undefined ? 1 : 0
}

/** The same for registrations. */
function oldRegistrationsLeft(run: Run, record: AccessUser): number {
  const lastLook = lastLookAt(run, record)?.to ?? run.endedAt
  const { revokedAt = Infinity } = record
  return shownAsActive(run, record, lastLook).filter(({ createdAt }) => createdAt <= revokedAt).length
}
