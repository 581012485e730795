import { apiErrorText, type Problem } from '../cloudflare/problem.ts'
import type { Outcome, Verification } from '../revocation/outcome.ts'
import { html } from '../text/markup.ts'
import type { BadRow, User } from '../users/user.ts'
import { devicesText, seatText } from './device-sentences.ts'
import type { SummaryText } from './summary-text.ts'
import type { UserNames } from './user-names.ts'

/** What the job summary tells of a user, or of a row that could not be used. All texts are HTML. */
export interface SummaryRow {
  readonly about: 'user' | 'row'
  /** The address or place, and what else tells who or what it is. */
  readonly name: readonly [string, ...string[]]
  readonly result: string
  /** Before and after; empty where neither was read. */
  readonly sessions: string
  readonly devices: string
  /** What happened, what to do about it, and what else there is to know: a line each. */
  readonly lines: readonly string[]
  /** Identifies the request to Cloudflare support. */
  readonly rayId: string | undefined
}

/** Whether a user who keeps nothing from being green has warnings that somebody should read. */
export function isWarned(outcome: Outcome): boolean {
  return outcome.status === 'unknown' || warningsOf(outcome).length > 0
}

/** The row of a user. */
export function rowOf(outcome: Outcome, text: SummaryText, names: UserNames): SummaryRow {
  const seen = verificationOf(outcome)
  return {
    about: 'user',
    name: names.inSummary(outcome.user),
    result: resultOf(outcome),
    sessions: countsText(outcome, seen?.sessionsBefore, seen?.sessionsAfter),
    devices: countsText(outcome, seen?.devicesBefore, seen?.devicesAfter),
    lines: [
      ...linesOf(outcome, text),
      ...foundText(outcome, text),
      ...warningsOf(outcome).map((warning) => `⚠️ ${text.quoting(warning)}`),
      ...(seen?.verifiedAt === undefined ? [] : [`last read at ${secondOf(seen.verifiedAt)}`]),
    ],
    rayId: rayIdOf(outcome),
  }
}

/** The row of a list's row that could not be used. */
export function badRowOf({ source, problems }: BadRow, text: SummaryText): SummaryRow {
  return {
    about: 'row',
    name: [text.words(source)],
    result: '❌&nbsp;not used',
    sessions: '',
    devices: '',
    lines: problems.map((problem) => text.quoting(problem)),
    rayId: undefined,
  }
}

/** `2030-02-01 00:00 UTC`, from milliseconds since the epoch. */
export function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** `23:59:59 UTC`. */
function secondOf(time: number): string {
  return `${new Date(time).toISOString().slice(11, 19)} UTC`
}

function resultOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'revoked':
      return outcome.verification?.state === 'passed'
        ? '✅&nbsp;revoked and verified'
        : '✅&nbsp;revoked, confirmed by Cloudflare'
    case 'unknown':
      return '❔&nbsp;unknown'
    case 'failed':
      return '❌&nbsp;failed'
    case 'skipped':
      return '⏭️&nbsp;skipped'
    case 'not_due':
      return '📅&nbsp;not due yet'
    case 'past':
      return '🗄️&nbsp;left alone'
    case 'would_revoke':
      return outcome.problem === undefined ? '🔍&nbsp;would be revoked' : '❌&nbsp;would fail'
  }
}

function linesOf(outcome: Outcome, text: SummaryText): string[] {
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
      return user.staying === true ? ['no date'] : dateLines(user, 'due from')
    case 'past':
      return dateLines(user, 'was due from')
    case 'would_revoke': {
      const { problem } = outcome
      return [...(problem === undefined ? [] : problemLines(problem, text)), ...dateLines(user, 'due since')]
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

/** A dry run has nothing to compare with. */
function countsText({ status }: Outcome, before: number | undefined, after: number | undefined): string {
  if (before === undefined && after === undefined) return ''
  return status === 'would_revoke' ? countText(before) : `${countText(before)} → <b>${countText(after)}</b>`
}

function countText(count: number | undefined): string {
  return count === undefined ? '?' : `${count}`
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

function verificationOf(outcome: Outcome): Verification | undefined {
  return 'verification' in outcome ? outcome.verification : undefined
}

function rayIdOf(outcome: Outcome): string | undefined {
  if (outcome.status === 'revoked' || outcome.status === 'unknown') return outcome.rayId
  return outcome.status === 'failed' ? outcome.problem.rayId : undefined
}
