import { apiErrorText, type Problem } from '../cloudflare/problem.ts'
import { isMissed, type Outcome, totalsOf, type Verification } from '../revocation/outcome.ts'
import { addressMask } from '../text/address-mask.ts'
import { code, html, list, quoting, row, TABLE_END, tableStart } from '../text/markup.ts'
import { plainText, shortened } from '../text/plain-text.ts'
import { quantity } from '../text/quantity.ts'
import type { BadRow } from '../users/user.ts'
import { extentOf, leftUntouched, targetOf } from './sentences.ts'
import type { RunRecord, Verdict } from './verdict.ts'

/** GitHub drops a summary beyond 1 MiB whole; the rest is for other steps' sake and for the closing lines. In bytes. */
const ROOM_FOR_ROWS = 900_000

/** The job summary: failures first, then the rest, within GitHub's limit however long the list. */
export function summaryOf(record: RunRecord, verdict: Verdict): string {
  const { options, outcomes, badRows, stopped } = record
  const totals = totalsOf(outcomes)
  const missed = outcomes.filter(isMissed)
  const done = outcomes.filter((outcome) => !isMissed(outcome))
  const rows = new Rows(options.maskEmails)
  const parts = [
    heading(verdict, options.dryRun !== false),
    `<p>${html(circumstances(record))}</p>\n\n`,
    ...(stopped === undefined
      ? []
      : [`<p>Stopped: ${rows.words(stopped.what)} ${html(stopped.remedy)}</p>\n\n`]),
  ]
  if (badRows.length + missed.length > 0) {
    const titles = ['User', 'Result', 'What happened, and what to do']
    parts.push(tableStart(titles), rows.takeBad(badRows), rows.take(missed), TABLE_END)
  }
  if (done.length > 0) parts.push(folded(done, totals.failed + totals.skipped + badRows.length === 0, rows))
  if (rows.left > 0) parts.push(`<p>${html(`${quantity(rows.left, 'more user')}: see the report.`)}</p>\n\n`)
  const untouched = leftUntouched(options)
  if (untouched !== '' && !options.dryRun && totals.revoked > 0) parts.push(`<p>${html(untouched)}</p>\n\n`)
  return parts.join('')
}

/** The job summary for inputs with which nothing can be done. */
export function summaryOfProblems(verdict: Verdict, problems: readonly string[], rest: string): string {
  return `${heading(verdict, false)}${list([...problems, rest].filter((line) => line !== '').map((line) => quoting(plainText(line))))}`
}

const SIGNS: Readonly<Record<Verdict['level'], string>> = { success: '✅', warning: '⚠️', failure: '❌' }

function heading({ level, text }: Verdict, dryRun: boolean): string {
  return `<h3>${level === 'success' && dryRun ? '🔍' : SIGNS[level]} ${html(plainText(text))}</h3>\n\n`
}

/** Long lists of what went well are folded away where something else went wrong. */
function folded(done: readonly Outcome[], allWell: boolean, rows: Rows): string {
  const table = `${tableStart(['User', 'Result', 'Details'])}${rows.take(done)}${TABLE_END}`
  if (done.length <= 20 && allWell) return table
  return `<details><summary>${html(`${quantity(done.length, 'user')} without failure`)}</summary>\n\n${table}</details>\n\n`
}

function circumstances({ options, startedAt, finishedAt }: RunRecord): string {
  const where =
    options.baseUrl.cloudflare || options.dryRun === 'offline'
      ? ''
      : ` · at ${options.baseUrl.href}, which is not Cloudflare's`
  const seconds = ((finishedAt - startedAt) / 1_000).toFixed(1)
  return `${extentOf(options)}${targetOf(options, ' · ')} · ${minuteOf(startedAt)}, ${seconds} s${where}`
}

/** Makes table rows as long as there is room, and counts those for which there is none. */
class Rows {
  readonly #hide: (text: string) => string
  #room = ROOM_FOR_ROWS
  /** Users for whom there was no room. */
  left = 0

  constructor(maskEmails: boolean) {
    this.#hide = addressMask(maskEmails)
  }

  /** Text from outside, short enough for a table. */
  words(text: string): string {
    return code(shortened(plainText(this.#hide(text)), 300))
  }

  take(outcomes: readonly Outcome[]): string {
    return this.#fitting(
      outcomes.map((outcome) => () => row([this.words(outcome.user.email), ...this.#cells(outcome)])),
    )
  }

  /** The same for rows of lists that could not be used. */
  takeBad(badRows: readonly BadRow[]): string {
    return this.#fitting(
      badRows.map(
        ({ source, problems }) =>
          () =>
            row([this.words(source), '❌&nbsp;not used', lines(problems.map((each) => this.words(each)))]),
      ),
    )
  }

  #fitting(rows: readonly (() => string)[]): string {
    const fitting = rows.map((make) => {
      const text = make()
      this.#room -= Buffer.byteLength(text)
      if (this.#room >= 0) return text
      this.left += 1
      return ''
    })
    return fitting.join('')
  }

  #cells(outcome: Outcome): [result: string, detail: string] {
    switch (outcome.status) {
      case 'revoked': {
        const { verification, rayId } = outcome
        const result =
          verification?.state === 'passed'
            ? '✅&nbsp;revoked and verified'
            : '✅&nbsp;revoked, confirmed by Cloudflare'
        return [result, lines([seenOf(verification), ...warningsOf(verification), rayOf(rayId)])]
      }
      case 'unknown':
        return ['❔&nbsp;unknown', lines([...warningsOf(outcome.verification), rayOf(outcome.rayId)])]
      case 'failed': {
        const { problem, verification } = outcome
        return [
          '❌&nbsp;failed',
          lines([
            ...this.#problem(problem),
            seenOf(verification),
            ...warningsOf(verification),
            rayOf(problem.rayId),
          ]),
        ]
      }
      case 'skipped':
        return ['⏭️&nbsp;skipped', this.words(outcome.why.what)]
      case 'not_due':
        return [
          '📅&nbsp;not due yet',
          html(outcome.user.staying === true ? 'no date' : datesOf(outcome, 'due from')),
        ]
      case 'past':
        return ['🗄️&nbsp;past, left alone', html(datesOf(outcome, 'was due from'))]
      case 'would_revoke': {
        const { problem, verification } = outcome
        const flaws = problem === undefined ? [] : this.#problem(problem)
        return [
          problem === undefined ? '🔍&nbsp;would be revoked' : '❌&nbsp;would fail',
          lines([
            ...flaws,
            html(datesOf(outcome, 'due since')),
            seenOf(verification),
            ...warningsOf(verification),
          ]),
        ]
      }
    }
  }

  #problem({ what, errors, remedy = '' }: Problem): string[] {
    return [
      html(this.#hide(`${what}.`)),
      ...errors.map((error) => this.words(apiErrorText(error))),
      html(remedy),
    ]
  }
}

/** What was seen of sessions and devices, before and after. */
function seenOf(verification: Verification | undefined): string {
  const { sessionsBefore, sessionsAfter, devicesBefore, devicesAfter, verifiedAt } = verification ?? {}
  const seen = (what: string, before: number | undefined, after: number | undefined): string[] => {
    if (before === undefined && after === undefined) return []
    return [`${what} ${before ?? '?'}${after === undefined ? '' : ` → <b>${after}</b>`}`]
  }
  const at = verifiedAt === undefined ? '' : ` · ${new Date(verifiedAt).toISOString().slice(11, 19)} UTC`
  const counts = [
    ...seen('sessions', sessionsBefore, sessionsAfter),
    ...seen('devices', devicesBefore, devicesAfter),
  ]
  return counts.length === 0 ? '' : `${counts.join(' · ')}${at}`
}

function warningsOf(verification: Verification | undefined): string[] {
  return (verification?.warnings ?? []).map((warning) => `⚠️ ${html(warning)}`)
}

function rayOf(rayId: string | undefined): string {
  return rayId === undefined ? '' : `ray ID ${code(rayId)}`
}

function lines(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('<br>')
}

/** The date as the list has it, and what it means; empty for a user without one. */
function datesOf({ user: { revokeAfter } }: Outcome, what: string): string {
  if (revokeAfter === undefined) return ''
  return `${revokeAfter.text}: ${what} ${minuteOf(revokeAfter.at)}`
}

/** `2030-02-01 00:00 UTC`, from milliseconds since the epoch. */
function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
