import { userProblem, type Problem } from '../cloudflare/problem.ts'
import type { Registration } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { duration, quantity } from '../text/quantity.ts'
import { cameBack, failed, type Finding, notDone, passed } from './finding.ts'
import { deviceNameAndId } from './device-name.ts'
import type { Device } from './outcome.ts'
import { type NotSeen, PATIENCE } from './patience.ts'
import type { SeenRegistrations } from './wait-for-registrations.ts'

/** A message names this many devices; the report has them all. */
const MOST_NAMED = 5

/** What is known of a user's devices besides the registrations that were seen. */
export interface DevicesKnown {
  /** How many registrations were active before the revocation; undefined if nobody looked. */
  readonly listedBefore: number | undefined
  /** How many devices the records counted before the revocation; undefined if they did not, or came too late. */
  readonly countedBefore: number | undefined
  /** Whether an empty list means that there is none. */
  readonly emptyIsTrue: boolean
}

/** What the device registrations that were seen after a confirmed revocation say of it. */
export function judgeRegistrations(
  seen: SeenRegistrations | NotSeen,
  { listedBefore, countedBefore, emptyIsTrue }: DevicesKnown,
  { signedInAgain }: Pick<Options, 'signedInAgain'>,
): Finding {
  if (seen.kind === 'not_seen') return notDone(seen.problem)
  const { left, anew, revoked, deleted, empty } = seen
  const facts = {
    devicesAfter: left.length + anew.length,
    devices: [
      ...[...left, ...anew].map((registration) => deviceOf(registration, 'active')),
      ...revoked.map((registration) => deviceOf(registration, 'revoked')),
      ...deleted.map((registration) => deviceOf(registration, 'deleted')),
    ],
  }
  if (left.length > 0) return failed(stillActive(left), facts)
  if (anew.length > 0) return cameBack(registeredAgain(anew), signedInAgain, facts)
  if (listedBefore === 0 && countedBefore !== undefined && countedBefore > 0) {
    return notDone(contradiction(countedBefore))
  }
  const nothingSeen = empty && (listedBefore ?? 0) === 0
  return nothingSeen && countedBefore !== 0 && !emptyIsTrue ? notDone(NO_EVIDENCE) : passed(facts)
}

function deviceOf({ id, name, type, revokedAt }: Registration, state: Device['state']): Device {
  return {
    id,
    name,
    type,
    state,
    ...(state === 'revoked' && typeof revokedAt === 'object' && { revokedAt: revokedAt.at }),
  }
}

/** A few devices, each by name and ID. */
function named(registrations: readonly Registration[]): string {
  const names = registrations.slice(0, MOST_NAMED).map(deviceNameAndId)
  const more = registrations.length - MOST_NAMED
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

function stillActive(left: readonly Registration[]): Problem {
  return userProblem(
    `Revoked, but not verified: active devices are left after ${duration(PATIENCE)}: ${named(left)}`,
    'Revoke or delete the registration in Zero Trust. A browser extension or a shared computer may need that.',
  )
}

function registeredAgain(anew: readonly Registration[]): Problem {
  return userProblem(
    `Revoked, but the user registered devices again, so the account in the identity provider still works: ${named(anew)}`,
    'Disable it there, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.',
  )
}

function contradiction(counted: number): Problem {
  return userProblem(
    `Cloudflare counted ${quantity(counted, 'active device')} of the user, but listed none`,
    "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
  )
}

const NO_EVIDENCE = userProblem(
  'Cloudflare listed no devices and gave no count of them, which does not prove that there are none',
  "Check the user's devices in Zero Trust. To verify only the sessions, set `verify: sessions`.",
)
