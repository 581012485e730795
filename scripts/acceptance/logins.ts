import * as v from 'valibot'
import { Login } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { parseTimestamp } from '../../src/text/time.ts'
import { type Account, TEST_USER } from './account.ts'
import { answersTo, dateOf, type RecordedAnswer, resultOf as resultIn } from './recorded-answer.ts'
import type { TestUser } from './test-user.ts'

const Logins = v.nullable(v.array(Login))

/** The user's record and the login log may give times that differ a little. In milliseconds. */
const TOLERANCE_MS = 60_000

/** Where the login log has the last login of the test user. */
export type LoggedLogin =
  | { readonly kind: 'no_login' | 'not_read' }
  /** Seconds from the login to the last answer. */
  | { readonly kind: 'not_listed'; readonly seconds: number }
  | {
      readonly kind: 'listed'
      readonly login: Login
      /** Seconds from the login to the last answer without it; undefined if the first answer has it. */
      readonly after: number | undefined
      /** Seconds from the login to the first answer with it. */
      readonly within: number
    }

/** Reads the login log, unless an earlier answer has the user's last login. */
export async function readLogins(account: Account, user: TestUser): Promise<void> {
  const since = lastLoginOf(user)
  if (since === undefined || loggedLogin(account.answers, user).kind === 'listed') return
  await account.endpoints.logins({ email: user.email, since: since - TOLERANCE_MS }, TEST_USER)
}

/** Finds the user's last login in the answers of the login log. */
export function loggedLogin(answers: readonly RecordedAnswer[], user: TestUser): LoggedLogin {
  const lastLogin = lastLoginOf(user)
  if (lastLogin === undefined) return { kind: 'no_login' }
  let after: number | undefined
  for (const answer of answersTo(answers, 'list_logins')) {
    const logins = resultIn(answer, Logins)
    if (logins === undefined) continue
    const seconds = ((dateOf(answer) ?? NaN) - lastLogin) / 1_000
    const login = (logins ?? []).find(
      ({ email = '', at = NaN }) =>
        addressKey(email) === addressKey(user.email) && Math.abs(at - lastLogin) <= TOLERANCE_MS,
    )
    if (login !== undefined) return { kind: 'listed', login, after, within: seconds }
    after = seconds
  }
  return after === undefined ? { kind: 'not_read' } : { kind: 'not_listed', seconds: after }
}

/** The last login by the list of users, in milliseconds since the epoch. */
function lastLoginOf({ records }: TestUser): number | undefined {
  const times = records.flatMap(({ last_successful_login: login = '' }) => parseTimestamp(login) ?? [])
  return times.length === 0 ? undefined : Math.max(...times)
}
