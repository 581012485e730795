import * as v from 'valibot'
import { type Assumption, confirmed, contradicted, type Finding, notSeen } from './assumption.ts'
import type { Attempt, Evidence } from './evidence.ts'
import { answerText, isTelling, resultOf, type SeenAnswer } from './seen-answer.ts'
import { PATIENCE } from './sessions.ts'

const NO_SESSION = 'the test user had no active session; sign in and run it again'
const NOT_READ = 'the sessions could not be read'
const LEFT = `sessions were left after ${PATIENCE / 1_000} s`

/** What is assumed of revocations and of the sessions after them. */
export const REVOCATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'revocation_true',
    text: 'The revocation of a user with sessions is answered `success: true` and `result: true`.',
    judge: (evidence) =>
      withSessions(evidence, () => {
        return judgeYes(telling(evidence).answer)
      }),
  },
  {
    id: 'sessions_end',
    text: `After a revocation, no session from before is listed within ${PATIENCE / 1_000} seconds.`,
    judge: (evidence) =>
      withSessions(evidence, () => {
        const { answer, sessions } = telling(evidence)
        if (sessions.kind === 'left') {
          return isYes(answer) ? contradicted(LEFT) : notSeen('the revocation was not confirmed')
        }
        if (sessions.kind !== 'ended') return notSeen(NOT_READ)
        const { seconds } = sessions
        return confirmed(seconds === undefined ? 'after an unknown time' : `after at most ${seconds} s`)
      }),
  },
  {
    id: 'revocation_letter_case',
    text: 'A revocation takes no notice of the letter case of the address.',
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
        if (telling(evidence).sessions.kind !== 'ended') return notSeen('no revocation ended the sessions')
        return judgeYes(evidence.again.answer)
      }),
  },
  {
    id: 'unknown_address',
    text: 'The revocation of an address that nobody has is answered `result: true`, so only a lookup detects it.',
    judge: ({ nobody }) => judgeYes(nobody),
  },
]

/** Whether an answer confirms a revocation. */
export function isYes(answer: SeenAnswer | undefined): boolean {
  return resultOf(answer, v.boolean()) === true
}

function judgeYes(answer: SeenAnswer | undefined): Finding {
  if (!isTelling(answer)) return notSeen(answerText(answer))
  return isYes(answer) ? confirmed(answerText(answer)) : contradicted(answerText(answer))
}

/** The revocation that should have ended the sessions: the one by the address as listed, where it was needed. */
export function telling({ otherCase, sameCase }: Evidence): Attempt {
  return sameCase ?? otherCase
}

/** Without a session before, nothing can be seen to end. */
function withSessions({ sessionsBefore }: Evidence, judge: () => Finding): Finding {
  if (sessionsBefore === undefined) return notSeen(NOT_READ)
  return sessionsBefore.length === 0 ? notSeen(NO_SESSION) : judge()
}
