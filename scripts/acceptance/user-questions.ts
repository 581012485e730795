import { answerText, isConfirmed } from './account.ts'
import { CLOCK_TOLERANCE_MS, TIMEOUT_S } from './evidence.ts'
import { confirmation, decisive, each, listsIn, type Question } from './question.ts'
import { isSame, keysOf } from './test-user.ts'

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i

/** About the test user: revocations, lists of users, logins, and sessions. */
export const USER_QUESTIONS: readonly Question[] = [
  {
    id: 'revocation_true',
    text: 'The revocation of a user with sessions is answered `success: true` and `result: true`.',
    otherwise: 'The action reports users as not revoked who are.',
    needs: ['session'],
    judge: (evidence) => confirmation(decisive(evidence).answer),
  },
  {
    id: 'sessions_end',
    text: `After a revocation, no session from before is listed within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification fails for users who are revoked, or a revocation does not end sessions.',
    needs: ['session'],
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
    needs: ['session', 'ended'],
    judge: ({ otherCase: { answer, sessions } }) => [sessions === 'ended', answerText(answer)],
  },
  {
    id: 'revocation_again',
    text: 'A revocation of a user whose sessions have ended is answered `result: true`, too.',
    otherwise: 'A step that runs again for the same list is red.',
    needs: ['session', 'ended'],
    judge: ({ again }) => confirmation(again),
  },
  {
    id: 'action',
    text: 'The action reports the test user as revoked, and verifies it.',
    otherwise: 'A step is red for a user who is revoked.',
    needs: ['session', 'ended'],
    judge: ({ action }) => [action === 'revoked, passed', action],
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
    judge: ({ records }) => each(records, ({ id }) => UUID.test(id), 'records'),
  },
  {
    id: 'email_filter',
    text: 'The list of users finds a user by the filter `email`.',
    otherwise: 'A lookup takes more calls.',
    judge: ({ byFilter }) => [byFilter, byFilter ? '' : 'found only by `search`'],
  },
  {
    id: 'email_filter_letter_case',
    text: 'The filter `email` ignores letter case.',
    otherwise: 'Records in another letter case are found only by `search`.',
    needs: ['filter'],
    judge: ({ byOtherCase }) =>
      byOtherCase === undefined ? 'the list could not be read' : [byOtherCase, 'in another letter case'],
  },
  {
    id: 'last_login',
    text: 'A user who has signed in has a `last_successful_login` that is a date.',
    otherwise: 'The action cannot see that a user signed in again.',
    needs: ['session'],
    judge: ({ lastLogin }) => [
      lastLogin !== undefined,
      lastLogin === undefined ? 'absent or not a date' : '',
    ],
  },
  {
    id: 'login_log',
    text: "The login log lists the user's last login, with its application and login method.",
    otherwise: 'Messages about a login do not say where it led to.',
    needs: ['logins'],
    judge: ({ logins }) => {
      const entry = logins.at(-1)?.entry
      return [Boolean(entry?.app_domain && entry.connection), `listed: ${entry !== undefined}`]
    },
  },
  {
    id: 'login_log_delay',
    text: `A login is in the login log within ${TIMEOUT_S} seconds.`,
    otherwise: 'Messages about a recent login do not say where it led to.',
    needs: ['logins'],
    judge: ({ logins }) => {
      const late = logins.find(({ seconds, entry }) => entry === undefined && seconds > TIMEOUT_S)
      if (late !== undefined) return [false, `not listed after ${late.seconds} s`]
      const seconds = logins.at(-1)?.seconds ?? Infinity
      return seconds <= TIMEOUT_S ? [true, `after at most ${seconds} s`] : 'sign in right before the run'
    },
  },
  {
    id: 'session_issued_at',
    text: '`iat` of a session is a whole number of Unix seconds, not in the future.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: ['session'],
    judge: ({ sessionsBefore = [] }) =>
      each(
        sessionsBefore,
        // Access is newer than 2018.
        ({ metadata: { iat = 0.5 } }) =>
          Number.isInteger(iat) &&
          iat * 1_000 > Date.UTC(2018, 0) &&
          iat * 1_000 <= Date.now() + CLOCK_TOLERANCE_MS,
        'sessions',
      ),
  },
  {
    id: 'session_identity',
    text: 'Each session has a `name` or a `nonce` of its own.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: ['session'],
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
        listsIn(answers, 'active_sessions').filter(({ result }) => result.length > 0),
        ({ result, info }) => result.length >= Number(info?.['total_count'] ?? info?.['count'] ?? 0),
        'answers with sessions',
      ),
  },
]
