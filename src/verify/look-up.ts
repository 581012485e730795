import { type ApiProblem, unexpectedProblem, userProblem } from '../cloudflare/problem.ts'
import { type Options, verifiesSessions } from '../inputs/options.ts'
import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { isAscii } from '../text/plain-text.ts'
import type { User } from '../users/user.ts'
import { type AccountUser, hasUuid, idsOfUser } from './user-directory.ts'
import { type ControlState, readProblem, sameStates, type UserChecks } from './controls.ts'
import { deviceChecksBefore, type DevicesBefore, readDevicesBefore } from './devices.ts'
import type { RunContext } from './run-context.ts'
import { seatBefore, WITHOUT_SEAT } from './seat.ts'
import { readSessions, type SessionsBefore, WITHOUT_VERIFICATION } from './sessions.ts'

/** What the organization knows of a user: nothing, if no user with the address ever authenticated or enrolled a device. */
export type LookUp = Known | 'unknown' | ApiProblem

export interface Known {
  readonly accountUser: AccountUser
  /** Whether a UUID was given that none of the records has. */
  readonly hasOtherUuid: boolean
  readonly sessions: SessionsBefore
  readonly devices: DevicesBefore
}

/** Looks a user up, and reads what will be compared after the revocation. It never throws. */
export async function lookUp({ email, userUid }: User, run: RunContext): Promise<LookUp> {
  try {
    const call = await run.directory.find(email)
    if (call.kind !== 'result') return readProblem(call, withoutLookUp(run.options))
    const accountUser = call.result
    if (accountUser.records.length === 0) return 'unknown'
    // They are needed to distinguish old from new ones.
    const sessions = run.plan.readsSessionsBefore
      ? await readSessions(accountUser, run, 'look_up')
      : undefined
    const devices = await readDevicesBefore(accountUser, run)
    const hasOtherUuid = userUid !== undefined && !hasUuid(accountUser, userUid)
    return { accountUser, hasOtherUuid, sessions, devices }
  } catch (error) {
    run.log.unexpected(error)
    return unexpectedProblem(error)
  }
}

export function knownOf(found: LookUp | undefined): Known | undefined {
  return typeof found === 'object' && 'accountUser' in found ? found : undefined
}

/** The organization's spelling of the address, if all records agree on another one than was given. */
export function spellingOf({ accountUser: { email, records } }: Known): EmailAddress | undefined {
  const [one = email, ...others] = new Set(records.map((record) => record.email))
  const spelling = others.length === 0 && one !== email ? parseEmailAddress(one) : undefined
  return typeof spelling === 'string' ? spelling : undefined
}

/** What is told of a user for whom nothing was verified, with the same state for all that the step requests. */
export function checksBefore(options: Options, state: ControlState, known?: Known): UserChecks {
  const { sessions } = known ?? {}
  const devices = known && deviceChecksBefore(known.devices)
  return {
    controls: sameStates(options, state),
    ...(known !== undefined && { accountUserIds: idsOfUser(known.accountUser) }),
    ...(devices?.before !== undefined && { devices }),
    ...(verifiesSessions(options) && { verification: 'not_done' }),
    ...(sessions !== undefined && 'items' in sessions && { sessions: { before: sessions.items.length } }),
    ...(options.removeSeat && { seat: seatBefore(known?.accountUser, options) }),
    warnings: [],
  }
}

/** Why a user whom the organization does not know fails; undefined if that is only a warning. */
export function unknownProblem({ email, userUid }: User, { unknownUser }: Options): ApiProblem | undefined {
  // The UUID may be of the user who is meant, and it is not sent.
  if (userUid !== undefined) return UNKNOWN_WITH_UUID
  // An unknown address with non-ASCII characters may be a look-alike of a known one.
  if (!isAscii(email)) return UNKNOWN_LOOK_ALIKE
  return unknownUser === 'fail' ? UNKNOWN_USER : undefined
}

function withoutLookUp(options: Options): string {
  if (!verifiesSessions(options)) return WITHOUT_SEAT
  return options.removeSeat
    ? 'To revoke without looking users up, set `verify: false` and remove `remove-seat`.'
    : WITHOUT_VERIFICATION
}

export const CHECK_SPELLING = 'Check the spelling of the address, and that `account-id` is the right account.'
export const CHECK_UUID = 'Check `user-uid`, or `user_uid` in the list, against the address.'

export const UNKNOWN_USER = userProblem(
  'Not revoked: the organization knows no such user',
  `${CHECK_SPELLING} If the user may never have used Access, set \`unknown-user: warn\`.`,
)
const UNKNOWN_LOOK_ALIKE = userProblem(
  'Not revoked: the organization knows no such user, and the address contains characters that may only look like others',
  'Type the address instead of pasting it, and compare it with the one in Zero Trust.',
)
const UNKNOWN_WITH_UUID = userProblem(
  'Not revoked: the organization knows no such user, so the UUID was not sent',
  `${CHECK_SPELLING} ${CHECK_UUID}`,
)

export const OTHER_UUID = userProblem(
  'Revoked, but the UUID belongs to another user than the address: the revocation was sent for the address alone',
  CHECK_UUID,
)
