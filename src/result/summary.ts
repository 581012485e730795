import type { Options } from '../inputs/options.ts'
import { type Outcome, totalsOf } from '../revocation/outcome.ts'
import { html, list, row, TABLE_END, tableStart } from '../text/markup.ts'
import { quantity, timeInZone } from '../text/measures.ts'
import { plainText } from '../text/plain-text.ts'
import { isProblem } from '../text/problem.ts'
import { isNewlyDue } from '../users/user.ts'
import {
  ALL_OUTCOMES,
  leftUntouched,
  OUTCOMES,
  pastText,
  REVOKE_NOW,
  reservation,
  scopeOfCall,
  sectionOf,
  targetAfter,
  wordsOf,
} from './outcome-table.ts'
import { EVERYONE_LISTED, MAX_UNLISTED, nameOfUnlisted, stillHas } from './not-listed-text.ts'
import { badRowOf, rowOf, SummaryText, type SummaryRow } from './summary-rows.ts'
import { countOf, type RunRecord, type Verdict } from './verdict.ts'

/** GitHub drops a summary of more than 1 MiB entirely; the rest is for the last row and the closing lines. */
const MAX_BYTES = 900 * 1024

/** Of the users without failures or warnings, the summary shows this many. More than a few are folded. */
const MAX_OTHERS = 1_000
const MAX_UNFOLDED = 20

/** This many names stand in one row, so that no row is large. */
const MAX_NAMES = 100

/** A longer address would leave no room for the other column on a phone. */
const MAX_UNBROKEN = '<code>contractor@example.com</code>'.length

/** The job summary: failures first, then warnings, then the rest, within GitHub's limit however long the list. */
export function summaryOf(record: RunRecord, verdict: Verdict): string {
  const { options, outcomes, startedAt } = record
  const text = new SummaryText(options.maskEmails)
  const room = new SummaryRoom()
  const rowsOf = (users: readonly Outcome[]): SummaryRow[] =>
    users.map((outcome) => rowOf(outcome, options, text, startedAt))
  const sorted = inOrder(outcomes, options, startedAt)
  const { failures = [], warnings = [], others = [] } = Object.groupBy(sorted, sectionOf)
  const badRows = record.list.badRows.map((badRow) => badRowOf(badRow, text))
  const tables = [
    table([...badRows, ...rowsOf(failures)], room, whatIsTold),
    table(rowsOf(warnings), room, (each) => each),
    notListedTable(record, text, room),
    folded(
      others.length,
      table(rowsOf(others.slice(0, MAX_OTHERS)), room, (each) => each),
    ),
  ]
  const missing = room.missing + Math.max(0, others.length - MAX_OTHERS)
  return [
    heading(verdict),
    ...verdict.remarks.map((remark) => paragraph(text.actionText(remark))),
    ...circumstances(record, verdict, text).map(paragraph),
    ...tables,
    ...(missing === 0 ? [] : [paragraph(html(`${quantity(missing, 'more user')}: see the report.`))]),
    ...closing(record, verdict).map(paragraph),
  ].join('')
}

export function summaryOfProblems(
  verdict: Verdict,
  problems: readonly string[],
  maskEmails: boolean,
): string {
  const text = new SummaryText(maskEmails)
  const room = new SummaryRoom()
  const items = problems
    .map((problem) => room.take(text.actionText(problem), 1))
    .filter((item) => item !== '')
  const rest =
    room.missing === 0 ? '' : paragraph(html(`${quantity(room.missing, 'more problem')}: see the log.`))
  return `${heading(verdict)}${list(items)}${rest}`
}

/** Keeps the summary within GitHub's limit. */
class SummaryRoom {
  #bytes = 0
  /** How many users, rows, or problems did not fit. */
  missing = 0

  /**
   * @param entries - how many users, rows, or problems the part shows
   * @returns the part, or nothing once the summary is full
   */
  take(part: string, entries: number): string {
    if (this.#bytes > MAX_BYTES) {
      this.missing += entries
      return ''
    }
    this.#bytes += Buffer.byteLength(part)
    return part
  }
}

/** In the order of the table of outcomes; newly due users come first, so that a long list does not hide them. */
function inOrder(outcomes: readonly Outcome[], options: Options, now: number): Outcome[] {
  const rank = (outcome: Outcome): number =>
    2 * ALL_OUTCOMES.indexOf(wordsOf(outcome, options)) + (isNewlyDue(outcome.user, now) ? 0 : 1)
  return outcomes.toSorted((first, second) => rank(first) - rank(second))
}

/**
 * Two narrow columns, and the details below them, so that a phone shows them as well.
 *
 * @param keyOf - what is the same for users or rows that are told together
 */
function table(all: readonly SummaryRow[], room: SummaryRoom, keyOf: (row: SummaryRow) => unknown): string {
  if (all.length === 0) return ''
  const rows = Array.from(Map.groupBy(all, keyOf).values(), (group) => groupRows(group, room))
  return `${tableStart(['User', 'Result'])}${rows.join('')}${TABLE_END}`
}

/** The users on no list, the most active first. */
function notListedTable({ notListed, options }: RunRecord, text: SummaryText, room: SummaryRoom): string {
  if (notListed === undefined || isProblem(notListed)) return ''
  if (notListed.length === 0) return paragraph(html(EVERYONE_LISTED))
  const rows = notListed.slice(0, MAX_UNLISTED).map((user) => {
    const name = breakable(text.outsideText(nameOfUnlisted(user)))
    return room.take(row([name, html(stillHas(user, options))]), 1)
  })
  room.missing += notListed.length - rows.length
  return `${tableStart(['User on no list', 'Has'])}${rows.join('')}${TABLE_END}`
}

function whatIsTold({ noun, result, details }: SummaryRow): string {
  return JSON.stringify([noun, result, details])
}

function groupRows(group: readonly SummaryRow[], room: SummaryRoom): string {
  const [first] = group
  if (first === undefined) return ''
  const { noun, name, result, details, rayId } = first
  const isAlone = group.length === 1
  const who = isAlone ? name.map(breakable).join('<br>') : `<b>${quantity(group.length, noun)}</b>`
  const ray = rayId === undefined ? [] : [`${isAlone ? 'Ray ID' : 'Ray ID of the first:'} ${rayId}`]
  const lines = [...details, ...ray]
  const start = `${row([who, result])}${lines.length === 0 ? '' : wide(lines.join('<br>'))}`
  if (isAlone) return room.take(start, 1)
  const parts = Array.from({ length: Math.ceil(group.length / MAX_NAMES) }, (_, index) => {
    const part = group.slice(index * MAX_NAMES, (index + 1) * MAX_NAMES)
    return room.take(wide(part.map((each) => each.name.join(' ')).join(', ')), part.length)
  })
  return `${room.take(start, 0)}${parts.join('')}`
}

/** Lets a phone break a long address, as HTML, into lines. */
function breakable(name: string): string {
  return name.length > MAX_UNBROKEN ? name.replaceAll(/[@.]/g, '$&<wbr>') : name
}

function wide(content: string): string {
  return `<tr><td colspan="2">${content}</td></tr>\n`
}

function folded(users: number, content: string): string {
  if (users <= MAX_UNFOLDED) return content
  const title = `${quantity(users, 'user')} without failures or warnings`
  return `<details><summary>${html(title)}</summary>\n\n${content}</details>\n\n`
}

function paragraph(content: string): string {
  return `<p>${content}</p>\n\n`
}

/** It names the product, because a job may have summaries of several steps. */
function heading({ sign, headline }: Verdict): string {
  return `<h3>${sign} Cloudflare Access – ${html(plainText(headline))}</h3>\n\n`
}

/** What the run was about, and how far its result can be trusted. */
function circumstances(record: RunRecord, { stopped }: Verdict, text: SummaryText): string[] {
  const { options, startedAt, finishedAt } = record
  const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== 'offline'
  const what = [
    `${scopeOfCall(options)}${targetAfter(' in ', options)}`,
    `${timeInZone(startedAt, options.timezone)}, ${((finishedAt - startedAt) / 1_000).toFixed(1)} s`,
    ...(isElsewhere ? [`at ${options.baseUrl.href}, which is not Cloudflare's`] : []),
  ]
  const trust = reservation(options, countOf(record, OUTCOMES.accepted))
  return [
    ...(trust === '' ? [] : [html(trust)]),
    text.actionText(what.join(' · ')),
    ...(stopped === undefined ? [] : [`Stopped: ${text.actionText(stopped)}`]),
  ]
}

function closing(record: RunRecord, { level }: Verdict): string[] {
  const { options, outcomes, action } = record
  const { past, revoked } = totalsOf(outcomes)
  const untouched = revoked > 0 ? leftUntouched(options) : ''
  const link =
    action.url === undefined
      ? ''
      : ` <a href="${action.url}/docs/security.md#what-a-green-run-does-not-cover">What a green run does not cover</a>`
  return [
    ...(past > 0 ? [html(`${pastText(past, options)} ${REVOKE_NOW}`)] : []),
    ...(untouched === '' ? [] : [html(untouched)]),
    ...(revoked > 0 && level !== 'failure' ? [`${NOT_COVERED}${link}`] : []),
  ]
}

const NOT_COVERED =
  'This does not end SaaS sessions, open SSH, VNC, or RDP sessions, or access with service tokens.'
