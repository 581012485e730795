import type { ServerTime } from '../cloudflare/answer.ts'
import type { Endpoints } from '../cloudflare/endpoints.ts'
import { userProblem } from '../cloudflare/problem.ts'
import type { Login } from '../cloudflare/records.ts'
import type { Options } from '../inputs/options.ts'
import { isoSecond } from '../text/measures.ts'
import type { Problem } from '../text/problem.ts'
import { DAY_MS } from '../users/dates.ts'
import type { User } from '../users/user.ts'
import { type AccountUser, lastLoginOf } from './account-user.ts'
import { cameBack, type Confirmation, type ControlResult, type FindLogin, VERIFIED } from './controls.ts'

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
): FindLogin {
  let reading: Promise<readonly Login[]> | undefined
  const read = async (): Promise<readonly Login[]> => {
    const since = Math.min(revokeAfter?.at ?? Infinity, date)
    const call = await endpoints.logins(email, since)
    return call.kind === 'result' ? call.result : []
  }
  return async (after = date + 1_000) => {
    const logins = await (reading ??= read())
    const [last] = logins
      .flatMap((login) =>
        login.allowed === true && login.at !== undefined && login.at >= after
          ? [{ ...login, at: login.at }]
          : [],
      )
      .sort((one, other) => other.at - one.at)
    return last === undefined ? undefined : describeLogin(last)
  }
}

function describeLogin({ at, app, connection, ip }: Login & { readonly at: number }): string {
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

/** The remedy for a user who came back. */
export const DISABLE_ACCOUNT =
  'Disable the account in the identity provider, and check the login methods of your Access applications, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.'
