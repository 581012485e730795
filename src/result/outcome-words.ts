import { type ApiProblem, problemText as apiProblemText } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { failsStep, type Outcome } from '../revocation/outcome.ts'
import { grouped, quantity, timeInZone } from '../text/measures.ts'
import { inQuotes, plainText, shortened } from '../text/plain-text.ts'
import { isProblem, problemText } from '../text/problem.ts'
import { isNewlyDue, type User } from '../users/user.ts'
import type { ControlName, ControlState, Counts, UserChecks } from '../verify/controls.ts'
import type { NotListed } from '../verify/not-listed.ts'

export interface OutcomeWords {
  readonly mark: string
  /** Of one user, in the log and in the summary. */
  readonly label: string
  /** After the number of users in a headline, if it is not the label. */
  readonly counted?: string
}

/**
 * The words for all outcomes, in the order in which the headline counts them and the summary shows them. They are finer
 * than the status: a user who failed may be revoked.
 */
export const OUTCOMES = {
  not_revoked: { mark: '❌', label: 'not revoked' },
  not_verified: { mark: '❌', label: 'revoked, not verified' },
  incomplete: { mark: '❌', label: 'revoked, with errors' },
  would_fail: { mark: '❌', label: 'would fail' },
  skipped: { mark: '⏭️', label: 'not revoked, skipped', counted: 'skipped' },
  not_checked: { mark: '⏭️', label: 'not checked' },
  unknown: { mark: '❓', label: 'unknown to the organization' },
  verified: { mark: '✅', label: 'revoked and verified' },
  accepted: { mark: '☁️', label: 'accepted by Cloudflare', counted: 'revoked, not verified' },
  would_revoke: { mark: '🔍', label: 'would be revoked' },
  not_due: { mark: '📅', label: 'not due yet' },
  past: { mark: '🗄️', label: 'due too long ago' },
} as const satisfies Readonly<Record<string, OutcomeWords>>

export const ALL_OUTCOMES: readonly OutcomeWords[] = Object.values(OUTCOMES)

/** The words for an outcome: one of {@link OUTCOMES}. */
export function wordsOf(outcome: Outcome, { dryRun }: Pick<Options, 'dryRun'>): OutcomeWords {
  switch (outcome.status) {
    case 'revoked':
      return outcome.checks.verification === 'passed' ? OUTCOMES.verified : OUTCOMES.accepted
    case 'failed':
      // Cloudflare also confirms revocations of users whom the organization does not know.
      if (outcome.checks.controls.access_tokens !== 'confirmed') return OUTCOMES.not_revoked
      return ['failed', 'not_done'].includes(outcome.checks.verification ?? '')
        ? OUTCOMES.not_verified
        : OUTCOMES.incomplete
    case 'skipped':
      return dryRun === false ? OUTCOMES.skipped : OUTCOMES.not_checked
    case 'would_revoke':
      return outcome.problem === undefined ? OUTCOMES.would_revoke : OUTCOMES.would_fail
    case 'unknown':
    case 'not_due':
    case 'past':
      return OUTCOMES[outcome.status]
  }
}

/** What the reader has to do about the outcome for a user: something, perhaps something, or nothing. */
export function sectionOf(outcome: Outcome): 'failures' | 'warnings' | 'others' {
  if (failsStep(outcome)) return 'failures'
  const { warnings = [] } = outcome.checks ?? {}
  return warnings.length > 0 ? 'warnings' : 'others'
}

/** Why a user failed, or would fail. */
export function problemOf(outcome: Outcome): ApiProblem | undefined {
  return 'problem' in outcome ? outcome.problem : undefined
}

/** Why a user is not revoked, or would not be, in full sentences with the remedy; undefined for other users. */
export function reasonOf(outcome: Outcome, { dryRun }: Pick<Options, 'dryRun'>): string | undefined {
  const { status, revocation } = outcome
  const problem = problemOf(outcome)
  if (problem !== undefined) {
    if (status === 'would_revoke') return `Would fail: ${apiProblemText(problem)}`
    return revocation === 'confirmed' ? apiProblemText(problem) : `Not revoked: ${apiProblemText(problem)}`
  }
  if (status === 'unknown') return outcome.checks.warnings.map(problemText).join(' ')
  if (status !== 'skipped') return undefined
  return dryRun === false
    ? `Not revoked: The run was stopped before Cloudflare confirmed the revocation. ${outcome.reason.what}.`
    : `Not checked, because the run was stopped. ${outcome.reason.what}.`
}

export const CONTROL_LABELS: Readonly<Record<ControlName, string>> = {
  access_tokens: 'Access tokens',
  sessions: 'Sessions',
  seat: 'Seat',
  devices: 'Devices',
  warp_session: 'WARP session',
}

/** The words for the states of a control, in the order in which the summary tells them. */
export const STATES: Readonly<Record<Exclude<ControlState, 'not_requested'>, OutcomeWords>> = {
  verified: { mark: '✅', label: 'verified' },
  failed: { mark: '❌', label: 'failed' },
  not_known: { mark: '❓', label: 'not known' },
  confirmed: { mark: '☁️', label: 'accepted by Cloudflare' },
}

export function scopeOfCall({ devices, warpSessionReauth }: Options): string {
  if (!devices) return warpSessionReauth ? 'Access tokens and WARP session' : 'Access tokens'
  return warpSessionReauth ? 'Access tokens, devices, and WARP session' : 'Access tokens and devices'
}

/** ` in account 0123…`; empty if no target was given. */
export function inTarget({ target }: Options): string {
  return target === undefined ? '' : ` in ${target.type} ${target.id}`
}

export const REVOKE_NOW = 'To revoke one of these users at once, write `now` for the date.'

/** References that need no quotation marks. */
const PLAIN = /^[A-Za-z0-9._:#/-]{1,40}$/

/**
 * What identifies a user besides the address; may be empty. Where addresses are masked, it is the place in the list, and
 * references are in the report alone: they may be names.
 */
export function detailOf({ source, reference = '' }: User, { maskEmails }: Options): string {
  if (!maskEmails) return reference
  // The only user of the input has no place but its name.
  return source === 'email' ? '' : source
}

/** `leaver@example.com (HR-1041, newly due)`. */
export function nameInLog(user: User, options: Options, now: number): string {
  const detail = detailOf(user, options)
  const details = [
    ...(detail === '' ? [] : [PLAIN.test(detail) ? detail : inQuotes(detail)]),
    ...(isNewlyDue(user, now) ? ['newly due'] : []),
  ]
  return details.length === 0 ? user.email : `${user.email} (${details.join(', ')})`
}

/** What was read of the controls of a user, before the revocation or after it, in a few words each. */
export function readTexts(
  outcome: Outcome,
  { maskEmails }: Options,
): Readonly<Partial<Record<ControlName, string>>> {
  const { checks } = outcome
  if (checks === undefined) return {}
  const { sessions = {}, seat, devices = {}, controls } = checks
  const isDryRun = outcome.status === 'would_revoke'
  // Of what was only accepted, or not requested, a count before the revocation says nothing.
  const isShown = (state: ControlState): boolean =>
    isDryRun || !['confirmed', 'not_requested'].includes(state)
  const texts = {
    sessions: isShown(controls.sessions) ? countsText(sessions, 'session', isDryRun) : '',
    seat: seat === undefined ? '' : SEAT_TEXTS[seat.wouldFree === true ? 'would_free' : seat.state],
    devices: isShown(controls.devices) ? devicesText(devices, isDryRun, maskEmails) : '',
  }
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))
}

const SEAT_TEXTS = {
  would_free: 'a seat to free',
  removed: 'seat freed',
  none: 'no seat to free',
  failed: 'seat not freed',
  not_done: 'seat left as it is',
} as const

/** @returns an empty text if nothing was counted */
function countsText({ before, after }: Counts, noun: string, isDryRun: boolean): string {
  if (isDryRun) return before === undefined ? '' : quantity(before, `active ${noun}`)
  if (before === undefined) return after === undefined ? '' : `${quantity(after, noun)} left`
  const left = after === undefined ? 'not known after' : `${after === 0 ? 'none' : grouped(after)} left`
  return `${quantity(before, noun)} before, ${left}`
}

/** The log and the summary name this many devices of a user, and users on no list; the report has all of them. */
const [MAX_NAMED_DEVICES, MAX_UNLISTED] = [10, 100]

/** `2 devices revoked: "laptop", "phone"`. Where addresses are masked, names are not shown: they often are people's. */
function devicesText(
  devices: NonNullable<UserChecks['devices']>,
  isDryRun: boolean,
  masked: boolean,
): string {
  const groups = Map.groupBy(devices.registrations ?? [], ({ status }) => status)
  const texts = Array.from(groups, ([status, group]) => {
    const shown = group.slice(0, MAX_NAMED_DEVICES)
    const names = shown.map(({ id, name = id }) => inQuotes(shortened(plainText(name), 80)))
    const more = group.length > shown.length ? [`${group.length - shown.length} more`] : []
    return `${quantity(group.length, 'device')} ${status}${masked ? '' : `: ${[...names, ...more].join(', ')}`}`
  })
  return texts.length > 0 ? texts.join('; ') : countsText(devices, 'device', isDryRun)
}

/** The first users on no list, and what each still has: `2 active devices, seat, last login 2030-01-31 23:00 UTC`. */
export function unlistedTexts(notListed: NotListed = [], { timezone }: Options) {
  if (isProblem(notListed)) return { shown: [], more: 0 }
  const shown = notListed.slice(0, MAX_UNLISTED).map(({ email, id, devices = 0, hasSeat, lastLogin }) => {
    const { at, isKnown } = lastLogin
    const login = at === undefined ? [] : [`last login ${timeInZone(at, timezone)}`]
    const has = [
      ...(devices > 0 ? [quantity(devices, 'active device')] : []),
      ...(hasSeat ? ['seat'] : []),
      ...(isKnown ? login : ['last login not known']),
    ]
    // Cloudflare may have any text for an address.
    return { name: email.includes('@') ? shortened(email, 300) : id, has: has.join(', ') }
  })
  return { shown, more: notListed.length - shown.length }
}
