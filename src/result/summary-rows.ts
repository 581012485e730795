import { apiErrorText, type ApiProblem } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import { checksOf, type Outcome } from '../revocation/outcome.ts'
import type { ControlState } from '../verify/controls.ts'
import { type ToldControl, toldControls, warningsOf } from './control-texts.ts'
import { html } from '../text/markup.ts'
import { isoTime, timeOfDay } from '../text/measures.ts'
import type { BadRow, User } from '../users/user.ts'
import { type SummaryText, type UserNames, whatHappened } from './display.ts'

/** What the job summary says of a user, or of a row that could not be used. All texts are HTML. */
export interface SummaryRow {
  readonly about: 'user' | 'row'
  /** The address or place, and what else identifies the user or row. */
  readonly name: readonly [string, ...string[]]
  readonly result: string
  /** The result of each control, with its counts; empty if there is nothing to say. */
  readonly controls: string
  /** What happened, what to do about it, and what else there is to know: a line each. */
  readonly lines: readonly string[]
  /** Time and ray ID: what differs between users even if all else is the same. */
  readonly traces: readonly string[]
}

/** The row of a user. */
export function rowOf(outcome: Outcome, options: Options, text: SummaryText, names: UserNames): SummaryRow {
  const controls = toldControls(outcome, options)
  const readAt = checksOf(outcome)?.verifiedAt
  const details = controls.map(({ detail }) => detail).filter((detail) => detail !== '')
  return {
    about: 'user',
    name: names.inSummary(outcome.user),
    result: resultOf(outcome),
    controls: (hasMarks(controls) ? controls.map(markedText) : controls.flatMap(countedText)).join('<br>'),
    lines: [
      ...happened(outcome, text),
      ...details.map((detail) => text.quoting(detail)),
      ...warningsOf(outcome).map((warning) => `⚠️ ${text.quoting(warning)}`),
    ],
    traces: [
      ...(readAt === undefined ? [] : [`last read at ${timeOfDay(readAt)}`]),
      ...rayIdsOf(outcome).map((rayId) => `ray ID ${text.words(rayId)}`),
    ],
  }
}

/** The row of a list's row that could not be used. */
export function badRowOf({ source, problems }: BadRow, text: SummaryText): SummaryRow {
  return {
    about: 'row',
    name: [text.words(source)],
    result: '❌&nbsp;not used',
    controls: '',
    lines: problems.map((problem) => text.quoting(problem)),
    traces: [],
  }
}

/** Whether a user who does not block a green step has warnings. */
export function isWarned(outcome: Outcome): boolean {
  return outcome.status === 'unknown' || warningsOf(outcome).length > 0
}

/** `2030-02-01 00:00 UTC`, from milliseconds since the epoch. */
export function minuteOf(time: number): string {
  return `${isoTime(time).slice(0, 16).replace('T', ' ')} UTC`
}

function resultOf(outcome: Outcome): string {
  switch (outcome.status) {
    case 'revoked':
      return outcome.checks.verification === 'passed'
        ? '✅&nbsp;revoked and verified'
        : '✅&nbsp;revoked, confirmed by Cloudflare'
    case 'unknown':
      return '❓&nbsp;unknown'
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

/** How the job summary marks the result of a control, and what the mark means. */
const MARKS: Readonly<Record<ControlState, readonly [mark: string, meaning: string]>> = {
  verified: ['✅', 'read back'],
  confirmed: ['☑️', 'confirmed by Cloudflare'],
  failed: ['❌', 'failed'],
  not_known: ['❓', 'not known'],
  not_requested: ['➖', 'not requested'],
}

/** Whether there is anything to mark: a user who is not due has nothing. */
function hasMarks(controls: readonly ToldControl[]): boolean {
  return controls.some(({ state }) => state !== 'not_requested')
}

/** The legend of the marks that these users have; empty if they have none. */
export function legendOf(users: readonly (readonly ToldControl[])[]): string {
  const marked = users.filter(hasMarks).flat()
  const states = new Set<string>(marked.map(({ state }) => state))
  const marks = Object.entries(MARKS).filter(([state]) => states.has(state))
  return [
    ...marks.map(([, [mark, meaning]]) => `${mark} ${meaning}`),
    ...(marked.some(isCounted) ? ['→ from before the revocation to after it'] : []),
  ]
    .map((entry) => entry.replaceAll(' ', '&nbsp;'))
    .join(' · ')
}

/** `✅ Sessions 3 → 0`, from before the revocation to after it. */
function markedText(result: ToldControl): string {
  const { label, state, counts } = result
  const [mark] = MARKS[state]
  const change = isCounted(result) ? ` ${counts.before ?? '?'} → <b>${counts.after ?? '?'}</b>` : ''
  return `${mark} ${label}${change}`.replaceAll(' ', '&nbsp;')
}

function isCounted({ counts }: ToldControl): boolean {
  return counts.before !== undefined || counts.after !== undefined
}

/** `Sessions: 3`, where nothing was revoked. */
function countedText({ label, counts }: ToldControl): string[] {
  return counts.before === undefined ? [] : [`${label}: ${counts.before}`.replaceAll(' ', '&nbsp;')]
}

function happened(outcome: Outcome, text: SummaryText): string[] {
  const { user } = outcome
  switch (outcome.status) {
    case 'revoked':
    case 'unknown':
      return []
    case 'failed':
      return problemLines(outcome, outcome.problem, text)
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
      return problem === undefined ? dateLines(user, 'due since') : problemLines(outcome, problem, text)
    }
  }
}

function problemLines(outcome: Outcome, problem: ApiProblem, text: SummaryText): string[] {
  const { errors, remedy } = problem
  return [
    text.quoting(`${whatHappened(outcome, problem)}.`),
    ...errors.map((error) => text.words(apiErrorText(error))),
    ...(remedy === undefined ? [] : [text.own(remedy)]),
  ]
}

/** The date as listed, and what it means; empty for a user without one. */
function dateLines({ revokeAfter }: User, what: string): string[] {
  return revokeAfter === undefined ? [] : [html(`${revokeAfter.text}: ${what} ${minuteOf(revokeAfter.at)}`)]
}

/** It identifies the request to Cloudflare support. */
function rayIdsOf(outcome: Outcome): string[] {
  return 'rayId' in outcome ? [outcome.rayId] : []
}
