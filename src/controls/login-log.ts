import type { ServerTime } from '../cloudflare/answer.ts'
import type { Login } from '../cloudflare/records.ts'
import type { RunContext } from '../organization/run-context.ts'
import { isoTime } from '../text/measures.ts'
import type { User } from '../users/user.ts'
import type { Confirmation } from './control.ts'

/** Login methods whose names in the log are no words. */
const METHODS: Readonly<Record<string, string>> = { onetimepin: 'one-time PIN', warp: 'WARP' }

/** Texts of these characters can stand in a sentence without quotation marks; others are left out. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9 .:/_-]*$/

/**
 * Explains how a user came back, from the login log. It is read once for each user, and only if something shows that the
 * user did. It decides nothing: Cloudflare does not document how soon the log has a login.
 *
 * @returns takes a time in milliseconds since the epoch, and finds the last login that was allowed after it:
 * `2030-01-31T12:03:00Z to grafana.example.com with one-time PIN (203.0.113.7)`; undefined if the log has none, or cannot
 * be read
 */
export function loginSince(
  { email, revokeAfter }: User,
  { date = Infinity }: ServerTime,
  { endpoints }: RunContext,
): Confirmation['login'] {
  let reading: Promise<readonly Login[]> | undefined
  const read = async (): Promise<readonly Login[]> => {
    const since = Math.min(revokeAfter?.at ?? Infinity, date)
    const call = await endpoints.logins({ email, since }, email)
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
    return last === undefined ? undefined : describe(last)
  }
}

function describe({ at, app, connection, ip }: Login & { readonly at: number }): string {
  const isPlain = (text: string | undefined): text is string => text !== undefined && PLAIN.test(text)
  return [
    secondOf(at),
    ...(isPlain(app) ? [`to ${app}`] : []),
    ...(isPlain(connection) ? [`with ${METHODS[connection] ?? connection}`] : []),
    ...(isPlain(ip) ? [`(${ip})`] : []),
  ].join(' ')
}

/** `2030-02-01T00:00:00Z`. */
export function secondOf(at: number): string {
  return isoTime(at).replace(/\.\d+Z$/, 'Z')
}

/** The remedy for a user who came back. */
export const DISABLE_ACCOUNT =
  'Disable the account in the identity provider, and check the login methods of your Access applications, then run the step again. If you only want users to sign in again, set `signed-in-again: warn`.'
