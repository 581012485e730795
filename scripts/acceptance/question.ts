import type { Evidence } from './acceptance-run.ts'
import { type Answer, answerText, isConclusive, isConfirmed } from './answer.ts'

/** Whether something holds and what was observed, or why it was not seen. Neither has personal data. */
export type Finding = readonly [holds: boolean, seen: string] | string

/** Something that this project assumes about Cloudflare. */
export interface Question {
  readonly id: string
  /** What must hold, as a full sentence. */
  readonly text: string
  /** What it means for the action if it does not hold, as a full sentence. */
  readonly otherwise: string
  /** What must have been observed: each says why it was not, or nothing. */
  readonly needs?: readonly ((evidence: Evidence) => string | false)[]
  readonly judge: (evidence: Evidence) => Finding
}

/** Without a session before, nothing can end. */
export const SESSION = ({ sessionsBefore }: Evidence): string | false =>
  sessionsBefore === undefined
    ? 'the sessions could not be read'
    : sessionsBefore.length === 0 && 'the test user had no active session; sign in and run it again'

/** One of the revocations ended the sessions. */
export const ENDED = ({ otherCase, sameCase }: Evidence): string | false =>
  ![otherCase, sameCase].some((attempt) => attempt?.sessions === 'ended') &&
  'no revocation ended the sessions'

/** The registrations before, or after a revocation without `devices`, could be read. */
export const REGISTRATIONS = ({ before, kept }: Evidence): string | false =>
  !(before.isRead && kept.isRead) && 'the device registrations could not be read'

/** The test user had a device to revoke. */
export const DEVICE = ({ before }: Evidence): string | false =>
  before.active.length === 0 && 'the test user had no active device registration'

/** For a question about each of several things. */
export function each<T>(things: readonly T[], holds: (thing: T) => boolean, noun: string): Finding {
  const good = things.filter(holds).length
  return things.length === 0 ? `no ${noun}` : [good === things.length, `${good} of ${things.length} ${noun}`]
}

/** For a question about the answer to a revocation. */
export function confirmation(answer: Answer | undefined): Finding {
  return isConclusive(answer) ? [isConfirmed(answer), answerText(answer)] : answerText(answer)
}
