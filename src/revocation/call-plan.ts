import { CONTROLS } from '../controls/controls.ts'
import { looksUp, provesSessions, type RunOptions } from '../inputs/options.ts'
import type { CallPlan } from '../organization/run-context.ts'

/** With more due users, evidence from before the revocation is left out where it costs a call for each user. */
const MAX_USERS_OF_SHORT_LIST = 100

/** Sessions before, further letter cases, and a few more reads. */
const SPARE_CALLS_OF_PROOF = 5

/** Plans the calls for so many due users. */
export function planCalls(due: number, options: RunOptions): CallPlan {
  const calls = CONTROLS.reduce(
    (sum, control) => sum + control.calls(options),
    1 + (looksUp(options) ? 1 : 0),
  )
  return {
    isLong: due > MAX_USERS_OF_SHORT_LIST,
    maxCalls: due * (calls + (provesSessions(options) ? SPARE_CALLS_OF_PROOF : 0)),
    callsOneByOne: due * calls,
  }
}
