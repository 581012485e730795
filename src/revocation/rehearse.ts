import type { RunOptions } from '../inputs/options.ts'
import { isAscii } from '../text/plain-text.ts'
import type { User } from '../users/user.ts'
import { WOULD_BE_OTHER_UUID, WOULD_BE_UNKNOWN } from './identity-problems.ts'
import type { Verification, WouldRevoke } from './outcome.ts'
import { mayHoldSeat } from './seat-remover.ts'
import { readProblem } from './read-problem.ts'
import { activeDevices, evidenceBefore, type UserRecordsReader } from './user-records.ts'

/** A dry run's part: what would be cut, and what would make the run red. It only reads. */
export async function rehearse(
  user: User,
  records: UserRecordsReader,
  options: RunOptions,
): Promise<WouldRevoke> {
  const would = { status: 'would_revoke', revocation: 'not_sent', user } as const
  const known = await records.read(user)
  const verification: Verification = evidenceBefore(known, options)
  if (known.kind === 'unread') return { ...would, verification, problem: known.problem }
  if (known.kind === 'unknown') {
    return options.unknownUser === 'fail' || !isAscii(user.email)
      ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
      : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } }
  }
  const unread = known.registrations !== undefined && known.registrations.kind !== 'result'
  const problem = known.otherUuid
    ? WOULD_BE_OTHER_UUID
    : unread
      ? readProblem(known.registrations, 'Or set `verify: sessions`.')
      : undefined
  const devices = activeDevices(known)
  const seat = { state: mayHoldSeat(known.records) ? 'not_done' : 'none', flagsAfter: [] } as const
  return {
    ...would,
    verification: { ...verification, ...(devices !== undefined && { devices }) },
    ...(problem !== undefined && { problem }),
    ...(options.removeSeat && { seat }),
  }
}
