import type { User } from '../users/user.ts'
import type { DueOutcome } from './outcome.ts'
import { prove } from './prove.ts'
import type { Pending } from './revoke-all.ts'
import { revokeUser } from './revoke-user.ts'
import type { Revoker } from './revoker.ts'
import { seatNotDone } from './seat-remover.ts'
import { evidenceBefore } from './user-records.ts'

/** How long a revocation waits for the user's records. In milliseconds, holds for the rate limit not counted. */
const PATIENCE = 10_000

/**
 * Reads the user's records, revokes, and then proves what was asked for. The revocation is sent whatever the records say,
 * if they cannot be read, and after ten seconds also if they are still being read; then it goes to the address alone.
 *
 * @returns what became of the user; where there is something to wait for, a function that does, so that others can be
 * revoked in the meantime
 */
export async function revokeAndVerify(user: User, revoker: Revoker): Promise<Pending> {
  const { endpoints, queue, stop, options } = revoker
  const reading = revoker.records.read(user)
  const waited = new AbortController()
  const tooLate = queue
    .wait(PATIENCE, AbortSignal.any([waited.signal, stop.startSignal]))
    .then(nothing, nothing)
  const known = await Promise.race([reading, tooLate])
  waited.abort()
  // A UUID of somebody else, or one that is not checked yet, must not lead the revocation away from the address.
  const misled = known === undefined || (known.kind === 'known' && known.otherUuid)
  const userUid = misled ? undefined : user.userUid
  const sent = await revokeUser(endpoints, user, userUid, options, known === undefined)
  if (sent.status === 'skipped') return sent
  const before = evidenceBefore(known, options)
  if (sent.status === 'failed') {
    return { ...sent, verification: before, ...(options.removeSeat && { seat: seatNotDone().seat }) }
  }
  const confirmedAt = queue.runningTime
  const proveIt = async (): Promise<DueOutcome> => {
    const records = known ?? (await reading)
    return prove(sent, { records, late: known === undefined, before, confirmedAt }, revoker)
  }
  return known === undefined || known.kind === 'known' ? proveIt : proveIt()
}

function nothing(): undefined {
  return undefined
}
