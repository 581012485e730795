import { apiErrorText, type Problem } from '../cloudflare/problem.ts'
import type { Outcome, Verification } from '../revocation/outcome.ts'
import { html } from '../text/markup.ts'
import type { User } from '../users/user.ts'
import { devicesText, seatText } from './device-sentences.ts'
import type { SummaryText } from './summary-text.ts'

/** Whether a user who keeps nothing from being green has warnings that somebody should read. */
export function isWarned(outcome: Outcome): boolean {
  return outcome.status === 'unknown' || warningsOf(outcome).length > 0
}

/** What happened to a user, what to do about it, and what else there is to know: a line of HTML each. */
export function linesOf(outcome: Outcome, text: SummaryText): string[] {
  return [
    ...happened(outcome, text),
    ...foundText(outcome, text),
    ...warningsOf(outcome).map((warning) => `⚠️ ${text.quoting(warning)}`),
  ]
}

/** `2030-02-01 00:00 UTC`, from milliseconds since the epoch. */
export function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** What was seen of the user; undefined where nothing was to be proven. */
export function verificationOf(outcome: Outcome): Verification | undefined {
  return 'verification' in outcome ? outcome.verification : undefined
}

function happened(outcome: Outcome, text: SummaryText): string[] {
  const { user } = outcome
  switch (outcome.status) {
    case 'revoked':
    case 'unknown':
      return []
    case 'failed':
      return problemLines(outcome.problem, text)
    case 'skipped':
      return [
        outcome.revocation === 'unconfirmed'
          ? 'Sent, but not confirmed before the run stopped.'
          : 'Not sent.',
      ]
    case 'not_due':
      return user.revokeAfter === undefined ? ['no date'] : dateLines(user, 'due from')
    case 'past':
      return dateLines(user, 'was due from')
    case 'would_revoke': {
      const { problem } = outcome
      return problem === undefined ? dateLines(user, 'due since') : problemLines(problem, text)
    }
  }
}

function problemLines({ what, errors, remedy }: Problem, text: SummaryText): string[] {
  return [
    text.quoting(`${what}.`),
    ...errors.map((error) => text.words(apiErrorText(error))),
    ...(remedy === undefined ? [] : [text.own(remedy)]),
  ]
}

/** The date as the list has it, and what it means; nothing for a user without one. */
function dateLines({ revokeAfter }: User, what: string): string[] {
  return revokeAfter === undefined ? [] : [html(`${revokeAfter.text}: ${what} ${minuteOf(revokeAfter.at)}`)]
}

function warningsOf(outcome: Outcome): readonly string[] {
  return ('warnings' in outcome ? outcome.warnings : verificationOf(outcome)?.warnings) ?? []
}

/** The devices by name, and the seat; device names are the words of others. */
function foundText(outcome: Outcome, text: SummaryText): string[] {
  const seat = 'seat' in outcome ? outcome.seat : undefined
  const devices = verificationOf(outcome)?.devices ?? []
  const found = [
    devices.length === 0 ? '' : text.quoting(devicesText(devices)),
    seat?.state === 'not_done' && outcome.status === 'would_revoke' ? 'seat would be freed' : seatText(seat),
  ]
  return found.filter((part) => part !== '')
}
