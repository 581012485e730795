import * as v from 'valibot'
import type { Report } from '../support/report.ts'
import { HARMLESS, mustBeGreen, oddUserOf } from './expectations.ts'
import type { ReportedUser, Run } from './run.ts'
import { DAY, folded, needsLookUp, sameAddress, START, type Trial } from './trial.ts'
import { type Claim, listedOf, protectedOf, recordsInAnyCase } from './truth.ts'
import { falseClaimsAbout } from './user-claims.ts'

/**
 * The false claims of a run, each a sentence: a color or a statement that is not true. They are checked against the
 * state of the embedded API and the trial, never against other statements of the action.
 */
export function falseClaims(run: Run): string[] {
  const { report } = run
  if (report === undefined || protectedOf(run).length > 0) {
    return [...falseColorClaims(run), ...falseRefusalClaims(run)]
  }
  const listed = listedOf(run)
  const emails = listed.map(({ email }) => email)
  const reportedEmails = report.users.map(({ email }) => email)
  if (JSON.stringify(emails) !== JSON.stringify(reportedEmails)) {
    return [`the report has ${JSON.stringify(reportedEmails)} instead of ${JSON.stringify(emails)}`]
  }
  return [
    ...falseColorClaims(run),
    ...falseUnlistedClaims(run, report),
    ...listed.flatMap((one, index) =>
      report.users.slice(index, index + 1).flatMap((user) => falseClaimsAbout(run, one, user)),
    ),
    ...falseGreenClaims(run, report),
    ...falseRedClaims(run, report),
    ...falseOutputClaims(run, report),
  ]
}

/** Exit code, annotations and the heading of the summary say the same. */
function falseColorClaims({ result }: Run): string[] {
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

/** A run that is refused for its inputs sends nothing and claims nothing. */
function falseRefusalClaims({ result, requests }: Run): string[] {
  return failed([
    ['a refused run is red', result.exitCode === 1],
    ['a refused run sends nothing', requests.length === 0],
    ['a refused run claims nothing', v.is(NOTHING_KNOWN, result.outputs)],
    ['a refused run reports its problems, and no user', v.is(Refusal, JSON.parse(result.report))],
  ])
}

/** What green promises about due users. Whether a status is true is checked for each user. */
function falseGreenClaims(run: Run, { users, totals }: Report): string[] {
  const { trial, result, requests } = run
  const { options } = trial
  if (result.exitCode !== 0) return []
  const mustBeKnown = needsLookUp(options) && options.unknownUser === 'fail'
  const isKnown = (email: string): boolean => recordsInAnyCase(run, email).length > 0
  const isPromised = ({ email, status, errors }: ReportedUser): boolean => {
    if (status === 'not_due' || status === 'past') return true
    if (options.dryRun)
      return status === 'would_revoke' && errors.length === 0 && (isKnown(email) || !mustBeKnown)
    return (
      status === 'revoked' || (status === 'unknown' && needsLookUp(options) && options.unknownUser === 'warn')
    )
  }
  return failed([
    ...users.map((user) => [`${user.email} keeps a run from being green`, isPromised(user)] as const),
    ['a dry run changes nothing', !options.dryRun || !requests.some(({ method }) => method !== 'GET')],
    ['no user failed or was skipped', totals.failed === 0 && totals.skipped === 0],
  ])
}

/** A run that nothing keeps from being green is green. */
function falseRedClaims({ trial, result }: Run, { users, totals }: Report): string[] {
  const oddUser = oddUserOf(trial)
  const others = users.filter(({ email }) => oddUser !== undefined && !sameAddress(email, oddUser))
  return failed([
    ['a run is red without a reason', !mustBeGreen(trial) || result.exitCode === 0],
    [
      "an odd answer about one user is another user's failure",
      others.every(({ status }) => status === 'revoked'),
    ],
    ['users are left without a reason', !mustBeGreen(trial) || totals.revoked === totals.requested],
  ])
}

/** The outputs, totals and summary say what the users of the report say. */
function falseOutputClaims(
  { result: { outputs, summary } }: Run,
  { users, totals, lists }: Report,
): string[] {
  const counts = (status: ReportedUser['status']): number =>
    users.filter((user) => user.status === status).length
  const missed = users.filter(
    ({ status, errors }) =>
      ['failed', 'skipped'].includes(status) || (status === 'would_revoke' && errors.length > 0),
  )
  const isEveryone = counts('revoked') > 0 && missed.length === 0 && counts('unknown') === 0
  const STATUSES = ['revoked', 'failed', 'skipped', 'not_due', 'past', 'would_revoke', 'unknown'] as const
  return failed([
    ['revoked', outputs['revoked'] === `${isEveryone}`],
    ['revoked-count', outputs['revoked-count'] === `${counts('revoked')}`],
    ['failed-count', outputs['failed-count'] === `${missed.length}`],
    ['unknown-count', outputs['unknown-count'] === `${counts('unknown')}`],
    ['failed', outputs['failed'] === JSON.stringify(missed.map(({ email }) => email))],
    [
      'rows of the summary',
      summary.split(/✅&nbsp;revoked|☁️&nbsp;accepted/u).length - 1 === counts('revoked'),
    ],
    ['totals.requested', totals.requested === users.length],
    ['lists', lists.reduce((sum, list) => sum + list.users, 0) === users.length],
    ...STATUSES.map((status) => [`totals.${status}`, totals[status] === counts(status)] as const),
  ]).map((output) => `the outputs, totals or summary are wrong: ${output}`)
}

const Refusal = v.looseObject({
  problems: v.tupleWithRest([v.object({ message: v.string() })], v.unknown()),
  users: v.tuple([]),
})

const NOTHING_KNOWN = v.object({
  revoked: v.literal('false'),
  'revoked-count': v.literal('0'),
  'failed-count': v.literal(''),
  'unknown-count': v.literal(''),
  'not-listed-count': v.literal(''),
  failed: v.literal(''),
})

function failed(claims: readonly Claim[]): string[] {
  return claims.flatMap(([claim, isTrue]) => (isTrue ? [] : [claim]))
}

const Body = v.looseObject({ email: v.string() })

/** What is false about the users who are on no list. None of them is ever revoked. */
function falseUnlistedClaims(run: Run, { not_listed: named }: Report): string[] {
  const { trial, requests, result } = run
  const { notListed } = trial.options
  const due = listedOf(run).filter(({ timing }) => timing === 'due')
  const revoked = requests
    .filter(({ operation }) => operation === 'revoke_user')
    .map(({ body }) => v.parse(Body, body).email)
  const expected = unlistedOf(run)
  const names = (named ?? []).map(({ email }) => folded(email)).toSorted()
  return failed([
    [
      'someone is revoked who is not due',
      revoked.every((email) => due.some((user) => sameAddress(user.email, email))),
    ],
    ['someone is named who is on a list', names.every((email) => !isListed(trial, email))],
    [
      'someone is named whom the organization does not know',
      names.every((email) => run.organization.users.some((user) => sameAddress(user.email, email))),
    ],
    ['users are named though no one asked', named === undefined || notListed !== 'ignore'],
    ['the count of users on no list', result.outputs['not-listed-count'] === `${named?.length ?? ''}`],
    [
      'the run is green though someone is on no list, or may be',
      notListed !== 'fail' || result.exitCode !== 0 || named?.length === 0,
    ],
    [
      'others are named than those who are on no list',
      expected === undefined || JSON.stringify(names) === JSON.stringify(expected),
    ],
  ])
}

/** The addresses that have to be named, in the order of the alphabet; undefined if that cannot be told for certain. */
function unlistedOf({ trial, organization, before }: Run): string[] | undefined {
  const { world, options, records, faults } = trial
  const isPlain = Object.keys(world).every((name) => HARMLESS.has(name)) && faults.length === 0
  // What begins during the run is seen or not.
  const isChanging = records.some(({ laterSessions, seat }) => (laterSessions ?? seat?.takenAt) !== undefined)
  if (options.notListed === 'ignore' || !isPlain || isChanging) return undefined
  const active = organization.users.filter(({ id }) => {
    const { devices, seat, lastLogin = -Infinity } = before.get(id) ?? { devices: 0, seat: undefined }
    const hasSeat = seat?.access === true || seat?.gateway === true
    return devices > 0 || hasSeat || lastLogin >= START - 30 * DAY
  })
  const addresses = new Set(active.map(({ email }) => folded(email.trim())))
  const unlisted = [...addresses].filter((email) => isDrawn(trial, email) && !isListed(trial, email))
  return unlisted.length * 2 > addresses.size ? undefined : unlisted.toSorted()
}

/** Whether it is one of the users who were drawn: all others are protected. */
function isDrawn({ records }: Trial, email: string): boolean {
  return records.some((record) => sameAddress(record.email, email))
}

function isListed({ list, protectedUsers }: Trial, email: string): boolean {
  const keyOf = (address: string): string => address.normalize('NFKC').toLowerCase()
  return (
    list.entries.some((entry) => sameAddress(entry.email, email)) ||
    protectedUsers.some((address) => keyOf(address) === keyOf(email))
  )
}
