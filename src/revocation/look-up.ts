import pMap from 'p-map'
import type { ServerTime } from '../cloudflare/answer.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { AccessUser } from '../cloudflare/records.ts'
import { type Control, type LookedUp, readProblem } from '../controls/control.ts'
import { CONTROLS, lookedUpFor, type LookedUpControls } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import { countDevices, hasUuid, loginAfterLeaving } from '../organization/owner.ts'
import type { RunContext } from '../organization/run-context.ts'
import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { quantity } from '../text/measures.ts'
import type { User } from '../users/user.ts'
import type { NotProcessed } from './outcome.ts'

/** What the organization knows of a user. */
export type LookUp = Known | Unknown | Unread

/** At least one record has the address. */
export interface Known {
  readonly kind: 'known'
  /** The organization's spelling of the address, if all records agree on another one than was given. */
  readonly spelling?: EmailAddress
  /** The IDs of the records. */
  readonly ids: readonly string[]
  readonly controls: LookedUpControls
  /** Whether a UUID was given that none of the records has. */
  readonly hasOtherUuid: boolean
  /** All answers that were read. */
  readonly answers: readonly ServerTime[]
}

/** No user with the address ever authenticated, or registered a client. */
export interface Unknown {
  readonly kind: 'unknown'
}

/** The user could not be looked up. */
export interface Unread {
  readonly kind: 'unread'
  readonly problem: ApiProblem
}

/** Looks a user up, with all that the controls need. Never throws for what Cloudflare or the network does. */
export async function lookUp({ email, userUid }: User, run: RunContext): Promise<LookUp> {
  const users = await run.directory.find(email)
  if (users.kind !== 'result') {
    const { consequence, alternative } = permissionHelp(run.options)
    const problem = readProblem(users, alternative)
    if (problem.scope === 'all_users') run.reportRefusal(consequence, problem)
    return { kind: 'unread', problem }
  }
  const records = users.result
  if (records.length === 0) return { kind: 'unknown' }
  const owner = { email, records, readAt: users.receivedAt }
  const controls = new Map<Control, LookedUp>()
  for (const control of CONTROLS) {
    const lookedUp = await control.lookUp?.(owner, run)
    if (lookedUp === undefined) continue
    controls.set(control, lookedUp)
    const { problem } = lookedUp
    const { withoutLookUp = '' } = control
    if (problem?.scope === 'all_users') run.reportRefusal(withoutLookUp, problem)
  }
  return {
    kind: 'known',
    ids: records.map(({ id }) => id),
    ...spellingOf(email, records),
    controls,
    hasOtherUuid: userUid !== undefined && !hasUuid(records, userUid),
    answers: [users, ...[...controls.values()].flatMap(({ answers }) => answers)],
  }
}

function spellingOf(email: string, records: readonly AccessUser[]): Pick<Known, 'spelling'> {
  const [one = email, ...others] = new Set(records.map((record) => record.email))
  const spelling = others.length === 0 && one !== email ? parseEmailAddress(one) : undefined
  return typeof spelling === 'string' ? { spelling } : {}
}

/** What fails if users cannot be looked up, and how to do without. */
function permissionHelp(options: Options): { consequence: string; alternative: string } {
  const controls = lookedUpFor(options)
  const inputs = controls.flatMap(({ lookUpInput = [] }) => lookUpInput)
  const consequence = controls
    .slice(0, 1)
    .map(({ withoutLookUp = '' }) => withoutLookUp)
    .join()
  return {
    consequence: options.dryRun === true ? consequence : `${consequence} Revocations are still sent.`,
    alternative: `Or remove ${inputs.join(' and ')}.`,
  }
}

/** At most this many past users are looked up, since each may cost a call. */
export const MAX_PAST_USERS = 100

/**
 * Finds past users who may never have been revoked: they still have active devices, and never signed in since. A user
 * who did sign in may have been rehired.
 *
 * @returns those users, each with a warning
 */
export async function pastUsersStillActive(
  past: readonly User[],
  { directory, options: { concurrency } }: Pick<RunContext, 'directory' | 'options'>,
): Promise<readonly NotProcessed[]> {
  const found = await pMap(
    past,
    async (user): Promise<NotProcessed[]> => {
      const call = await directory.find(user.email)
      if (call.kind !== 'result' || loginAfterLeaving(user, call.result) !== undefined) return []
      const devices = countDevices(call.result) ?? 0
      if (devices === 0) return []
      const warning = `The user still has ${quantity(devices, 'active device')} and has not signed in since \`revoke_after\`, so the user may never have been revoked. To revoke the user now, raise \`due-within-days\`.`
      return [{ status: 'past', revocation: 'not_sent', user, warnings: [warning] }]
    },
    { concurrency },
  )
  return found.flat()
}

export const CHECK_SPELLING = 'Check the spelling of the address.'
const CHECK_UNKNOWN = `${CHECK_SPELLING} If the user may never have used Access, set \`unknown-user: warn\`.`
const CHECK_UUID = 'Check `user-uid`, or `user_uid` in the list, against the address.'

/** The problems of a revocation whose user may be the wrong one. */
export const UNKNOWN_USER = userProblem('Not revoked: the organization knows no such user', CHECK_UNKNOWN)
export const UNKNOWN_LOOK_ALIKE = userProblem(
  'Not revoked: the organization knows no such user, and the address contains characters that may only look like others',
  'Type the address instead of pasting it, and compare it with the one in Zero Trust.',
)
export const OTHER_UUID = userProblem(
  'Revoked, but the UUID belongs to another user than the address: the revocation was sent for the address alone',
  CHECK_UUID,
)

/** The same in a dry run. */
export const WOULD_BE_UNKNOWN = userProblem('The organization knows no such user', CHECK_UNKNOWN)
export const WOULD_BE_OTHER_UUID = userProblem(
  'The UUID belongs to another user than the address',
  CHECK_UUID,
)
