import * as v from 'valibot'
import { SESSIONS_TIMEOUT_MS } from '../../src/verify/sessions.ts'
import { type Assumption, confirmed, contradicted, type Finding, notSeen } from './assumption.ts'
import type { Attempt, Evidence } from './acceptance-run.ts'
import { answerText, isConclusive, type RecordedAnswer, resultOf } from './recorded-answer.ts'

const NO_SESSION = 'the test user had no active session; sign in and run it again'
/** The revocation has no positive answer. */
export const UNCONFIRMED = 'the revocation was not confirmed'
const NOT_READ = 'the sessions could not be read'
const LEFT = `sessions were left after ${SESSIONS_TIMEOUT_MS / 1_000} s`

/** Assumptions about revocations, and the sessions after them. */
export const REVOCATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'revocation_true',
    text: 'The revocation of a user with sessions is answered `success: true` and `result: true`.',
    judge: (evidence) =>
      withSessions(evidence, () => {
        return judgeConfirmation(decisiveAttempt(evidence).answer)
      }),
  },
  {
    id: 'sessions_end',
    text: `After a revocation, no session from before is listed within ${SESSIONS_TIMEOUT_MS / 1_000} seconds.`,
    judge: (evidence) =>
      withSessions(evidence, () => {
        const { answer, sessions } = decisiveAttempt(evidence)
        if (sessions.kind === 'left') {
          return isConfirmed(answer) ? contradicted(LEFT) : notSeen(UNCONFIRMED)
        }
        if (sessions.kind !== 'ended') return notSeen(NOT_READ)
        const { seconds } = sessions
        return confirmed(seconds === undefined ? 'after an unknown time' : `after at most ${seconds} s`)
      }),
  },
  {
    id: 'revocation_letter_case',
    text: 'A revocation ignores the letter case of the address.',
    judge: (evidence) =>
      withSessions(evidence, () => {
        const { otherCase, sameCase } = evidence
        if (otherCase.sessions.kind === 'ended') return confirmed(answerText(otherCase.answer))
        if (sameCase?.sessions.kind === 'ended') {
          return contradicted(`sessions ended only by the address as listed; ${answerText(otherCase.answer)}`)
        }
        return notSeen('no revocation ended the sessions')
      }),
  },
  {
    id: 'revocation_again',
    text: 'A revocation of a user whose sessions have ended is answered `result: true`, too.',
    judge: (evidence) =>
      withSessions(evidence, () => {
        if (decisiveAttempt(evidence).sessions.kind !== 'ended')
          return notSeen('no revocation ended the sessions')
        return judgeConfirmation(evidence.again.answer)
      }),
  },
  {
    id: 'unknown_address',
    text: 'The revocation of an unknown address is answered `result: true`, so only a lookup detects it.',
    judge: ({ unknownAddress }) => judgeConfirmation(unknownAddress),
  },
]

/** Whether an answer confirms a revocation. */
export function isConfirmed(answer: RecordedAnswer | undefined): boolean {
  return resultOf(answer, v.boolean()) === true
}

function judgeConfirmation(answer: RecordedAnswer | undefined): Finding {
  if (!isConclusive(answer)) return notSeen(answerText(answer))
  return isConfirmed(answer) ? confirmed(answerText(answer)) : contradicted(answerText(answer))
}

/** The revocation that should have ended the sessions. */
export function decisiveAttempt({ otherCase, sameCase }: Evidence): Attempt {
  return sameCase ?? otherCase
}

/** Without a session before, nothing can end. */
function withSessions({ sessionsBefore }: Evidence, judge: () => Finding): Finding {
  if (sessionsBefore === undefined) return notSeen(NOT_READ)
  return sessionsBefore.length === 0 ? notSeen(NO_SESSION) : judge()
}
