import { finding } from '../controls/control.ts'
import { CONTROLS, uncheckedControls } from '../controls/controls.ts'
import { needsLookUp, type Options, verifiesSessions } from '../inputs/options.ts'
import type { RunContext } from '../organization/run-context.ts'
import { isAscii } from '../text/plain-text.ts'
import type { User } from '../users/user.ts'
import { CHECK_SPELLING, lookUp, WOULD_BE_OTHER_UUID, WOULD_BE_UNKNOWN } from './look-up.ts'
import type { WouldRevoke } from './outcome.ts'

/** Reads what a revocation would cut, and what would make the run red. */
export async function dryRunUser(user: User, run: RunContext): Promise<WouldRevoke> {
  const { options } = run
  const would = {
    status: 'would_revoke',
    revocation: 'not_sent',
    user,
    controls: uncheckedControls(options, 'not_requested'),
    ...(verifiesSessions(options) && { verification: 'not_done' as const }),
    warnings: [],
  } as const
  if (!needsLookUp(options)) return would
  const known = await lookUp(user, run)
  if (known.kind === 'unread') return { ...would, problem: known.problem }
  if (known.kind === 'unknown') {
    return options.unknownUser === 'fail' || !isAscii(user.email)
      ? { ...would, problem: WOULD_BE_UNKNOWN }
      : { ...would, warnings: [`${WOULD_BE_UNKNOWN.what}. ${CHECK_SPELLING}`] }
  }
  const problem = known.hasOtherUuid
    ? WOULD_BE_OTHER_UUID
    : [...known.controls.values()].map((control) => control.problem).find((each) => each !== undefined)
  return {
    ...would,
    accountUserIds: known.ids,
    controls: CONTROLS.map((control) => ({
      control,
      ...finding('not_requested', known.controls.get(control)?.seen),
    })),
    ...(problem !== undefined && { problem }),
  }
}

/** Nothing is sent: all due users would be revoked. */
export function offlineOutcomes(
  due: readonly User[],
  options: Options,
  onOutcome: (outcome: WouldRevoke) => void,
): ReadonlyMap<User, WouldRevoke> {
  const controls = uncheckedControls(options, 'not_requested')
  const would = { status: 'would_revoke', revocation: 'not_sent', controls, warnings: [] } as const
  const outcomes = due.map((user) => ({ ...would, user }))
  for (const outcome of outcomes) onOutcome(outcome)
  return new Map(outcomes.map((outcome) => [outcome.user, outcome]))
}
