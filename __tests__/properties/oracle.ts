import * as v from 'valibot'
import type { Report } from '../support/report.ts'
import type { Told } from './claim.ts'
import type { Run } from './run.ts'
import { listedOf, looksUp, recordsInAnyCase } from './truth.ts'
import { untruthsAbout } from './user-claims.ts'

/**
 * In what a run is green, or says something, that is not so; each a sentence, none if all is well. The measure is the
 * stand-in's true state, and what was drawn: never what another part of the action says.
 */
export function untruthsOf(run: Run): string[] {
  const { report } = run
  if (report === undefined) return [...untruthsOfColor(run), ...untruthsOfRefusal(run)]
  const listed = listedOf(run)
  const emails = listed.map(({ email }) => email)
  const toldOf = report.users.map(({ email }) => email)
  if (JSON.stringify(emails) !== JSON.stringify(toldOf)) {
    return [`the report has ${JSON.stringify(toldOf)} instead of ${JSON.stringify(emails)}`]
  }
  return [
    ...untruthsOfColor(run),
    ...listed.flatMap((one, index) =>
      report.users.slice(index, index + 1).flatMap((told) => untruthsAbout(run, one, told)),
    ),
    ...untruthsOfGreen(run, report),
    ...untruthsOfOutputs(run, report),
  ]
}

/** Exit code, annotations and the heading of the summary say the same. */
function untruthsOfColor({ result }: Run): string[] {
  const { exitCode, errors, summary } = result
  const isGreen = exitCode === 0
  const heading = /<h3>.*<\/h3>/.exec(summary)?.[0] ?? ''
  return failed([
    ['the exit code is 0 or 1', exitCode === 0 || exitCode === 1],
    ['a red run has an error annotation, a green one has none', isGreen === (errors.length === 0)],
    ['the summary has a heading', heading !== ''],
    ['the heading is red where the run is', /✅|🔍|⚠️/u.test(heading) === isGreen],
  ])
}

/** Where the inputs are refused nothing is sent, and the outputs are at their worst. */
function untruthsOfRefusal({ result, requests }: Run): string[] {
  return failed([
    ['a run without a report is red', result.exitCode === 1],
    ['a run without a report sends nothing', requests.length === 0],
    ['it claims nothing', v.is(NOTHING_KNOWN, result.outputs)],
  ])
}

/** What green promises of everybody who was due. What the statuses say is held against the truth by themselves. */
function untruthsOfGreen(run: Run, { users, totals }: Report): string[] {
  const { trial, result, requests } = run
  const { asked } = trial
  if (result.exitCode !== 0) return []
  const mustBeKnown = looksUp(asked) && asked.unknownUser === 'fail'
  const isKnown = (email: string): boolean => recordsInAnyCase(run, email).length > 0
  const isPromised = ({ email, status, errors }: Told): boolean => {
    if (status === 'not_due' || status === 'past') return true
    if (asked.dryRun)
      return status === 'would_revoke' && errors.length === 0 && (isKnown(email) || !mustBeKnown)
    return status === 'revoked' || (status === 'unknown' && looksUp(asked) && asked.unknownUser === 'warn')
  }
  return failed([
    ...users.map((told) => [`${told.email} keeps a run from being green`, isPromised(told)] as const),
    ['a dry run changes nothing', !asked.dryRun || !requests.some(({ method }) => method !== 'GET')],
    ['nobody is missed', totals['failed'] === 0 && totals['skipped'] === 0],
  ])
}

/** The outputs, totals and summary say what the users of the report say. */
function untruthsOfOutputs({ result: { outputs, summary } }: Run, { users, totals }: Report): string[] {
  const counts = (status: Told['status']): number => users.filter((told) => told.status === status).length
  const missed = users.filter(({ status }) => status === 'failed' || status === 'skipped')
  const isEveryone = counts('revoked') > 0 && missed.length === 0 && counts('unknown') === 0
  const STATUSES = ['revoked', 'failed', 'skipped', 'not_due', 'past', 'would_revoke', 'unknown'] as const
  return failed([
    ['revoked', outputs['revoked'] === `${isEveryone}`],
    ['revoked-count', outputs['revoked-count'] === `${counts('revoked')}`],
    ['failed-count', outputs['failed-count'] === `${missed.length}`],
    ['unknown-count', outputs['unknown-count'] === `${counts('unknown')}`],
    ['failed', outputs['failed'] === JSON.stringify(missed.map(({ email }) => email))],
    ['rows of the summary', summary.split('✅&nbsp;').length - 1 === counts('revoked')],
    ['totals.requested', totals['requested'] === users.length],
    ...STATUSES.map((status) => [`totals.${status}`, totals[status] === counts(status)] as const),
  ]).map((output) => `the outputs, totals or summary are wrong: ${output}`)
}

const NOTHING_KNOWN = v.object({
  revoked: v.literal('false'),
  'revoked-count': v.literal('0'),
  'failed-count': v.literal(''),
  'unknown-count': v.literal(''),
  failed: v.literal(''),
})

function failed(claims: readonly (readonly [claim: string, isTrue: boolean])[]): string[] {
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [claim]))
}
