import { needsLookUp, type Options } from '../inputs/options.ts'
import { notCheckedText } from '../revocation/dry-run.ts'
import { checksOf, failsStep, type Outcome } from '../revocation/outcome.ts'
import { quantity } from '../text/measures.ts'
import { CONTROLS, type ControlName, type ControlState, sameStates } from '../verify/controls.ts'

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
    case 'failed': {
      if (outcome.revocation === 'unconfirmed') return OUTCOMES.not_revoked
      const { verification = 'passed' } = outcome.checks
      return verification === 'passed' ? OUTCOMES.incomplete : OUTCOMES.not_verified
    }
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
  const isWarned = outcome.status === 'unknown' || (checksOf(outcome)?.warnings ?? []).length > 0
  return isWarned ? 'warnings' : 'others'
}

interface ControlWords {
  readonly label: string
  /** In a list of what the revoke call covers; undefined for what it does not cover. */
  readonly scope?: string
  /** What a step that does not request it leaves untouched. */
  readonly untouched?: string
}

export const CONTROL_WORDS: Readonly<Record<ControlName, ControlWords>> = {
  access_tokens: { label: 'Access tokens', scope: 'Access tokens' },
  sessions: { label: 'Sessions' },
  seat: { label: 'Seat' },
  devices: {
    label: 'Devices',
    scope: 'devices',
    untouched:
      'Devices were left untouched and may still reach private networks; to revoke them, set `devices: true`.',
  },
  warp_session: {
    label: 'WARP session',
    scope: 'WARP session',
    untouched: 'The WARP session was left untouched; to end it, set `warp-session-reauth: true`.',
  },
}

/** The marks of the states of a control, as the summary shows them. */
export const STATES: Readonly<Record<Exclude<ControlState, 'not_requested'>, OutcomeWords>> = {
  verified: { mark: '✅', label: 'verified' },
  confirmed: { mark: '☁️', label: 'accepted by Cloudflare' },
  failed: { mark: '❌', label: 'failed' },
  not_known: { mark: '❓', label: 'not known' },
}

function isRequested(name: ControlName, options: Options): boolean {
  return sameStates(options, 'confirmed')[name] !== 'not_requested'
}

/** What a revocation leaves untouched because the step does not request it, in full sentences; empty if that is nothing. */
export function leftUntouched(options: Options): string {
  return CONTROLS.filter((name) => !isRequested(name, options))
    .flatMap((name) => CONTROL_WORDS[name].untouched ?? [])
    .join(' ')
}

/** What the revoke call covers: `Access tokens, devices, and WARP session`. */
export function scopeOfCall(options: Options): string {
  const scopes = CONTROLS.filter((name) => isRequested(name, options)).flatMap(
    (name) => CONTROL_WORDS[name].scope ?? [],
  )
  if (scopes.length < 3) return scopes.join(' and ')
  return `${scopes.slice(0, -1).join(', ')}, and ${scopes.slice(-1).join('')}`
}

/** The account or zone after a preposition or a separator; empty if none was given. */
export function targetAfter(before: string, { target }: Options): string {
  return target === undefined ? '' : `${before}${target.type} ${target.id}`
}

export function pastText(past: number, { dueWithinDays }: Options): string {
  const [users, were] = [quantity(past, 'user'), past === 1 ? 'was' : 'were']
  return `${users} ${were} due more than ${quantity(dueWithinDays, 'day')} ago and ${were} skipped (\`due-within-days\`).`
}

export const REVOKE_NOW = 'To revoke one of these users at once, write `now` for the date.'

/** How far the result of the run can be trusted, in full sentences; empty if all of it was verified, or no one revoked. */
export function reservation(options: Options, accepted: number): string {
  if (options.dryRun === 'offline') {
    return 'This check did not contact Cloudflare, so it checked neither the credential nor the users.'
  }
  if (options.dryRun) return notCheckedText(options)
  if (accepted === 0) return ''
  return needsLookUp(options)
    ? 'Accepted by Cloudflare, not verified.'
    : 'Accepted by Cloudflare, not verified: a misspelled address would look the same.'
}
