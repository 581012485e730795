import type { Answered } from '../cloudflare/answer.ts'
import { type Problem, userProblem } from '../cloudflare/problem.ts'
import type { AccessUser, Seat } from '../cloudflare/records.ts'
import { type Options, provesSessions } from '../inputs/options.ts'
import type { Owner } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { quantity } from '../text/quantity.ts'
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
 * and blocks nobody (Cloudflare One docs, "Seat management"), so it happens only once the sessions are proven to be gone.
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
        run.options.removeSeat
          ? free(owner, confirmation, progress, run)
          : Promise.resolve(finding('not_requested')),
    }),
  unchecked: notFreed,
}

/** What became of the seats, as the report names it. */
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
    signedInAgain || (!provesSessions(run.options) && (await mayBeSignedInAgain(owner, confirmation, run)))
  if (isBack) return failed(notFreed(SIGNED_IN_AGAIN), UNTOUCHED)
  const held = owner.records.filter(mayHoldSeat)
  if (held.length === 0) return finding('verified', seen('none'))
  const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))]
  if (held.some(({ seat_uid: uid }) => uid === undefined)) return failed(notFreed(NO_UID), seen('failed'))
  const call = await run.endpoints.freeSeats(uids, owner.email)
  if (call.kind !== 'result') {
    return failed(notFreed(readProblem(call, 'Or remove `remove-seat`.')), seen('failed'))
  }
  const after = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid))
  const areFree = uids.every((uid) => {
    const seats = after.filter(({ seat_uid }) => seat_uid === uid)
    return seats.length > 0 && seats.every(isFree)
  })
  return areFree
    ? finding('confirmed', { ...seen('removed', after), isTallied: true })
    : failed(notFreed({ ...STILL_ASSIGNED, ...callOf(call) }), seen('failed', after))
}

/** Without a `seat_uid` there is no seat unless a flag says otherwise; with one there is unless both flags are false. */
function mayHoldSeat({ seat_uid: uid, access_seat: access, gateway_seat: gateway }: AccessUser): boolean {
  return uid === undefined ? access === true || gateway === true : access !== false || gateway !== false
}

function isFree({ access_seat: access, gateway_seat: gateway }: Seat): boolean {
  return access === false && gateway === false
}

function callOf({ httpStatus, rayId }: Answered<unknown>): Pick<Problem, 'httpStatus' | 'rayId'> {
  return { httpStatus, ...(rayId !== undefined && { rayId }) }
}

/** The problem of a user who is revoked, but whose seat was not freed. */
function notFreed(problem: Problem): Problem {
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
const NO_UID = userProblem('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.')
