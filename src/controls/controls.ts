import { unexpectedProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { RunContext } from '../organization/run-context.ts'
import { ACCESS_TOKENS, WARP_SESSION } from './confirmed-only.ts'
import {
  type Confirmation,
  type Control,
  type ControlResult,
  type ControlState,
  finding,
  type LookedUp,
  type Progress,
} from './control.ts'
import { DEVICES } from './devices.ts'
import { SEAT } from './seat.ts'
import { SESSIONS } from './sessions.ts'

/**
 * All controls, in the order in which they are checked and shown. The seat comes after the sessions, because a user who
 * is signed in would take it again, and before the devices, because freeing it deletes their registrations.
 */
export const CONTROLS: readonly Control[] = [ACCESS_TOKENS, SESSIONS, SEAT, DEVICES, WARP_SESSION]

/** What was read of each control of a user. */
export type LookedUpControls = ReadonlyMap<Control, LookedUp>

/**
 * Checks the controls of a user after a confirmed revocation, one after another. The seat is freed only if every
 * proof so far succeeded and the user has not signed in again ({@link Progress}). It never throws.
 *
 * @param isIdentified - whether the revoked user is certainly the one who was meant
 */
export async function checkControls(
  lookedUp: LookedUpControls,
  confirmation: Confirmation,
  isIdentified: boolean,
  run: RunContext,
): Promise<readonly ControlResult[]> {
  const results: ControlResult[] = []
  let progress: Progress = { isProven: isIdentified, signedInAgain: false }
  for (const control of CONTROLS) {
    const checked = await check(control, lookedUp.get(control), confirmation, progress, run)
    results.push(checked)
    progress = {
      isProven: progress.isProven && (!control.isProof || checked.problems.length === 0),
      signedInAgain: progress.signedInAgain || checked.signedInAgain === true,
    }
  }
  return results
}

async function check(
  control: Control,
  lookedUp: LookedUp | undefined,
  confirmation: Confirmation,
  progress: Progress,
  { options, log }: RunContext,
): Promise<ControlResult> {
  if (lookedUp === undefined) return unchecked(control, 'confirmed', options)
  try {
    return { control, ...(await lookedUp.check(confirmation, progress)) }
  } catch (error) {
    log.unexpected(error)
    const problems = [control.unchecked(unexpectedProblem(error))]
    return { ...unchecked(control, 'not_known', options), problems }
  }
}

/** The controls of a user for whom none was checked, with this state for those that are requested. */
export function uncheckedControls(
  options: Options,
  state: ControlState,
  lookedUp: LookedUpControls = new Map(),
): readonly ControlResult[] {
  return CONTROLS.map((control) => unchecked(control, state, options, lookedUp.get(control)))
}

function unchecked(
  control: Control,
  state: ControlState,
  options: Options,
  { seen } = { seen: control.seenWithoutLookUp(options) },
): ControlResult {
  return { control, ...finding(control.isRequested(options) ? state : 'not_requested', seen) }
}

/** The controls that users are looked up for. */
export function lookedUpFor(options: Options): readonly Control[] {
  return CONTROLS.filter((control) => control.needsLookUp(options))
}
