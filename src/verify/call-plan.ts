import { needsLookUp, verifiesDevices, verifiesSessions, type RunOptions } from '../inputs/options.ts'
import { CALLS_OF_LOOK_UP } from './user-directory.ts'

/** The calls that a run will make. */
export interface CallPlan {
  /** Whether sessions before the revocation are left unread where possible, since that costs a call for each user. */
  readonly isLong: boolean
  /** If each user is looked up individually, and little has to be repeated. */
  readonly callsOneByOne: number
  /** If everything that may be read again has to be. */
  readonly maxCalls: number
}

/** With more due users, the sessions before the revocation are not read. */
const MAX_USERS_OF_SHORT_LIST = 100

/** The calls that concern no user: the check of the credential. */
const OTHER_CALLS = 2

/** Plans the calls for this many due users. */
export function planCalls(due: number, options: RunOptions): CallPlan {
  const isLong = due > MAX_USERS_OF_SHORT_LIST
  const before = readsSessionsBefore(options, isLong)
  // For each kind of call for a user: whether it is made, how often as a rule, and how often at most.
  const kinds: readonly (readonly [boolean, number, number])[] = [
    [true, 1, 1],
    // A look-up, in the list and then individually, in each letter case.
    [needsLookUp(options), CALLS_OF_LOOK_UP, 5],
    [before, 1, 1],
    // The sessions after the revocation until the time is up, and the login log.
    [verifiesSessions(options), 1, 13],
    // The devices before and after it, of a batch and alone, and a fresh count.
    [verifiesDevices(options), 2, 30],
    // The seat, with the sessions or a fresh record.
    [options.removeSeat, 1, 6],
  ]
  const made = kinds.filter(([isMade]) => isMade)
  return {
    isLong,
    callsOneByOne: made.reduce((sum, [, usual]) => sum + due * usual, 0),
    maxCalls: made.reduce((sum, [, , most]) => sum + due * most, OTHER_CALLS),
  }
}

/** Whether sessions are read before the revocation: on long lists only if nothing else distinguishes allowed new ones. */
export function readsSessionsBefore(options: RunOptions, isLong: boolean): boolean {
  return verifiesSessions(options) && (!isLong || options.dryRun || options.signedInAgain === 'warn')
}
