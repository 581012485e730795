import type { ServerTime } from '../cloudflare/answer.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { type ApiProblem, userProblem } from '../cloudflare/problem.ts'
import type { Login, Session } from '../cloudflare/records.ts'
import type { Priority } from '../cloudflare/throttle.ts'
import type { Options } from '../inputs/options.ts'
import { DAY_MS, duration, isoSecond, quantity } from '../text/measures.ts'
import type { Problem } from '../text/problem.ts'
import type { User } from '../users/user.ts'
import { type Kind, readUntilGone, type Reading, REVOCATION_TIMEOUT_MS, timeOf } from './clocks.ts'
import {
  cameBack,
  type Confirmation,
  type ControlResult,
  failed,
  notVerified,
  readProblem,
  VERIFIED,
} from './controls.ts'
import type { RunContext } from './run-context.ts'
import { type AccountUser, idsOfUser, lastLoginOf } from './user-directory.ts'

/** The sessions before the revocation, or why they could not be read; undefined if they were not to be read. */
export type SessionsBefore = Reading<Session> | ApiProblem | undefined

/**
 * Reads the sessions after a confirmed revocation until none from before it is left. Sessions begun after it follow
 * `signed-in-again`.
 */
export async function verifySessions(
  user: AccountUser,
  before: SessionsBefore,
  { time, rayId, runningTime, findLogin }: Confirmation,
  run: RunContext,
): Promise<ControlResult> {
  if (before !== undefined && 'what' in before) return notVerified(before)
  const seen = await readUntilGone(run.throttle, SESSIONS, {
    confirmation: time,
    lookUp: user.time,
    before,
    isNewAllowed: run.options.signedInAgain === 'warn',
    read: () => readSessions(user, run, 'read'),
    since: runningTime,
    // On a long list, most sessions are gone by the first read.
    firstPauseMs: run.plan.isLong ? 20_000 : 1_000,
  })
  if ('what' in seen) return notVerified(seen)
  const { left, begun } = seen
  const sessions = { before: before?.items.length, after: left.length + begun.length }
  const checks = { sessions, verifiedAt: Date.now() }
  if (left.length > 0) {
    const what = `after ${duration(REVOCATION_TIMEOUT_MS)} there ${left.length === 1 ? 'is' : 'are'} still ${quantity(left.length, 'session')} from before the revocation`
    const problem = userProblem(`Revoked, but not verified: ${what}`, ASK_SUPPORT)
    return { ...failed(problem, rayId), checks }
  }
  if (begun.length === 0) return { ...VERIFIED, checks }
  const last = Math.max(...begun.map(({ iat = 0 }) => iat))
  const how =
    (await findLogin()) ?? `${isoSecond(last * 1_000)}: the account in the identity provider still works`
  const problem = userProblem(`Revoked, but the user signed in again at ${how}`, DISABLE_ACCOUNT)
  return { ...cameBack(problem, run.options), checks }
}

/** A session that names neither itself nor a time was begun at no known time. */
export const SESSIONS: Kind<Session> = {
  begunAt: ({ keys, iat }) => (iat === undefined || keys.length === 0 ? undefined : iat * 1_000),
  isSame: ({ keys }, other) => other.keys.some((key) => keys.includes(key)),
  isActive: () => true,
}

export async function readSessions(
  user: AccountUser,
  { endpoints }: RunContext,
  priority: Priority,
): Promise<Reading<Session> | ApiProblem> {
  const items: Session[] = []
  const answers: ServerTime[] = []
  for (const id of idsOfUser(user)) {
    const call = await endpoints.activeSessions(id, user.email, priority)
    if (call.kind !== 'result') return readProblem(call, WITHOUT_VERIFICATION)
    items.push(...call.result)
    answers.push(timeOf(call))
  }
  return { items, answers }
}

const ASK_SUPPORT = 'Run the step again. If they stay, contact Cloudflare support with the ray ID.'

/** How to do without the permission to look users up, and to read their sessions. */
export const WITHOUT_VERIFICATION = 'To revoke without verification, set `verify: false`.'

/** Login methods whose names in the log are no words. */
const METHODS: Readonly<Record<string, string>> = { onetimepin: 'one-time PIN', warp: 'WARP' }

/** Texts of these characters can stand in a sentence without quotation marks; others are left out. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .:/_-]*$/

/**
 * Explains how a user came back, from the login log. It is read once for each user, and only if something shows that the
 * user did. It decides nothing: Cloudflare does not document how soon the log has a login.
 */
export function loginFinder(
  { email, revokeAfter }: User,
  { date = Infinity }: ServerTime,
  endpoints: Endpoints,
): Confirmation['findLogin'] {
  const since = Math.min(revokeAfter?.at ?? Infinity, date)
  let reading: ReturnType<Endpoints['logins']> | undefined
  return async (after = date + 1_000) => {
    const call = await (reading ??= endpoints.logins(email, since))
    const logins = call.kind === 'result' ? call.result : []
    const [last] = logins
      .filter(({ allowed, at = -Infinity }) => allowed === true && at >= after)
      .toSorted(({ at = 0 }, { at: other = 0 }) => other - at)
    return last && describeLogin(last)
  }
}

function describeLogin({ at = 0, app, connection, ip }: Login): string {
  const isPlain = (text: string | undefined): text is string => text !== undefined && PLAIN.test(text)
  return [
    isoSecond(at),
    ...(isPlain(app) ? [`to ${app}`] : []),
    ...(isPlain(connection) ? [`with ${METHODS[connection] ?? connection}`] : []),
    ...(isPlain(ip) ? [`(${ip})`] : []),
  ].join(' ')
}

/**
 * Judges the last login that the user's records have. A user who signs in every day must not pass every night, when no
 * session from before the revocation is left; any other login after `revoke_after` is a warning.
 */
export async function judgeLastLogin(
  accountUser: AccountUser,
  { user: { revokeAfter }, time: { date: now }, findLogin }: Confirmation,
  options: Options,
): Promise<ControlResult> {
  // Without the time of the confirmation, nothing is verified anyway.
  if (revokeAfter === undefined || now === undefined) return VERIFIED
  const { at, isKnown } = lastLoginOf(accountUser)
  const unknown = isKnown ? [] : [LAST_LOGIN_NOT_KNOWN]
  if (at === undefined || at <= revokeAfter.at) return { ...VERIFIED, warnings: unknown }
  const login = await findLogin(revokeAfter.at)
  const how = login ?? isoSecond(at)
  const why = login === undefined ? `: ${STILL_OPEN}` : ''
  if (at - revokeAfter.at > DAY_MS && at >= now - DAY_MS) {
    const what = `Revoked, but the user still signed in at ${how}, more than a day after \`revoke_after\`${why}`
    const result = cameBack(userProblem(what, DISABLE_ACCOUNT), options)
    return { ...result, warnings: [...result.warnings, ...unknown] }
  }
  const warning = { what: `The user signed in at ${how}, after \`revoke_after\`${why}` }
  return { ...VERIFIED, warnings: [warning, ...unknown] }
}

const STILL_OPEN =
  'either the account in the identity provider still worked, or the user came in without it, with WARP as the login method, a one-time PIN, or another identity provider'

const LAST_LOGIN_NOT_KNOWN: Problem = {
  what: "The user's last login is not known, because its time cannot be read",
  remedy: 'Check in Zero Trust whether the user signed in after `revoke_after`.',
}

export const DISABLE_ACCOUNT =
  'Disable the account in the identity provider, and check the login methods of your Access applications, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.'
