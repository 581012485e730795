import type { AccessUser } from '../../embedded-api/organization/organization.ts'
import type { Claim, Told } from './claim.ts'
import { claimsOfDevices } from './device-claims.ts'
import { claimsOfWhatIsLeft } from './login-claims.ts'
import { PROOFS } from './proofs.ts'
import { ownersAreHidden } from './registration-truth.ts'
import type { Run } from './run.ts'
import { claimsOfSeat } from './seat-claims.ts'
import {
  countBefore,
  effectsOf,
  type Listed,
  looksUp,
  recordsInAnyCase,
  recordsOf,
  revocationsOf,
  saidTrue,
  sessionCountsSince,
  wasRevoked,
} from './truth.ts'

/** In what the report says of a user something that is not so; each a sentence. */
export function untruthsAbout(run: Run, listed: Listed, told: Told): string[] {
  const claims: readonly Claim[] = [
    ...claimsOfStatus(run, listed, told),
    ...claimsOfRevocation(run, told),
    ...claimsOfProof(run, told),
    ...claimsOfCounts(run, told),
    ...claimsOfDevices(run, told),
    ...claimsOfSeat(run, told),
    ...claimsOfWhatIsLeft(run, listed, told),
  ]
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [`${told.email} (${told.status}): ${claim}`]))
}

function claimsOfStatus({ trial: { asked } }: Run, { timing }: Listed, told: Told): Claim[] {
  const { status, errors } = told
  const isDue = status !== 'not_due' && status !== 'past'
  const isFine = !['failed', 'skipped'].includes(status)
  return [
    ['is due or not, as the date says', isDue ? timing === 'due' : timing === status],
    ['would be revoked in a dry run alone', status !== 'would_revoke' || asked.dryRun],
    ['is revoked or unknown in no dry run', !['revoked', 'unknown'].includes(status) || !asked.dryRun],
    [
      'is unknown only where users are looked up',
      status !== 'unknown' || (looksUp(asked) && asked.unknownUser === 'warn'),
    ],
    ['whoever fails has errors', isFine || errors.length > 0],
    ['whoever is revoked has none', !['revoked', 'unknown'].includes(status) || errors.length === 0],
    ['nothing unexpected happened', !errors.some(({ message }) => message.includes('unexpected'))],
  ]
}

function claimsOfRevocation(run: Run, { email, status, revocation, attempts, http_status }: Told): Claim[] {
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
    ['was tried so often', attempts >= taken && attempts <= run.trial.asked.maxAttempts],
    ['was answered so', status !== 'revoked' || (http_status ?? 0) === 200],
  ]
}

function claimsOfProof(run: Run, told: Told): Claim[] {
  const { asked } = run.trial
  const { email, status, verification, warnings = [] } = told
  const records = recordsOf(run, email)
  const isProven = verification === 'passed'
  const cameBack = isProven && (told.sessions_after ?? 0) > 0
  const lines = [...run.result.warnings, ...run.result.log]
  return [
    ['is verified if that was asked for', verification === undefined || asked.verify !== false],
    ['is called revoked if verified', status !== 'revoked' || asked.verify === false || isProven],
    ['is called verified if revoked', !isProven || status === 'revoked' || status === 'failed'],
    ...PROOFS.filter(({ isAsked, isTold }) => isAsked(asked) && isTold(told)).map(({ what, left }): Claim => {
      const count = records.reduce((sum, record) => sum + left(run, record), 0)
      return [`has no ${what} (but ${count})`, count === 0]
    }),
    ['is not known', !(status === 'unknown' || isCalledUnknown(told)) || records.length === 0],
    ['has looked', !isProven || told.sessions_after !== undefined],
    [
      'has the sessions that were shown last',
      !isProven || told.sessions_after === sessionsLastShown(run, told),
    ],
    ['came back, which is fine', !cameBack || asked.signedInAgain === 'warn'],
    ['is warned about', !(cameBack || status === 'unknown') || warnings.length > 0],
    ['has warnings that are in the log', warnings.length === 0 || lines.some((line) => line.includes(email))],
  ]
}

function isCalledUnknown({ errors, warnings = [] }: Told): boolean {
  return [...errors.map(({ message }) => message), ...warnings].some((text) => text.includes('no such user'))
}

/** How many sessions the last reads of all records of a user showed. */
function sessionsLastShown(run: Run, { email }: Told): number {
  const last = recordsInAnyCase(run, email).map((record) => sessionCountsSince(run, record, 0).at(-1) ?? 0)
  return last.reduce((sum, count) => sum + count, 0)
}

function claimsOfCounts(run: Run, told: Told): Claim[] {
  const { email, sessions_before, sessions_after, devices_before } = told
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
