import type { AccessUser, Seat } from '../cloudflare/records.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { userProblem, type Problem } from '../cloudflare/problem.ts'
import type { SeatRemoval } from './outcome.ts'
import type { Owner } from './user-directory.ts'
import { readProblem } from './read-problem.ts'

/** What came of freeing a user's seats, and why they are not free. */
export interface SeatFinding {
  readonly seat: SeatRemoval
  readonly problem?: Problem
}

/** Frees users' seats, and gives up for the whole run once it turns out that the credential may not free them. */
export class SeatRemover {
  readonly #endpoints: Endpoints
  #givenUp: Problem | undefined

  constructor(endpoints: Endpoints) {
    this.#endpoints = endpoints
  }

  /** Frees all seats of the user. It never throws for what Cloudflare or the network does. */
  async remove({ email, records }: Owner): Promise<SeatFinding> {
    const held = records.filter(holdsSeat)
    if (held.length === 0) return { seat: NONE }
    const uids = [...new Set(held.flatMap(({ seat_uid: uid }) => uid ?? []))]
    if (held.some(({ seat_uid: uid }) => uid === undefined)) return notFreed(NO_UID)
    if (this.#givenUp !== undefined) return notFreed(this.#givenUp)
    const call = await this.#endpoints.freeSeats(uids, email)
    if (call.kind !== 'result') {
      const problem = readProblem(call, 'Or remove `remove-seat`.')
      if (problem.scope === 'all_users') this.#givenUp = problem
      return notFreed(problem)
    }
    const after = call.result.filter(({ seat_uid: uid }) => uid !== undefined && uids.includes(uid))
    const free = uids.every((uid) => {
      const seats = after.filter(({ seat_uid }) => seat_uid === uid)
      return seats.length > 0 && seats.every(isFree)
    })
    return free ? { seat: { state: 'removed', flagsAfter: after } } : notFreed(STAYS, after)
  }
}

/** Whether any of the records has a seat, or may have one. */
export function mayHoldSeat(records: readonly AccessUser[]): boolean {
  return records.some(holdsSeat)
}

/** A seat was not touched. */
export function seatNotDone(problem?: Problem): SeatFinding {
  return {
    seat: { state: 'not_done', flagsAfter: [] },
    ...(problem !== undefined && { problem: unfreed(problem) }),
  }
}

const NONE: SeatRemoval = { state: 'none', flagsAfter: [] }

/** No `seat_uid` means no seat, unless a flag says otherwise; with one, only two flags that are false mean no seat. */
function holdsSeat({ seat_uid: uid, access_seat: access, gateway_seat: gateway }: AccessUser): boolean {
  return uid === undefined ? access === true || gateway === true : access !== false || gateway !== false
}

function isFree({ access_seat: access, gateway_seat: gateway }: Seat): boolean {
  return access === false && gateway === false
}

function notFreed(problem: Problem, flagsAfter: readonly Seat[] = []): SeatFinding {
  return { seat: { state: 'failed', flagsAfter }, problem: unfreed(problem) }
}

/** That a user is revoked, but something kept the seat from being freed. */
function unfreed(problem: Problem): Problem {
  return { ...problem, what: `Revoked, but the seat was not freed: ${problem.what}`, scope: 'user' }
}

const STAYS = userProblem(
  'Cloudflare answered that it is still taken',
  'Run the step again, or remove the user from the seat in Zero Trust.',
)
const NO_UID = userProblem('Cloudflare gave no ID for it', 'Remove the user from the seat in Zero Trust.')
