import { looksUp, provesDevices, provesSessions, type RunOptions } from '../inputs/options.ts'

/** With more due users than this, evidence from before the revocation is left out where it costs a call a user. */
const SHORT_LIST = 100

/** Milliseconds before the sessions are first read: on a long list when most of them are gone. */
const FIRST_PAUSE = 1_000
const FIRST_PAUSE_OF_LONG_LIST = 20_000

/**
 * Milliseconds in which the reads of several users' devices are gathered into one call: long enough for a dozen of them
 * where calls go one by one.
 */
const GATHERING = 5_000

/** How a run goes about its calls, by the number of users who are due. */
export interface CallPlan {
  readonly isLong: boolean
  readonly firstPause: number
  readonly gatherFor: number
  /** How many calls the run needs at the most, as long as little has to be repeated. */
  readonly mostCalls: number
  /** How many calls it needs if each user is looked up singly. */
  readonly callsSingly: number
}

/** Plans the calls for so many due users. */
export function planCalls(due: number, options: RunOptions): CallPlan {
  const isLong = due > SHORT_LIST
  const sessions = provesSessions(options)
  const devices = provesDevices(options)
  const least =
    1 + (looksUp(options) ? 1 : 0) + (sessions ? 1 : 0) + (options.removeSeat ? 1 : 0) + (devices ? 2 : 0)
  return {
    isLong,
    firstPause: isLong ? FIRST_PAUSE_OF_LONG_LIST : FIRST_PAUSE,
    gatherFor: isLong ? GATHERING : 0,
    // Sessions before, further letter cases, and a few more reads.
    mostCalls: due * (least + (sessions ? 5 : 0)),
    callsSingly: due * least,
  }
}
