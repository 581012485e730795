import type { Outcome } from '../revocation/outcome.ts'
import { code } from '../text/markup.ts'
import type { BadRow } from '../users/user.ts'
import { linesOf, verificationOf } from './summary-lines.ts'
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
  /** When it was, and the ray ID: what differs from user to user even where all else is the same. */
  readonly traces: readonly string[]
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
    lines: linesOf(outcome, text),
    traces: [
      ...(seen?.verifiedAt === undefined ? [] : [`last read at ${secondOf(seen.verifiedAt)}`]),
      ...rayIdsOf(outcome).map((rayId) => `ray ID ${code(rayId)}`),
    ],
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
    traces: [],
  }
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

/** A dry run has nothing to compare with. */
function countsText({ status }: Outcome, before: number | undefined, after: number | undefined): string {
  if (before === undefined && after === undefined) return ''
  return status === 'would_revoke' ? countText(before) : `${countText(before)} → <b>${countText(after)}</b>`
}

function countText(count: number | undefined): string {
  return count === undefined ? '?' : `${count}`
}

/** It identifies the request to Cloudflare support. */
function rayIdsOf(outcome: Outcome): string[] {
  const { rayId } = outcome.status === 'failed' ? outcome.problem : { rayId: undefined, ...outcome }
  return rayId === undefined ? [] : [rayId]
}
