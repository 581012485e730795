import { idsOf } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { AccessUser, Seat } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { monotonicMs } from '../text/measures.ts'
import { type AccountUser, isRecent, mayHoldSeat } from './account-user.ts'
import {
  type Confirmation,
  type ControlResult,
  type NotPassed,
  readProblem,
  type SeatChecks,
} from './controls.ts'
import type { RunContext } from './run-context.ts'
import { mayBeSignedInAgain, type SessionsResult } from './sessions.ts'

/** What was done for a user's seat. */
export type SeatResult = ControlResult & { readonly seat: SeatChecks }

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
  confirmation: Confirmation,
  sessions: SessionsResult | undefined,
  obstacle: ApiProblem | undefined,
  run: RunContext,
): Promise<SeatResult> {
  if (obstacle !== undefined) {
    return { state: 'failed', problem: obstacle, warnings: [], seat: UNTOUCHED }
  }
  const isBack = sessions?.isSignedIn ?? (await mayBeSignedInAgain(user, confirmation, run))
  if (isBack) return { ...notFreed(SIGNED_IN_AGAIN), seat: UNTOUCHED }
  const current = await currentUser(user, run)
  if ('what' in current) return { ...notFreed(current), seat: FAILED }
  const held = current.records.filter(mayHoldSeat)
  return held.length > 0
    ? freeAll(user.email, held, run)
    : { state: 'verified', warnings: [], seat: { state: 'none', seats: [] } }
}

/** If the records are old and show no seat, one may have been assigned since: they are read again. */
async function currentUser(user: AccountUser, { directory }: RunContext): Promise<AccountUser | ApiProblem> {
  if (isRecent(user, monotonicMs()) || user.records.some(mayHoldSeat)) return user
  const call = await directory.findNow(user.email)
  return call.kind === 'result' ? call.result : readProblem(call, WITHOUT_SEAT)
}

async function freeAll(
  email: string,
  held: readonly AccessUser[],
  { endpoints }: RunContext,
): Promise<SeatResult> {
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))]
  if (held.some(({ seat_uid: uid }) => uid === undefined)) return { ...notFreed(NO_UID), seat: FAILED }
  const call = await endpoints.freeSeats(uids, email)
  if (call.kind !== 'result') return { ...notFreed(readProblem(call, WITHOUT_SEAT)), seat: FAILED }
  const seats = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid))
  const shown = uids.map((uid) => seats.filter(({ seat_uid }) => seat_uid === uid))
  if (shown.every((each) => each.length > 0 && each.every(isFree))) {
    return { state: 'confirmed', warnings: [], seat: { state: 'removed', seats } }
  }
  const problem = seats.every(isFree) ? NOT_SHOWN : STILL_ASSIGNED
  return { ...notFreed({ ...problem, ...idsOf(call) }), seat: { state: 'failed', seats } }
}

function isFree({ access_seat: access, gateway_seat: gateway }: Seat): boolean {
  return access === false && gateway === false
}

/** The user is revoked, but the seat was not freed. */
function notFreed(problem: ApiProblem): NotPassed {
  return { state: 'failed', problem: seatProblem(problem), warnings: [] }
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
const STILL_ASSIGNED = userProblem(
  'Cloudflare answered that it is still taken',
  'Run the step again, or remove the user from the seat in Zero Trust.',
)
const NOT_SHOWN = userProblem(
  'the answer does not show it',
  'Run the step again, or remove the user from the seat in Zero Trust.',
)
const NO_UID = userProblem('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.')

/** How to do without the permission to free seats. */
export const WITHOUT_SEAT = 'To leave seats as they are, remove `remove-seat`.'
