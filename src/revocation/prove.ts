import { userProblem, unexpectedProblem } from '../cloudflare/problem.ts'
import { provesDevices, provesSessions } from '../inputs/options.ts'
import { isAscii } from '../text/plain-text.ts'
import { concluded } from './conclude.ts'
import { type Finding, notDone, passed, wrong } from './finding.ts'
import { OTHER_UUID, UNKNOWN_LOOK_ALIKE, UNKNOWN_USER } from './identity-problems.ts'
import { judgeLastLogin, judgeSessions } from './judge-sessions.ts'
import type { Confirmed, Failed, Revoked, Unknown, Verification } from './outcome.ts'
import { notSeen } from './patience.ts'
import { devicesUntouched, proveDevices } from './prove-devices.ts'
import type { Prover } from './prover.ts'
import { type SeatFinding, seatNotDone } from './seat-remover.ts'
import { clocksDisagree, evidenceOf, mayBeNew } from './session-evidence.ts'
import { readSessions } from './sessions-of-user.ts'
import type { Known, UserRecords } from './user-records.ts'
import { CLOCKS_DISAGREE, waitForSessions } from './wait-for-sessions.ts'

/** What is known of the user when the revocation is confirmed. */
export interface Clues {
  readonly records: UserRecords
  /** Whether the records were read after the revocation, so that they say nothing of the time before. */
  readonly late: boolean
  readonly before: Verification
  /** When the revocation was confirmed, by the running time of the queue. */
  readonly confirmedAt: number
}

/**
 * Proves a confirmed revocation, as far as the step asks for it: first that the sessions are gone; then the seat is
 * freed, which deletes registrations; and then that no device is left. It never throws.
 */
export async function prove(
  sent: Confirmed,
  clues: Clues,
  prover: Prover,
): Promise<Revoked | Failed | Unknown> {
  const { options } = prover
  const { records, before } = clues
  const untouched = options.removeSeat ? seatNotDone() : undefined
  const conclude = ([findings, seat]: Proof): Revoked | Failed =>
    concluded(sent, before, findings, seat, options)
  if (records.kind === 'unread') {
    return conclude(
      provesSessions(options) ? [[notDone(records.problem)], untouched] : [[], seatNotDone(records.problem)],
    )
  }
  if (records.kind === 'known') {
    return proveKnown(sent, records, clues, prover)
      .catch((error: unknown): Proof => {
        prover.onUnexpected(error)
        return [[notDone(unexpectedProblem(error))], untouched]
      })
      .then(conclude)
  }
  // Whoever is unknown by an address with such characters may well be known by one that only looks the same.
  if (!isAscii(sent.user.email)) return conclude([[wrong(UNKNOWN_LOOK_ALIKE)], untouched])
  if (options.unknownUser === 'fail') return conclude([[wrong(UNKNOWN_USER)], untouched])
  const verification = { ...before, warnings: [`${UNKNOWN_USER.what}.`] }
  return {
    ...sent,
    status: 'unknown',
    verification,
    ...(untouched !== undefined && { seat: untouched.seat }),
  }
}

/** What was found, and what came of the seat if it was to be freed. */
type Proof = readonly [findings: readonly Finding[], seat: SeatFinding | undefined]

async function proveKnown(
  sent: Confirmed,
  known: Known,
  { late, confirmedAt }: Pick<Clues, 'late' | 'confirmedAt'>,
  prover: Prover,
): Promise<Proof> {
  const { options } = prover
  const findings: Finding[] = known.otherUuid ? [{ ...passed(), problems: [OTHER_UUID] }] : []
  let cameBack = false
  if (provesSessions(options)) {
    const seen = await watchSessions(sent, known, { late, confirmedAt }, prover)
    cameBack = seen.kind === 'seen' && seen.anew.length > 0
    findings.push(
      judgeSessions(seen, options),
      judgeLastLogin(sent.user, known, sent, options),
      ...devicesUntouched(known, options),
    )
  }
  const isProven = findings.every(({ problems }) => problems.length === 0)
  let seat: SeatFinding | undefined
  if (options.removeSeat) {
    if (!isProven) seat = seatNotDone()
    else if (cameBack || (!provesSessions(options) && (await mayHaveComeBack(sent, known, prover))))
      seat = seatNotDone(CAME_BACK)
    else seat = await prover.seats.remove(known)
  }
  if (provesDevices(options)) findings.push(await proveDevices(sent, known, late, isProven, prover))
  return [findings, seat]
}

async function watchSessions(
  sent: Confirmed,
  known: Known,
  { late, confirmedAt }: Pick<Clues, 'late' | 'confirmedAt'>,
  { endpoints, patience, options }: Prover,
): ReturnType<typeof waitForSessions> {
  if (sent.answer.date === undefined) return notSeen(NO_DATE)
  if (known.answers.some((answer) => clocksDisagree(answer, sent.answer))) return notSeen(CLOCKS_DISAGREE)
  const newIsFine = options.signedInAgain === 'warn'
  const evidence = evidenceOf(late ? undefined : known.sessions, sent.answer, newIsFine)
  return waitForSessions(endpoints, patience, known, evidence, confirmedAt)
}

/** Whether there is a session from after the revocation, as far as one read can tell; in case of doubt there is. */
async function mayHaveComeBack(sent: Confirmed, known: Known, { endpoints }: Prover): Promise<boolean> {
  const sessions = await readSessions(endpoints, known, 'read')
  if (sessions.kind !== 'read') return true
  return sessions.lists.some(
    (list) =>
      clocksDisagree(list, sent.answer) || list.result.some((session) => mayBeNew(session, sent.answer)),
  )
}

const NO_DATE = userProblem(
  'the answer had no usable `Date` header to tell old sessions by',
  'Look for a proxy between the runner and Cloudflare that removes the header.',
)
const CAME_BACK = userProblem(
  'the user may have signed in again, and would take a seat at once',
  'Disable the account in the identity provider, then run the step again.',
)
