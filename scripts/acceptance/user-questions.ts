import { decisive, isSame, keysOf, TIMEOUT_S } from './acceptance-run.ts'
import { answersTo, answerText, isConfirmed, latestTime, listsIn } from './answer.ts'
import { confirmation, each, ENDED, type Question, SESSION } from './question.ts'
import { loggedLogin } from './test-user.ts'

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** About the test user: revocations, lists of users, logins, and sessions. */
export const USER_QUESTIONS: readonly Question[] = [
  {
    id: 'revocation_true',
    text: 'The revocation of a user with sessions is answered `success: true` and `result: true`.',
    otherwise: 'The action reports users as not revoked who are.',
    needs: [SESSION],
    judge: (evidence) => confirmation(decisive(evidence).answer),
  },
  {
    id: 'sessions_end',
    text: `After a revocation, no session from before is listed within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification fails for users who are revoked, or a revocation does not end sessions.',
    needs: [SESSION],
    judge: (evidence) => {
      const { answer, sessions, seconds } = decisive(evidence)
      if (sessions === 'ended') return [true, `after at most ${seconds} s`]
      if (sessions === 'not read') return 'the sessions could not be read'
      return isConfirmed(answer) ? [false, `left after ${TIMEOUT_S} s`] : 'the revocation was not confirmed'
    },
  },
  {
    id: 'revocation_letter_case',
    text: 'A revocation ignores the letter case of the address.',
    otherwise: 'With `verify: false`, the step is green for an address in another letter case.',
    needs: [SESSION, ENDED],
    judge: ({ otherCase: { answer, sessions } }) => [sessions === 'ended', answerText(answer)],
  },
  {
    id: 'revocation_again',
    text: 'A revocation of a user whose sessions have ended is answered `result: true`, too.',
    otherwise: 'A step that runs again for the same list is red.',
    needs: [SESSION, ENDED],
    judge: ({ again }) => confirmation(again.answer),
  },
  {
    id: 'unknown_address',
    text: 'The revocation of an unknown address is answered `result: true`, so only a lookup detects it.',
    otherwise: 'With `verify: false`, the action could detect it as well.',
    judge: ({ unknownAddress }) => confirmation(unknownAddress),
  },
  {
    id: 'user_id',
    text: 'The `id` of a user is a UUID.',
    otherwise: 'The action does not read the sessions of the user.',
    judge: ({ user }) => each(user.records, ({ id }) => UUID.test(id), 'records'),
  },
  {
    id: 'email_filter',
    text: 'The list of users finds a user by the filter `email`.',
    otherwise: 'A lookup takes more calls.',
    judge: ({ user }) => [user.byFilter, user.byFilter ? '' : 'found only by `search`'],
  },
  {
    id: 'email_filter_letter_case',
    text: 'The filter `email` ignores letter case.',
    otherwise: 'Records in another letter case are found only by `search`.',
    needs: [({ user }) => !user.byFilter && 'the filter does not find the user in any letter case'],
    judge: ({ user: { byOtherCase } }) =>
      byOtherCase === undefined ? 'the list could not be read' : [byOtherCase, 'in another letter case'],
  },
  {
    id: 'last_login',
    text: 'A user who has signed in has a `last_successful_login` that is a date.',
    otherwise: 'The action cannot see that a user signed in again.',
    needs: [SESSION],
    judge: ({ user }) => [
      user.lastLogin !== undefined,
      user.lastLogin === undefined ? 'absent or not a date' : '',
    ],
  },
  {
    id: 'login_log',
    text: "The login log lists the user's last login, with its application and login method.",
    otherwise: 'Messages about a login do not say where it led to.',
    judge: (evidence) => {
      const logged = loggedLogin(evidence.answers, evidence.user)
      return typeof logged === 'string' ? logged : [logged.isComplete, `listed: ${logged.isListed}`]
    },
  },
  {
    id: 'login_log_delay',
    text: `A login is in the login log within ${TIMEOUT_S} seconds.`,
    otherwise: 'Messages about a recent login do not say where it led to.',
    judge: (evidence) => {
      const logged = loggedLogin(evidence.answers, evidence.user)
      if (typeof logged === 'string') return logged
      if (logged.missingAfter > TIMEOUT_S) return [false, `not listed after ${logged.missingAfter} s`]
      const isInTime = logged.isListed && logged.listedAfter <= TIMEOUT_S
      return isInTime ? [true, `after at most ${logged.listedAfter} s`] : 'sign in right before the run'
    },
  },
  {
    id: 'session_issued_at',
    text: '`iat` of a session is a whole number of Unix seconds, not in the future.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: [SESSION],
    judge: ({ sessionsBefore = [], answers }) =>
      each(
        sessionsBefore,
        // Access is newer than 2018.
        ({ metadata: { iat = 0.5 } }) =>
          Number.isInteger(iat) && iat * 1_000 > Date.UTC(2018, 0) && iat * 1_000 <= latestTime(answers),
        'sessions',
      ),
  },
  {
    id: 'session_identity',
    text: 'Each session has a `name` or a `nonce` of its own.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: [SESSION],
    judge: ({ sessionsBefore: all = [] }) =>
      each(
        all,
        (one) => keysOf(one).length > 0 && all.filter((other) => isSame(one, other)).length === 1,
        'sessions',
      ),
  },
  {
    id: 'sessions_whole',
    text: 'All active sessions of a user come in one answer.',
    otherwise: 'Verification fails for users with many sessions.',
    judge: ({ answers }) =>
      each(
        listsIn(answersTo(answers, 'active_sessions')).filter(({ result }) => result.length > 0),
        ({ result, info }) => result.length >= Number(info?.['total_count'] ?? info?.['count'] ?? 0),
        'answers with sessions',
      ),
  },
]
