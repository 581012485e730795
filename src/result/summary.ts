import { failsStep, type Outcome, totalsOf } from '../revocation/outcome.ts'
import { html, list, quoting } from '../text/markup.ts'
import { plainText } from '../text/plain-text.ts'
import { quantity } from '../text/measures.ts'
import { isNewlyDue } from '../users/user.ts'
import { extentText, leftUntouched, pastText, SummaryText, targetText, UserNames } from './display.ts'
import { badRowOf, isWarned, legendOf, minuteOf, rowOf, type SummaryRow } from './summary-rows.ts'
import { type Column, SummaryTables } from './summary-tables.ts'
import type { RunRecord, Verdict } from './verdict.ts'
import { toldControls } from './control-texts.ts'
import { notCheckedText } from '../revocation/dry-run.ts'

/** More users without failures or warnings are folded. */
const MAX_UNFOLDED = 20

/** There is never room for more. */
const MAX_ROWS = 12_000

/** The job summary: failures first, then warnings, then the rest, within GitHub's limit however long the list. */
export function summaryOf(record: RunRecord, verdict: Verdict): string {
  const { options, outcomes, badRows, startedAt } = record
  const text = new SummaryText(options.maskEmails)
  const tables = new SummaryTables()
  const names = new UserNames(options.maskEmails, startedAt)
  const rowsOf = (those: readonly Outcome[], most?: number): SummaryRow[] =>
    inOrder(those, startedAt)
      .slice(0, most)
      .map((outcome) => rowOf(outcome, options, text, names))
  const flawed = outcomes.filter(failsStep)
  const sound = outcomes.filter((outcome) => !failsStep(outcome))
  const failures = [...badRows.map((row) => badRowOf(row, text)), ...rowsOf(flawed)]
  const warned = rowsOf(sound.filter(isWarned))
  const quiet = sound.filter((outcome) => !isWarned(outcome))
  const rest = rowsOf(quiet, MAX_ROWS)
  tables.left += quiet.length - rest.length
  const controls = verdict.mode === undefined ? CONTROLS : ACTIVE_NOW
  return [
    heading(verdict),
    paragraph(text.own(circumstances(record))),
    stopping(record, text),
    failures.length === 0 ? '' : tables.together(failures, [WHAT_TO_DO, controls]),
    warned.length === 0 ? '' : tables.oneByOne(warned, [controls, DETAILS]),
    rest.length === 0 ? '' : folded(quiet.length, tables.oneByOne(rest, [controls, DETAILS])),
    tables.left === 0 ? '' : paragraph(html(`${quantity(tables.left, 'more user')}: see the report.`)),
    legend(record),
    ...closing(record).map((sentence) => paragraph(html(sentence))),
    options.dryRun === true ? paragraph(text.own(notCheckedText(options))) : '',
    verdict.level === 'failure' ? '' : notCovered(record),
  ].join('')
}

/** The job summary for inputs that cannot be used. */
export function summaryOfProblems(verdict: Verdict, problems: readonly string[], rest: string): string {
  const lines = [...problems, rest].filter((line) => line !== '')
  return `${heading(verdict)}${list(lines.map((line) => quoting(plainText(line))))}`
}

/** The order in which users are shown, by status. */
const KINDS: readonly Outcome['status'][] = [
  'failed',
  'would_revoke',
  'unknown',
  'revoked',
  'skipped',
  'not_due',
  'past',
]

/** By status; newly due users come first, so that a long list does not hide them. */
function inOrder(outcomes: readonly Outcome[], now: number): Outcome[] {
  return KINDS.flatMap((kind) => {
    const those = outcomes.filter(({ status }) => status === kind)
    const isNew = ({ user }: Outcome): boolean => isNewlyDue(user, now)
    return [...those.filter(isNew), ...those.filter((outcome) => !isNew(outcome))]
  })
}

/** The columns after the user. A phone shows two columns at once, so the more important one comes first. */
const DETAILS: Column = {
  title: 'Details',
  cell: ({ lines, traces }) => [...lines, ...traces].join('<br>'),
}
const WHAT_TO_DO: Column = { ...DETAILS, title: 'What happened, and what to do' }
const CONTROLS: Column = { title: 'Controls', cell: ({ controls }) => controls }
const ACTIVE_NOW: Column = { ...CONTROLS, title: 'Active now' }
const SIGNS: Readonly<Record<Verdict['level'], string>> = { success: '✅', warning: '⚠️', failure: '❌' }

/** It names the product, because a job may have summaries of several steps. */
function heading({ level, mode, text }: Verdict): string {
  const sign = level === 'success' && mode !== undefined ? '🔍' : SIGNS[level]
  const about = mode === undefined ? '' : `, ${mode.toLowerCase()}`
  return `<h3>${sign} Cloudflare Access${about} – ${html(plainText(text.replace(/:$/, '.')))}</h3>\n\n`
}

function circumstances({ options, startedAt, finishedAt }: RunRecord): string {
  const isElsewhere = !options.baseUrl.cloudflare && options.dryRun !== 'offline'
  const where = isElsewhere ? ` · at ${options.baseUrl.href}, which is not Cloudflare's` : ''
  const seconds = ((finishedAt - startedAt) / 1_000).toFixed(1)
  return `${extentText(options)}${targetText(options, ' · ')} · ${minuteOf(startedAt)}, ${seconds} s${where}`
}

/** Why the run was stopped. The remedy may already be with the user whose failure stopped it. */
function stopping({ stopped, outcomes }: RunRecord, text: SummaryText): string {
  if (stopped === undefined) return ''
  const { what, remedy } = stopped
  const isShown = outcomes.some((outcome) => outcome.status === 'failed' && outcome.problem.remedy === remedy)
  return paragraph(`Stopped: ${text.words(what)}${isShown ? '' : ` ${text.own(remedy)}`}`)
}

function folded(users: number, table: string): string {
  if (users <= MAX_UNFOLDED) return table
  const title = `${quantity(users, 'user')} without failures or warnings`
  return `<details><summary>${html(title)}</summary>\n\n${table}</details>\n\n`
}

function closing({ options, outcomes }: RunRecord): string[] {
  const { past, revoked } = totalsOf(outcomes)
  const untouched = revoked > 0 ? leftUntouched(options) : ''
  return [...(past > 0 ? [pastText(past, options)] : []), ...(untouched === '' ? [] : [untouched])]
}

function legend({ outcomes, options }: RunRecord): string {
  const marks = legendOf(outcomes.map((outcome) => toldControls(outcome, options)))
  return marks === '' ? '' : paragraph(marks)
}

/** What remains after every run, whatever it covers. */
function notCovered({ outcomes, action: { url } }: RunRecord): string {
  if (totalsOf(outcomes).revoked === 0) return ''
  const more = url === undefined ? '' : ` <a href="${url}/${NOT_COVERED}">What a green run does not cover</a>`
  return paragraph(
    `No run ends sessions of SaaS applications, active SSH, VNC, and RDP sessions, or the access of service tokens.${more}`,
  )
}

/** Where the documentation has all that a green run does not cover. */
const NOT_COVERED = 'docs/security.md#what-a-green-run-does-not-cover'

function paragraph(content: string): string {
  return `<p>${content}</p>\n\n`
}
