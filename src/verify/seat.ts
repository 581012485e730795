import { idsOf, type ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Seat } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { type AccountUser, mayHoldSeat } from './user-directory.ts'
import { agreedTimes } from './clocks.ts'
import {
  type Confirmation,
  type ControlResult,
  failed,
  readProblem,
  type SeatChecks,
  VERIFIED,
} from './controls.ts'
import type { RunContext } from './run-context.ts'
import { readSessions } from './sessions.ts'

const UNTOUCHED: SeatChecks = { state: 'not_done', seats: [] }

/** What is known of the seat as long as nothing was done for it; undefined for a user who was not found. */
export function seatBefore(user: AccountUser | undefined, { dryRun }: Pick<Options, 'dryRun'>): SeatChecks {
  if (dryRun === false || user === undefined) return UNTOUCHED
  return user.records.some(mayHoldSeat) ? { ...UNTOUCHED, wouldFree: true } : { state: 'none', seats: [] }
}

/**
 * Frees the Zero Trust seat of a user; several records can have one each. It deletes the user's device registrations and
 * blocks no one (Cloudflare One docs, "Seat management"), so it happens only once the sessions are verified to be gone.
 *
 * @param sessions - undefined if they were not verified, and then they are read once
 * @param obstacle - why the revocation is not verified
 */
export async function freeSeat(
  user: AccountUser,
  { time }: Confirmation,
  sessions: ControlResult | undefined,
  obstacle: ApiProblem | undefined,
  run: RunContext,
): Promise<ControlResult> {
  if (obstacle !== undefined) return { ...failed(obstacle), checks: { seat: UNTOUCHED } }
  const isBack =
    sessions === undefined
      ? await mayBeSignedInAgain(user, time, run)
      : sessions.checks?.sessions?.after !== 0
  if (isBack) return notFreed(SIGNED_IN_AGAIN, UNTOUCHED)
  // If the records are old and show no seat, one may have been assigned since.
  const current = user.records.some(mayHoldSeat) ? user : await run.directory.refresh(user)
  if ('kind' in current) return notFreed(readProblem(current, WITHOUT_SEAT))
  const held = current.records.filter(mayHoldSeat)
  if (held.length === 0) return { ...VERIFIED, checks: { seat: { state: 'none', seats: [] } } }
  if (held.some(({ seat_uid: uid }) => uid === undefined)) return notFreed(NO_UID)
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))]
  const call = await run.endpoints.freeSeats(uids, user.email)
  if (call.kind !== 'result') return notFreed(readProblem(call, WITHOUT_SEAT))
  const seats = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid))
  const areFree = seats.every(isFree)
  const areShown = uids.every((uid) => seats.some(({ seat_uid }) => seat_uid === uid))
  if (areFree && areShown)
    return { state: 'confirmed', warnings: [], checks: { seat: { state: 'removed', seats } } }
  const problem = areFree ? NOT_SHOWN : STILL_ASSIGNED
  return notFreed({ ...problem, ...idsOf(call) }, { state: 'failed', seats })
}

/**
 * Whether the user may have a session begun after the revocation, by one read: one whose time does not clearly say
 * otherwise. If the read fails, or proves nothing, the user may.
 */
async function mayBeSignedInAgain(user: AccountUser, time: ServerTime, run: RunContext): Promise<boolean> {
  const seen = await readSessions(user, run, 'read')
  if ('what' in seen || 'what' in agreedTimes(time, seen.answers)) return true
  return seen.items.some(({ iat = Infinity }) => iat * 1_000 >= (time.date ?? 0))
}

function isFree({ access_seat: access, gateway_seat: gateway }: Seat): boolean {
  return access === false && gateway === false
}

function notFreed(problem: ApiProblem, seat: SeatChecks = FAILED): ControlResult {
  return { ...failed(seatProblem(problem)), checks: { seat } }
}

/** Why the seat of a user who is revoked was not freed. */
export function seatProblem(problem: ApiProblem): ApiProblem {
  return { ...problem, what: `Revoked, but the seat was not freed: ${problem.what}`, scope: 'user' }
}

const FAILED: SeatChecks = { state: 'failed', seats: [] }

const SIGNED_IN_AGAIN = userProblem(
  'the user may have signed in again, and would take a seat at once',
  'Disable the account in the identity provider, then run the step again.',
)
const RUN_AGAIN = 'Run the step again, or remove the user from the seat in Zero Trust.'
const STILL_ASSIGNED = userProblem('Cloudflare answered that it is still taken', RUN_AGAIN)
const NOT_SHOWN = userProblem('the answer does not show it', RUN_AGAIN)
const NO_UID = userProblem('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.')

export const WITHOUT_SEAT = 'To leave seats as they are, remove `remove-seat`.'
