import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { addressKey } from '../text/email-address.ts'
import type { UserList } from '../users/user-list.ts'
import { countDevices, lastLoginOf, mayHoldSeat } from './user-directory.ts'
import { readProblem } from './controls.ts'
import type { RunContext } from './run-context.ts'

/** A user of the organization who is on no list of the step, and still has a device, a seat, or a recent login. */
export type UnlistedUser = Readonly<ReturnType<typeof activeUser>>

/** Whom the lists forgot, the most active users first, or why that is not known. */
export type NotListed = readonly UnlistedUser[] | ApiProblem

/**
 * Finds the active users of the organization who are on no list of the step. It only reads.
 *
 * @returns undefined if `not-listed` does not ask for them
 */
export async function findNotListed(
  list: Pick<UserList, 'isNamed'>,
  { options, directory }: Pick<RunContext, 'options' | 'directory'>,
): Promise<NotListed | undefined> {
  if (options.notListed === 'ignore') return undefined
  const call = await directory.activeRecords()
  if (call.kind === 'stopped') return userProblem('The run was stopped first', 'Run the step again.')
  if (call.kind === 'problem') return readProblem(call, 'To do without, remove `not-listed`.')
  // A record without an address is a user of its own.
  const byAddress = Map.groupBy(call.result, ({ email, id }) => (email === '' ? id : addressKey(email)))
  const users = Array.from(byAddress.values(), activeUser)
  const unlisted = users.filter(({ email }) => !list.isNamed(email))
  return unlisted.length * 2 > users.length
    ? NOT_OF_EVERYONE
    : unlisted.toSorted((one, other) => activityOf(other) - activityOf(one))
}

function activeUser(records: readonly AccessUser[]) {
  const [{ email, id } = { email: '', id: '' }] = records
  return {
    /** In Cloudflare's spelling. */
    email,
    /** The ID of the first of the user's records. */
    id,
    /** Active ones; undefined if a record does not say. */
    devices: countDevices({ records }),
    hasSeat: records.some(mayHoldSeat),
    lastLogin: lastLoginOf({ records }),
  }
}

/** A device counts for more than a seat, and a seat for more than any login, whose time is below 10^15. */
function activityOf({ devices = 0, hasSeat, lastLogin: { at = 0, isKnown } }: UnlistedUser): number {
  return (devices > 0 ? 2e15 : 0) + (hasSeat ? 1e15 : 0) + (isKnown ? at : 9e14)
}

const NOT_OF_EVERYONE = userProblem(
  'More than half of the active users of the organization are on none, so the lists are not of the whole staff',
  'Set `users-file` to an export of everyone who may have access, or remove `not-listed`.',
)
