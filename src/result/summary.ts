import { apiErrorText } from '../cloudflare/problem.ts'
import type { Options } from '../inputs/options.ts'
import type { Outcome } from '../revocation/outcome.ts'
import { code, html } from '../text/markup.ts'
import { quantity, timeInZone } from '../text/measures.ts'
import { problemText } from '../text/problem.ts'
import { isNewlyDue } from '../users/user.ts'
import { CONTROLS } from '../verify/controls.ts'
import {
  ALL_OUTCOMES,
  CONTROL_LABELS,
  detailOf,
  inTarget,
  OUTCOMES,
  problemOf,
  readTexts,
  scopeOfCall,
  sectionOf,
  STATES,
  unlistedTexts,
  wordsOf,
} from './outcome-words.ts'
import { heading, paragraph, SummaryPage, type SummaryRow } from './summary-page.ts'
import type { RunRecord, Verdict } from './verdict.ts'

/** Of the users without failures or warnings, the summary shows this many. More than a few are folded. */
const MAX_OTHERS = 1_000
const MAX_UNFOLDED = 20

/** The job summary: failures first, then warnings, then the rest, within GitHub's limit however long the list. */
export function summaryOf(record: RunRecord, verdict: Verdict): string {
  const page = new SummaryPage(record.options.maskEmails)
  const { failures = [], warnings = [], others = [] } = Object.groupBy(inOrder(record), sectionOf)
  const rowsOf = (users: readonly Outcome[]): SummaryRow[] => users.map((user) => rowOf(user, record, page))
  const tables = [
    page.table([...badRowsOf(record, page), ...rowsOf(failures)], { isGrouped: true }),
    page.table(rowsOf(warnings)),
    notListedTable(record, page),
    folded(others.length, page.table(rowsOf(others.slice(0, MAX_OTHERS)))),
  ]
  const missing = page.missing + Math.max(0, others.length - MAX_OTHERS)
  return [
    heading(verdict.sign, verdict.headline),
    ...verdict.remarks.map((remark) => paragraph(page.actionText(remark))),
    paragraph(circumstances(record, page)),
    ...tables,
    missing === 0 ? '' : paragraph(`${quantity(missing, 'more user')}: see the report.`),
    ...verdict.notes.map((note) => paragraph(html(note))),
  ].join('')
}

/** The job summary of a step whose inputs cannot be used. */
export function summaryOfProblems(headline: string, problems: readonly string[]): string {
  // They are masked, like everything that is told of them.
  const page = new SummaryPage(false)
  const items = problems.map((text) => page.take(page.actionText(text), 1)).filter((item) => item !== '')
  const { missing } = page
  const rest = missing === 0 ? '' : paragraph(`${quantity(missing, 'more problem')}: see the log.`)
  const list = items.map((item) => `<li>${item}</li>`).join('\n')
  return `${heading('❌', headline)}<ol>\n${list}\n</ol>\n\n${rest}`
}

/** In the order of the table of outcomes; newly due users come first, so that a long list does not hide them. */
function inOrder({ outcomes, options, startedAt }: RunRecord): Outcome[] {
  const rank = (outcome: Outcome): number =>
    2 * ALL_OUTCOMES.indexOf(wordsOf(outcome, options)) + (isNewlyDue(outcome.user, startedAt) ? 0 : 1)
  return outcomes.toSorted((first, second) => rank(first) - rank(second))
}

function badRowsOf(record: RunRecord, page: SummaryPage): SummaryRow[] {
  return record.list.badRows.map(({ source, problems }) => ({
    noun: 'row',
    name: [page.outsideText(source)],
    result: '❌&nbsp;not used',
    details: problems.map((problem) => page.actionText(problem)),
  }))
}

function notListedTable({ notListed, options }: RunRecord, page: SummaryPage): string {
  const { shown, more } = unlistedTexts(notListed, options)
  const rows = shown.map(({ name, has }) => {
    return { noun: 'user', name: [page.outsideText(name)], result: html(has), details: [] } as const
  })
  page.missing += more
  return page.table(rows, { titles: ['User on no list', 'Has'] })
}

/** The row of a user. Only failures and warnings have a ray ID; the report has all of them. */
function rowOf(outcome: Outcome, { options, startedAt }: RunRecord, page: SummaryPage): SummaryRow {
  const { user } = outcome
  const { mark, label } = wordsOf(outcome, options)
  const detail = detailOf(user, options)
  const warnings = outcome.checks?.warnings ?? []
  const problem = problemOf(outcome)
  const rayId = problem?.rayId ?? ('rayId' in outcome ? outcome.rayId : undefined)
  return {
    noun: 'user',
    name: [
      page.outsideText(user.email),
      ...(detail === '' ? [] : [page.outsideText(detail)]),
      ...(isNewlyDue(user, startedAt) ? ['🆕&nbsp;newly due'] : []),
    ],
    result: `${mark}&nbsp;${label}`,
    details: [
      ...happened(outcome, options, page),
      ...warnings.map((warning) => `⚠️ ${page.actionText(problemText(warning))}`),
      ...controlLines(outcome, options, page),
    ],
    ...(rayId !== undefined && (problem ?? warnings[0]) !== undefined && { rayId: page.outsideText(rayId) }),
  }
}

function happened(outcome: Outcome, { timezone }: Options, page: SummaryPage): string[] {
  const { status, revocation, user } = outcome
  const problem = problemOf(outcome)
  if (problem !== undefined) {
    const { what, errors, remedy } = problem
    return [
      page.actionText(`${what}.`),
      ...errors.map((error) => page.outsideText(apiErrorText(error))),
      ...(remedy === undefined ? [] : [page.actionText(remedy)]),
    ]
  }
  if (status === 'skipped')
    return revocation === 'unconfirmed' ? ['Sent, but not confirmed before the run stopped.'] : []
  if (user.revokeAfter === undefined || revocation !== 'not_sent') return []
  const { text, at } = user.revokeAfter
  return [`${code(text)}: due from ${timeInZone(at, timezone)}`]
}

/** `✅ 3 sessions before, none left`; controls of which nothing was read are told together. */
function controlLines(outcome: Outcome, options: Options, page: SummaryPage): string[] {
  const texts = readTexts(outcome, options)
  if (outcome.status === 'would_revoke') {
    const now = Object.values(texts).join('; ')
    return now === '' ? [] : [page.actionText(`Now: ${now}`)]
  }
  if (outcome.revocation !== 'confirmed' || outcome.status === 'unknown') return []
  const { controls } = outcome.checks
  // The result says the same of a user of whom nothing was read.
  const isOnlyAccepted = wordsOf(outcome, options) === OUTCOMES.accepted
  return Object.entries(STATES).flatMap(([state, { mark, label }]) => {
    const names = CONTROLS.filter((name) => controls[name] === state)
    const read = names.flatMap((name) => texts[name] ?? [])
    const unread = names.filter((name) => texts[name] === undefined).map((name) => CONTROL_LABELS[name])
    const isTold = unread.length === 0 || (isOnlyAccepted && state === 'confirmed')
    const lines = [...read, ...(isTold ? [] : [`${unread.join(', ')}: ${label}`])]
    return lines.map((line) => `${mark} ${page.actionText(line)}`)
  })
}

function circumstances({ options, startedAt, finishedAt }: RunRecord, page: SummaryPage): string {
  const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== 'offline'
  const what = [
    `${scopeOfCall(options)}${inTarget(options)}`,
    `${timeInZone(startedAt, options.timezone)}, ${((finishedAt - startedAt) / 1_000).toFixed(1)} s`,
    ...(isElsewhere ? [`at ${options.baseUrl.href}, which is not Cloudflare's`] : []),
  ]
  return page.actionText(what.join(' · '))
}

function folded(users: number, content: string): string {
  if (users <= MAX_UNFOLDED) return content
  const title = `${quantity(users, 'user')} without failures or warnings`
  return `<details><summary>${title}</summary>\n\n${content}</details>\n\n`
}
