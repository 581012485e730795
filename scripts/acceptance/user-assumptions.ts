import * as v from 'valibot'
import { parseUuid } from '../../src/text/uuid.ts'
import { SESSIONS_TIMEOUT_MS } from '../../src/verify/sessions.ts'
import { type Assumption, confirmed, contradicted, judgeEach, notSeen } from './assumption.ts'
import { loggedLogin } from './logins.ts'
import { answersTo, latestTime } from './recorded-answer.ts'
import { isSame } from './sessions.ts'

const TIMEOUT_S = SESSIONS_TIMEOUT_MS / 1_000
const NO_LOGIN = { no_login: 'no `last_successful_login`', not_read: 'the login log could not be read' }
/** Access is newer than this, in Unix seconds. */
const MIN_IAT = Date.UTC(2018, 0) / 1_000

const SessionPage = v.object({
  result: v.pipe(v.array(v.unknown()), v.nonEmpty()),
  result_info: v.optional(v.object({ total_count: v.optional(v.number()), count: v.optional(v.number()) })),
})

/** Assumptions about the lists of users and sessions. */
export const USER_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'user_id',
    text: 'The `id` of a user is a UUID.',
    judge: ({ user }) => judgeEach(user.records, ({ id }) => parseUuid(id) !== undefined, 'records'),
  },
  {
    id: 'email_filter',
    text: 'The list of users finds a user by the filter `email`.',
    judge: ({ user }) => (user.byFilter ? confirmed() : contradicted('found only by `search`')),
  },
  {
    id: 'email_filter_letter_case',
    text: 'The filter `email` ignores letter case.',
    judge: ({ user: { byFilter, byOtherCase } }) => {
      if (byOtherCase === undefined) return notSeen('the list could not be read')
      if (!byFilter) return notSeen('the filter does not find the user in any letter case')
      return byOtherCase ? confirmed() : contradicted('not found in another letter case')
    },
  },
  {
    id: 'last_login',
    text: 'A user who has signed in has a `last_successful_login` that is a date.',
    judge: ({ user, sessionsBefore }) => {
      if (sessionsBefore?.length === 0) return notSeen('the test user had no active session')
      const isDate = user.records.some(({ last_successful_login: login }) => typeof login === 'object')
      return isDate ? confirmed() : contradicted('absent or not a date')
    },
  },
  {
    id: 'login_log',
    text: "The login log lists the user's last login, with its application and login method.",
    judge: ({ answers, user }) => {
      const logged = loggedLogin(answers, user)
      if (logged.kind === 'no_login' || logged.kind === 'not_read') return notSeen(NO_LOGIN[logged.kind])
      if (logged.kind === 'not_listed') return contradicted('not listed')
      const { app, connection } = logged.login
      return app !== undefined && connection !== undefined
        ? confirmed()
        : contradicted('without an application or login method')
    },
  },
  {
    id: 'login_log_delay',
    text: `A login is in the login log within ${TIMEOUT_S} seconds.`,
    judge: ({ answers, user }) => {
      const logged = loggedLogin(answers, user)
      if (logged.kind === 'no_login' || logged.kind === 'not_read') return notSeen(NO_LOGIN[logged.kind])
      const { missingAfter = 0 } = logged
      if (missingAfter > TIMEOUT_S) return contradicted(`not listed after ${missingAfter} s`)
      return logged.kind === 'listed' && logged.listedAfter <= TIMEOUT_S
        ? confirmed(`after at most ${logged.listedAfter} s`)
        : notSeen('sign in right before the run')
    },
  },
  {
    id: 'session_issued_at',
    text: '`iat` of a session is a whole number of Unix seconds, not in the future.',
    judge: ({ sessionsBefore = [], answers }) =>
      judgeEach(
        sessionsBefore,
        ({ iat }) => iat !== undefined && iat > MIN_IAT && iat * 1_000 <= latestTime(answers),
        'sessions',
      ),
  },
  {
    id: 'session_identity',
    text: 'Each session has a `name` or a `nonce` of its own.',
    judge: ({ sessionsBefore = [] }) =>
      judgeEach(
        sessionsBefore,
        (session) =>
          session.keys.length > 0 && sessionsBefore.filter((other) => isSame(session, other)).length === 1,
        'sessions',
      ),
  },
  {
    id: 'sessions_whole',
    text: 'All active sessions of a user come in one answer.',
    judge: ({ answers }) => {
      const pages = answersTo(answers, 'active_sessions').flatMap(({ body }) => {
        const page = v.safeParse(SessionPage, body)
        return page.success ? [page.output] : []
      })
      return judgeEach(
        pages,
        ({ result, result_info: info }) => result.length >= (info?.total_count ?? info?.count ?? 0),
        'answers with sessions',
      )
    },
  },
]
