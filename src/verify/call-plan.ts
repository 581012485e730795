import { looksUp, provesDevices, provesSessions, type RunOptions } from '../inputs/options.ts'

/** The calls that a run will make. */
export interface CallPlan {
  /** Whether sessions before the revocation are left unread, since that costs a call for each user. */
  readonly isLong: boolean
  /** The calls of the run if each user is looked up individually, and little has to be repeated. */
  readonly callsOneByOne: number
  /** The calls of the run if everything that may be read again has to be. */
  readonly maxCalls: number
}

/** With more due users, the sessions before the revocation are not read. */
const MAX_USERS_OF_SHORT_LIST = 100

/** A look-up reads by address, and by search; where letter case matters, each of them twice. */
const CALLS_OF_LOOK_UP = 2
const MAX_CALLS_OF_LOOK_UP = 4

/** How often sessions, or devices, are polled within their time at most. */
const MAX_READS = 12

/** The calls that concern no user: the check of the credential. */
const OTHER_CALLS = 2

/** Plans the calls for this many due users. */
export function planCalls(due: number, options: RunOptions): CallPlan {
  const isLong = due > MAX_USERS_OF_SHORT_LIST
  const kinds = kindsOfCalls(options, readsSessionsBefore(options, isLong))
  const sum = (calls: readonly number[]): number => calls.reduce((all, each) => all + each, 0)
  return {
    isLong,
    callsOneByOne: due * sum(kinds.map(([expected]) => expected)),
    maxCalls: OTHER_CALLS + due * sum(kinds.map(([, most]) => most)),
  }
}

/** Whether sessions are read before the revocation: on long lists only if nothing else distinguishes new ones that are allowed. */
export function readsSessionsBefore(
  { verify, dryRun, signedInAgain }: Pick<RunOptions, 'verify' | 'dryRun' | 'signedInAgain'>,
  isLong: boolean,
): boolean {
  return verify !== false && (!isLong || dryRun || signedInAgain === 'warn')
}

/** Each kind of call for a user: how often it is expected, and how often it is made at most. */
function kindsOfCalls(options: RunOptions, sessionsBefore: boolean): (readonly [number, number])[] {
  const { removeSeat } = options
  const isSeatAlone = removeSeat && !provesSessions(options)
  return [
    // The revocation.
    [1, 1],
    // The look-up, in the list of the organization and then individually.
    looksUp(options) ? [CALLS_OF_LOOK_UP, 1 + MAX_CALLS_OF_LOOK_UP] : [0, 0],
    sessionsBefore ? [1, 1] : [0, 0],
    provesSessions(options) ? [1, MAX_READS] : isSeatAlone ? [1, 1] : [0, 0],
    // How the user came back.
    provesSessions(options) ? [0, 1] : [0, 0],
    // Devices before, as a batch and alone, with a fresh count; and devices after.
    provesDevices(options) ? [2, 2 + MAX_CALLS_OF_LOOK_UP + 2 * MAX_READS] : [0, 0],
    // The seat, with a fresh record.
    removeSeat ? [1, 1 + MAX_CALLS_OF_LOOK_UP] : [0, 0],
  ]
}
