import type { CallQueue } from '../cloudflare/call-queue.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { unexpectedProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { RunStop } from '../runner/run-stop.ts'
import { isAscii } from '../text/plain-text.ts'
import type { User } from '../users/user.ts'
import type { Confirmed, DueOutcome, Failed, Unknown, Verification, WouldRevoke } from './outcome.ts'
import type { Pending } from './revoke-all.ts'
import { revokeUser } from './revoke-user.ts'
import { clocksDisagree, evidenceOf } from './session-evidence.ts'
import { CLOCKS_DISAGREE, type SessionWatch, type Sighting } from './wait-for-sessions.ts'
import type { Known, UserRecords, UserRecordsReader } from './user-records.ts'
import {
  NO_DATE,
  notVerified,
  OTHER_UUID,
  UNKNOWN_LOOK_ALIKE,
  UNKNOWN_USER,
  unverified,
  verified,
  WOULD_BE_OTHER_UUID,
  WOULD_BE_UNKNOWN,
} from './judge-sessions.ts'

/** How long a revocation waits for the user's records. In milliseconds, holds for the rate limit not counted. */
const PATIENCE = 10_000

/** What it takes to revoke a user and to verify it. */
export interface Revoker {
  readonly endpoints: Endpoints
  readonly queue: CallQueue
  readonly stop: RunStop
  readonly records: UserRecordsReader
  readonly watch: SessionWatch
  readonly options: Options
  /** Takes whatever was thrown that nobody thought of. */
  readonly onUnexpected: (error: unknown) => void
}

/**
 * Reads the user's records, revokes, and then watches the sessions go. The revocation is sent whatever the records say,
 * if they cannot be read, and after ten seconds also if they are still being read; then it goes to the address alone.
 *
 * @returns what became of the user; where there is something to wait for, a function that does, so that others can be
 * revoked in the meantime
 */
export async function revokeAndVerify(user: User, revoker: Revoker): Promise<Pending> {
  const { endpoints, queue, stop, options } = revoker
  const reading = revoker.records.read(user)
  const waited = new AbortController()
  const tooLate = queue.wait(PATIENCE, AbortSignal.any([waited.signal, stop.starting])).catch(() => undefined)
  const known = await Promise.race([reading, tooLate])
  waited.abort()
  // A UUID of somebody else, or one that is not checked yet, must not lead the revocation away from the address.
  const misled = known === undefined || (known.kind === 'known' && known.otherUuid)
  const sent = await revokeUser(
    endpoints,
    user,
    misled ? undefined : user.userUid,
    options,
    known === undefined,
  )
  if (sent.status === 'skipped') return sent
  if (sent.status === 'failed') {
    return { ...sent, verification: { ...NOT_DONE, ...(known !== undefined && countsBefore(known)) } }
  }
  if (known === undefined) return async () => verify(sent, await reading, true, revoker)
  if (known.kind === 'known') return async () => verify(sent, known, false, revoker)
  return verify(sent, known, false, revoker)
}

/** @param late - whether the records were read after the revocation, so that they say nothing of the time before */
async function verify(
  sent: Confirmed,
  records: UserRecords,
  late: boolean,
  revoker: Revoker,
): Promise<DueOutcome> {
  const { options } = revoker
  if (records.kind === 'unread') return unverified(sent, notVerified(records.problem), NOT_DONE)
  if (records.kind === 'unknown') return unknown(sent, options)
  const before: Verification = { ...NOT_DONE, ...(!late && countsBefore(records)) }
  if (sent.answer.date === undefined) return unverified(sent, NO_DATE, before)
  const seen = await watch(sent, records, late, revoker)
  const judged = verified(sent, before, seen, options)
  return records.otherUuid ? unverified(sent, OTHER_UUID, judged.verification) : judged
}

async function watch(sent: Confirmed, known: Known, late: boolean, revoker: Revoker): Promise<Sighting> {
  const { options } = revoker
  const { records, sessions, answers } = known
  if (answers.some((answer) => clocksDisagree(answer, sent.answer)))
    return { kind: 'not_seen', problem: CLOCKS_DISAGREE }
  const evidence = evidenceOf(late ? undefined : sessions, sent.answer, options.signedInAgain === 'warn')
  return revoker.watch
    .watch({ email: sent.user.email, records, evidence, devices: options.devices })
    .catch((error: unknown): Sighting => {
      revoker.onUnexpected(error)
      return { kind: 'not_seen', problem: unexpectedProblem(error) }
    })
}

function unknown(sent: Confirmed, { unknownUser }: Options): Unknown | Failed {
  // Whoever is unknown by an address with such characters may well be known by one that only looks the same.
  if (!isAscii(sent.user.email)) return unverified(sent, UNKNOWN_LOOK_ALIKE, NOT_DONE)
  if (unknownUser === 'fail') return unverified(sent, UNKNOWN_USER, NOT_DONE)
  return { ...sent, status: 'unknown', verification: { ...NOT_DONE, warnings: [`${UNKNOWN_USER.what}.`] } }
}

/** A dry run's part of it: what would be cut, and what would make the run red. It only reads. */
export async function rehearse(user: User, { records, options }: Revoker): Promise<WouldRevoke> {
  const known = await records.read(user)
  const would = { status: 'would_revoke', revocation: 'not_sent', user } as const
  const verification: Verification = { ...NOT_DONE, ...countsBefore(known) }
  if (known.kind === 'unread') return { ...would, verification, problem: known.problem }
  if (known.kind === 'known')
    return { ...would, verification, ...(known.otherUuid && { problem: WOULD_BE_OTHER_UUID }) }
  return options.unknownUser === 'fail' || !isAscii(user.email)
    ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
    : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } }
}

const NOT_DONE: Verification = { state: 'not_done', warnings: [] }

function countsBefore(known: UserRecords): Pick<Verification, 'sessionsBefore' | 'devicesBefore'> {
  if (known.kind !== 'known') return {}
  const { sessions, devices } = known
  return { sessionsBefore: sessions.length, ...(devices !== undefined && { devicesBefore: devices }) }
}
