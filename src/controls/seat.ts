import { idsOf } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { FailedCall } from '../cloudflare/client.ts'
import type { AccessUser, Seat } from '../cloudflare/records.ts'
import { type Options, verifiesSessions } from '../inputs/options.ts'
import type { Owner } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { elapsed, quantity } from '../text/measures.ts'
import { MAX_RECORD_AGE_MS } from '../timings.ts'
import {
  type Confirmation,
  type Control,
  failed,
  type Finding,
  finding,
  NOTHING_SEEN,
  type Progress,
  readProblem,
  type Seen,
} from './control.ts'
import { mayBeSignedInAgain } from './sessions.ts'

/**
 * The Zero Trust seat of a user; several records can have one each. Removing it deletes the user's device registrations
 * and blocks no one (Cloudflare One docs, "Seat management"), so it happens only once the sessions are proven to be gone.
 */
export const SEAT: Control = {
  name: 'seat',
  label: 'Seat',
  tally: (users) => `${quantity(users, 'seat')} freed`,
  isProof: false,
  lookUpInput: '`remove-seat`',
  withoutLookUp: 'No seat can be freed, so the step will be red.',
  isRequested: ({ removeSeat }) => removeSeat,
  needsLookUp: ({ removeSeat }) => removeSeat,
  calls: ({ removeSeat }) => (removeSeat ? 1 : 0),
  seenWithoutLookUp: ({ removeSeat }) => (removeSeat ? UNTOUCHED : NOTHING_SEEN),
  lookUp: (owner, run) =>
    Promise.resolve({
      seen: seenBefore(owner, run.options),
      answers: [],
      check: async (confirmation, progress) =>
        run.options.removeSeat ? free(owner, confirmation, progress, run) : finding('not_requested'),
    }),
  unchecked: notFreed,
}

/** The result for the seats, as the report names it. */
type SeatState = 'removed' | 'none' | 'failed' | 'not_done'

const PHRASES: Readonly<Record<SeatState, string>> = {
  removed: 'seat freed',
  none: 'no seat to free',
  failed: 'seat not freed',
  not_done: 'seat left untouched',
}

function seen(state: SeatState, flagsAfter: readonly Seat[] = [], phrase = PHRASES[state]): Seen {
  const flags = flagsAfter.map(({ seat_uid, access_seat, gateway_seat }) => ({
    seat_uid,
    access_seat,
    gateway_seat,
  }))
  return { facts: { seat: state, seat_flags_after: flags }, phrase, detail: phrase }
}

const UNTOUCHED = seen('not_done')

function seenBefore({ records }: Owner, { removeSeat, dryRun }: Options): Seen {
  if (!removeSeat) return NOTHING_SEEN
  if (!dryRun) return UNTOUCHED
  return records.some(mayHoldSeat)
    ? { ...seen('not_done', [], 'would free the seat'), isTallied: true }
    : seen('none')
}

/** Frees all seats of the user. Never throws for what Cloudflare or the network does. */
async function free(
  owner: Owner,
  confirmation: Confirmation,
  { isProven, signedInAgain }: Progress,
  run: RunContext,
): Promise<Finding> {
  if (!isProven) return finding('failed', UNTOUCHED)
  const isBack =
    signedInAgain || (!verifiesSessions(run.options) && (await mayBeSignedInAgain(owner, confirmation, run)))
  if (isBack) return failed(notFreed(SIGNED_IN_AGAIN), UNTOUCHED)
  const current = await currentRecords(owner, run)
  if ('kind' in current) return failed(notFreed(readProblem(current, WITHOUT_REMOVE_SEAT)), seen('failed'))
  const held = current.records.filter(mayHoldSeat)
  return held.length > 0 ? freeAll(owner.email, held, run) : finding('verified', seen('none'))
}

/** The records of a user. If they are old and show no seat, a seat may have been assigned since: they are read again. */
async function currentRecords(
  { email, records, readAt }: Owner,
  { directory }: RunContext,
): Promise<Pick<Owner, 'records'> | FailedCall> {
  const isOld = elapsed() - readAt > MAX_RECORD_AGE_MS
  if (!isOld || records.some(mayHoldSeat)) return { records }
  const call = await directory.findNow(email)
  return call.kind === 'result' ? { records: call.result } : call
}

async function freeAll(
  email: string,
  held: readonly AccessUser[],
  { endpoints }: RunContext,
): Promise<Finding> {
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))]
  if (held.some(({ seat_uid: uid }) => uid === undefined)) return failed(notFreed(NO_UID), seen('failed'))
  const call = await endpoints.freeSeats(uids, email)
  if (call.kind !== 'result') {
    return failed(notFreed(readProblem(call, WITHOUT_REMOVE_SEAT)), seen('failed'))
  }
  const after = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid))
  const shown = uids.map((uid) => after.filter(({ seat_uid }) => seat_uid === uid))
  if (shown.every((seats) => seats.length > 0 && seats.every(isFree))) {
    return finding('confirmed', { ...seen('removed', after), isTallied: true })
  }
  const problem = shown.some((seats) => seats.some((seat) => !isFree(seat))) ? STILL_ASSIGNED : NOT_SHOWN
  return failed(notFreed({ ...problem, ...idsOf(call) }), seen('failed', after))
}

/** Without a `seat_uid` there is no seat unless a flag says otherwise; with one there is unless both flags are false. */
function mayHoldSeat({ seat_uid: uid, access_seat: access, gateway_seat: gateway }: AccessUser): boolean {
  return uid === undefined ? access === true || gateway === true : access !== false || gateway !== false
}

function isFree({ access_seat: access, gateway_seat: gateway }: Seat): boolean {
  return access === false && gateway === false
}

/** The problem of a user who is revoked, but whose seat was not freed. */
function notFreed(problem: ApiProblem): ApiProblem {
  return { ...problem, what: `Revoked, but the seat was not freed: ${problem.what}`, scope: 'user' }
}

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
const WITHOUT_REMOVE_SEAT = 'Or remove `remove-seat`.'
const NO_UID = userProblem('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.')
