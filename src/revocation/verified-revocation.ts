import type { Endpoints } from '../cloudflare/endpoints.ts'
import { unexpectedProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { User } from '../users/user.ts'
import type { Verification, WouldRevoke } from './outcome.ts'
import type { Pending } from './revoke-all.ts'
import { revokeUser } from './revoke-user.ts'
import type { SessionWatch, Sighting } from './session-watch.ts'
import type { UserRecords, UserRecordsReader } from './user-records.ts'
import {
  NO_DATE,
  notVerified,
  OTHER_UUID,
  UNKNOWN_USER,
  unverified,
  verified,
  WOULD_BE_OTHER_UUID,
  WOULD_BE_UNKNOWN,
} from './verification.ts'

/** What it takes to revoke a user and to verify it. */
export interface Revoker {
  readonly endpoints: Endpoints
  readonly records: UserRecordsReader
  readonly watch: SessionWatch
  readonly options: Options
  /** Takes whatever was thrown that nobody thought of. */
  readonly onUnexpected: (error: unknown) => void
}

/**
 * Reads the user's records, revokes, and then watches the sessions go. The revocation is sent whatever the records say,
 * or if they cannot be read.
 *
 * @returns what became of the user; where there are sessions to watch, a function that watches them, so that others can
 * be revoked in the meantime
 */
export async function revokeAndVerify(user: User, revoker: Revoker): Promise<Pending> {
  const { endpoints, options } = revoker
  const known = await revoker.records.read(user)
  const otherUuid = known.kind === 'known' && known.otherUuid
  // A UUID of somebody else must not lead the revocation away from the address.
  const sent = await revokeUser(endpoints, user, options, otherUuid ? undefined : user.userUid)
  if (sent.status === 'skipped') return sent
  const verification: Verification = { state: 'not_done', ...countsBefore(known), warnings: [] }
  if (sent.status === 'failed') return { ...sent, verification }
  switch (known.kind) {
    case 'unread':
      return unverified(sent, notVerified(known.problem), verification)
    case 'unknown':
      return options.unknownUser === 'fail'
        ? unverified(sent, UNKNOWN_USER, verification)
        : { ...sent, verification: { ...verification, warnings: [`${UNKNOWN_USER.what}.`] } }
    case 'known': {
      const confirmedAt = Date.parse(sent.date ?? '')
      if (Number.isNaN(confirmedAt)) return unverified(sent, NO_DATE, verification)
      const watched = {
        email: user.email,
        before: known,
        cutoff: Math.floor(confirmedAt / 1_000),
        devices: options.devices,
      }
      return async () => {
        const seen = await revoker.watch.watch(watched).catch((error: unknown): Sighting => {
          revoker.onUnexpected(error)
          return { old: 0, anew: [], problem: unexpectedProblem(error) }
        })
        const judged = verified({ ...sent, verification }, seen, options)
        return otherUuid ? unverified(sent, OTHER_UUID, judged.verification) : judged
      }
    }
  }
}

/** A dry run's part of it: what would be cut, and what would make the run red. It only reads. */
export async function rehearse(user: User, { records, options }: Revoker): Promise<WouldRevoke> {
  const known = await records.read(user)
  const would = { status: 'would_revoke', revocation: 'not_sent', user } as const
  const verification: Verification = { state: 'not_done', ...countsBefore(known), warnings: [] }
  if (known.kind === 'unread') return { ...would, verification, problem: known.problem }
  if (known.kind === 'known')
    return { ...would, verification, ...(known.otherUuid && { problem: WOULD_BE_OTHER_UUID }) }
  return options.unknownUser === 'fail'
    ? { ...would, verification, problem: WOULD_BE_UNKNOWN }
    : { ...would, verification: { ...verification, warnings: [`${WOULD_BE_UNKNOWN.what}.`] } }
}

function countsBefore(known: UserRecords): Pick<Verification, 'sessionsBefore' | 'devicesBefore'> {
  return known.kind === 'known' ? { sessionsBefore: known.sessions, devicesBefore: known.devices } : {}
}
