import { problemText as apiProblemText } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { checksOf, type Outcome } from '../revocation/outcome.ts'
import { quantity } from '../text/measures.ts'
import { inQuotes, plainText, shortened } from '../text/plain-text.ts'
import { type Problem, problemText } from '../text/problem.ts'
import { isNewlyDue, type User } from '../users/user.ts'
import type { ControlName, ControlState, Counts, DeviceRecord, UserChecks } from '../verify/controls.ts'

/** How a user is named in the log and in the job summary. */
export interface UserName {
  readonly email: string
  /** The reference, or the place in the list where addresses are masked; empty if there is none. */
  readonly detail: string
  /** Whether the user's time came within the last 24 hours. */
  readonly isNew: boolean
}

/** References that need no quotation marks. */
const PLAIN = /^[A-Za-z0-9._:#/-]{1,40}$/

/**
 * What identifies a user. Where addresses are masked, the place in the list does, and references are in the report alone:
 * they may be names.
 *
 * @param now - the time by which users are due, in milliseconds since the epoch
 */
export function userName(user: User, { maskEmails }: Pick<Options, 'maskEmails'>, now: number): UserName {
  const { email, source, reference = '' } = user
  // The only user of the input has no place but its name.
  const place = source === 'email' ? '' : source
  return { email, detail: maskEmails ? place : reference, isNew: isNewlyDue(user, now) }
}

/** `leaver@example.com (HR-1041, newly due)`. */
export function nameInLog({ email, detail, isNew }: UserName): string {
  const details = [
    ...(detail === '' ? [] : [PLAIN.test(detail) ? detail : inQuotes(detail)]),
    ...(isNew ? ['newly due'] : []),
  ]
  return details.length === 0 ? email : `${email} (${details.join(', ')})`
}

/** What happened to a user who failed or would fail, without a full stop. It begins with whether the user is revoked. */
export function whatHappened({ status, revocation }: Outcome, { what }: Problem): string {
  if (status === 'would_revoke') return `Would fail: ${what}`
  return revocation === 'confirmed' ? what : `Not revoked: ${what}`
}

/** Why a user is not revoked, or would not be, in full sentences with the remedy; undefined for other users. */
export function reasonOf(outcome: Outcome, { dryRun }: Pick<Options, 'dryRun'>): string | undefined {
  switch (outcome.status) {
    case 'failed':
    case 'would_revoke': {
      const { problem } = outcome
      return problem && apiProblemText({ ...problem, what: whatHappened(outcome, problem) })
    }
    case 'unknown':
      return outcome.checks.warnings.map(problemText).join(' ')
    case 'skipped':
      return `${skippedText(outcome, dryRun)} ${outcome.reason.what}.`
    case 'revoked':
    case 'not_due':
    case 'past':
      return undefined
  }
}

function skippedText({ revocation }: Pick<Outcome, 'revocation'>, dryRun: Options['dryRun']): string {
  if (dryRun !== false) return 'Not checked, because the run was stopped.'
  return revocation === 'unconfirmed'
    ? 'Not revoked: The run was stopped before Cloudflare confirmed the revocation.'
    : 'Not revoked: The run was stopped before the revocation was sent.'
}

/** What was read of the controls of a user, before the revocation or after it, in a few words each. */
export function readTexts(
  outcome: Outcome,
  { maskEmails }: Pick<Options, 'maskEmails'>,
): Readonly<Partial<Record<ControlName, string>>> {
  const checks = checksOf(outcome)
  if (checks === undefined) return {}
  const { sessions = {}, devices = {}, controls } = checks
  const isDryRun = outcome.status === 'would_revoke'
  // Of what was only accepted, or not requested, a count before the revocation says nothing.
  const isShown = (state: ControlState): boolean =>
    isDryRun || !['confirmed', 'not_requested'].includes(state)
  const texts = {
    sessions: isShown(controls.sessions) ? countsText(sessions, 'session', isDryRun) : '',
    seat: seatText(checks),
    devices: isShown(controls.devices) ? devicesText(devices, isDryRun, maskEmails) : '',
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
}

/** @returns an empty text if nothing was counted */
function countsText({ before, after }: Counts, noun: string, isDryRun: boolean): string {
  if (isDryRun && before === 0) return `no active ${noun}s`
  if (isDryRun) return before === undefined ? '' : quantity(before, `active ${noun}`)
  if (after === undefined)
    return before === undefined ? '' : `${quantity(before, noun)} before, not known after`
  if (before === undefined) return after === 0 ? `no ${noun}s left` : `${quantity(after, noun)} left`
  return `${quantity(before, noun)} before, ${after === 0 ? 'none' : `${after}`} left`
}

const DEVICE_STATUSES = ['active', 'revoked', 'deleted'] as const

/** `2 devices revoked: "laptop", "phone"`. */
function devicesText(
  devices: NonNullable<UserChecks['devices']>,
  isDryRun: boolean,
  masked: boolean,
): string {
  const { registrations = [], before } = devices
  const groups = DEVICE_STATUSES.flatMap((status) => {
    const found = registrations.filter((each) => each.status === status)
    return found.length === 0
      ? []
      : [`${quantity(found.length, 'device')} ${status}: ${namesOf(found, masked)}`]
  })
  if (groups.length > 0) return groups.join('; ')
  return devices.registrations === undefined || (before ?? 0) > 0
    ? countsText(devices, 'device', isDryRun)
    : 'no devices'
}

/** The log and the summary name this many devices of a user; the report has all of them. */
const MAX_NAMED_DEVICES = 10

/** @param masked - whether to number devices, since their names often contain people's names */
function namesOf(devices: readonly DeviceRecord[], masked: boolean): string {
  if (masked) return devices.map((_, index) => `device ${index + 1} of ${devices.length}`).join(', ')
  const more = devices.length - MAX_NAMED_DEVICES
  return [
    ...devices
      .slice(0, MAX_NAMED_DEVICES)
      .map(({ id, name = id }) => inQuotes(shortened(plainText(name), 80))),
    ...(more > 0 ? [`${more} more`] : []),
  ].join(', ')
}

const SEAT_TEXTS = {
  removed: 'seat freed',
  none: 'no seat to free',
  failed: 'seat not freed',
  not_done: 'seat left as it is',
} as const

function seatText({ seat }: UserChecks): string {
  if (seat === undefined) return ''
  return seat.wouldFree === true ? 'a seat to free' : SEAT_TEXTS[seat.state]
}
