import { type Problem, problemText } from '../cloudflare/problem.ts'
import { targetName } from '../cloudflare/target.ts'
import type { ControlResult } from '../controls/control.ts'
import { CONTROLS, uncheckedControls } from '../controls/controls.ts'
import type { Options } from '../inputs/options.ts'
import type { Outcome } from '../revocation/outcome.ts'
import { quantity } from '../text/quantity.ts'

/** What a run with these options leaves untouched, in full sentences; empty if that is nothing. */
export function leftUntouched(options: Options): string {
  return CONTROLS.filter(({ isRequested }) => !isRequested(options))
    .flatMap(({ untouched }) => untouched ?? [])
    .join(' ')
}

/** What the revoke call covers: `Access tokens, devices and WARP session`. */
export function extentText(options: Options): string {
  const [first = '', ...others] = CONTROLS.filter(({ isRequested }) => isRequested(options)).flatMap(
    ({ extent }) => extent ?? [],
  )
  const last = others.pop()
  return [[first, ...others].join(', '), ...(last === undefined ? [] : [last])].join(' and ')
}

/** The target with a word before it; empty if none was given. */
export function targetText({ target }: Options, before: string): string {
  return target === undefined ? '' : `${before}${targetName(target)}`
}

/** That past users were left alone, and what to do if they should not be. */
export function pastText(past: number, { dueWithinDays }: Options): string {
  return `${quantity(past, 'user')} left more than ${quantity(dueWithinDays, 'day')} ago and ${past === 1 ? 'was' : 'were'} left alone; raise \`due-within-days\` to include them.`
}

/** What happened to a user who is not well, as it begins a sentence: it says first whether the user is revoked. */
export function whatHappened(outcome: Outcome, { what }: Pick<Problem, 'what'>): string {
  if (outcome.status === 'would_revoke') return `Would fail: ${continued(what)}`
  return outcome.revocation === 'confirmed' ? what : `Not revoked: ${continued(what)}`
}

/** Why a user is not well, in full sentences with what to do; undefined for a user who is. */
export function reasonOf(outcome: Outcome, { dryRun }: Options): string | undefined {
  switch (outcome.status) {
    case 'failed':
    case 'would_revoke': {
      const { problem } = outcome
      return problem && problemText({ ...problem, what: whatHappened(outcome, problem) })
    }
    case 'unknown':
      return outcome.warnings.join(' ')
    case 'skipped': {
      const when = outcome.revocation === 'unconfirmed' ? 'confirmed' : 'sent'
      const start =
        dryRun === false
          ? `Not revoked: the run was stopped before the revocation was ${when}`
          : 'Not checked'
      return `${start}. ${outcome.reason.what}.`
    }
    case 'revoked':
    case 'not_due':
    case 'past':
      return undefined
  }
}

/** What came of each control for a user. */
export function controlsOf(outcome: Outcome, options: Options): readonly ControlResult[] {
  if ('controls' in outcome) return outcome.controls
  const isMissed = outcome.status === 'skipped' && options.dryRun === false
  const missed = outcome.revocation === 'unconfirmed' ? 'not_known' : 'failed'
  return uncheckedControls(options, isMissed ? missed : 'not_requested')
}

/** A sentence as the continuation of another. */
function continued(sentence: string): string {
  return sentence.replace(/^(?:A|An|No|The) /, (word) => word.toLowerCase())
}
