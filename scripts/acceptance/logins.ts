import * as v from 'valibot'
import { Login } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { monotonicMs } from '../../src/text/measures.ts'
import { CLOCK_TOLERANCE_MS } from '../../src/verify/clocks.ts'
import { SESSIONS_TIMEOUT_MS } from '../../src/verify/sessions.ts'
import { type Account, TEST_USER } from './account.ts'
import { answersTo, dateOf, type RecordedAnswer, resultOf as resultIn } from './recorded-answer.ts'
import { pollUntil } from './sessions.ts'
import type { TestUser } from './test-user.ts'

const Logins = v.nullable(v.array(Login))

const PAUSE_MS = 10_000

/** The test user's last login in the login log. */
export type LoggedLogin =
  | { readonly kind: 'no_login' }
  | { readonly kind: 'not_read' }
  /** Seconds from the login to the last answer without it. */
  | { readonly kind: 'not_listed'; readonly missingAfter: number }
  | {
      readonly kind: 'listed'
      readonly login: Login
      /** Undefined if the first answer has the login. */
      readonly missingAfter: number | undefined
      /** Seconds from the login to the first answer with it. */
      readonly listedAfter: number
    }

/** Reads the login log. */
export async function readLogins(account: Account, user: TestUser): Promise<LoggedLogin> {
  const since = lastLoginOf(user)
  if (since !== undefined)
    await account.endpoints.logins({ email: user.email, since: since - CLOCK_TOLERANCE_MS }, TEST_USER)
  return loggedLogin(account.answers, user)
}

/** Reads the login log until it shows the user's last login, unless an earlier answer does. */
export async function waitForLogin(account: Account, user: TestUser): Promise<void> {
  if (loggedLogin(account.answers, user).kind !== 'not_listed') return
  const deadline = monotonicMs() + SESSIONS_TIMEOUT_MS
  const read = async (): Promise<LoggedLogin> => readLogins(account, user)
  await pollUntil(read, ({ kind }) => kind === 'listed', deadline, PAUSE_MS)
}

/** Finds the user's last login in the answers of the login log. */
export function loggedLogin(answers: readonly RecordedAnswer[], user: TestUser): LoggedLogin {
  const lastLogin = lastLoginOf(user)
  if (lastLogin === undefined) return { kind: 'no_login' }
  let missingAfter: number | undefined
  for (const answer of answersTo(answers, 'list_logins')) {
    const logins = resultIn(answer, Logins)
    if (logins === undefined) continue
    const seconds = Math.round(((dateOf(answer) ?? NaN) - lastLogin) / 1_000)
    const login = (logins ?? []).find(
      ({ email = '', at = NaN }) =>
        addressKey(email) === addressKey(user.email) && Math.abs(at - lastLogin) <= CLOCK_TOLERANCE_MS,
    )
    if (login !== undefined) return { kind: 'listed', login, missingAfter, listedAfter: seconds }
    missingAfter = seconds
  }
  return missingAfter === undefined ? { kind: 'not_read' } : { kind: 'not_listed', missingAfter }
}

/** The last login by the list of users, in milliseconds since the epoch. */
function lastLoginOf({ records }: TestUser): number | undefined {
  const times = records.flatMap(({ last_successful_login: login }) =>
    typeof login === 'object' ? [login.at] : [],
  )
  return times.length === 0 ? undefined : Math.max(...times)
}
