import * as v from 'valibot'
import { type Answer, answerText, isConclusive, isConfirmed, type Operation } from './account.ts'
import type { Attempt, Evidence } from './evidence.ts'

/** Whether something holds and what was observed, or why it was not seen. Neither has personal data. */
export type Finding = readonly [holds: boolean, seen: string] | string

/** Something that this project assumes about Cloudflare. */
export interface Question {
  readonly id: string
  /** What must hold, as a full sentence. */
  readonly text: string
  /** What it means for the action if it does not hold, as a full sentence. */
  readonly otherwise: string
  /** What must have been observed. */
  readonly needs?: readonly (keyof typeof NEEDS)[]
  readonly judge: (evidence: Evidence) => Finding
}

/** What a question can need: each says why it was not observed, or nothing. */
const NEEDS = {
  session: ({ sessionsBefore }) =>
    sessionsBefore === undefined
      ? 'the sessions could not be read'
      : sessionsBefore.length === 0 && 'the test user had no active session; sign in and run it again',
  ended: ({ otherCase, sameCase }) =>
    ![otherCase, sameCase].some((attempt) => attempt?.sessions === 'ended') &&
    'no revocation ended the sessions',
  filter: ({ byFilter }) => !byFilter && 'the filter does not find the user in any letter case',
  logins: ({ lastLogin, logins }) =>
    lastLogin === undefined
      ? 'no `last_successful_login`'
      : logins.length === 0 && 'the login log could not be read',
  registrations: ({ before, kept, revoked = kept, seat }) =>
    [before, kept, revoked, seat?.registrations ?? kept].some(({ isRead }) => !isRead) &&
    'the device registrations could not be read',
  device: ({ before }) => before.active.length === 0 && 'the test user had no active device registration',
  kept: ({ kept }) => kept.active.length === 0 && 'the test user had no device registration to revoke',
  confirmed: (evidence) => !isConfirmed(decisive(evidence).answer) && 'the revocation was not confirmed',
  devices: ({ options }) => !options.devices && 'not requested (--devices)',
  seat: ({ options, seat }) => seat === undefined && (options.seat ? 'no seat' : 'not requested (--seat)'),
} as const satisfies Record<string, (evidence: Evidence) => string | false>

/** The finding for a question, or why it was not seen. */
export function findingOf({ needs = [], judge }: Question, evidence: Evidence): Finding {
  const unseen = needs.map((need) => NEEDS[need](evidence)).find((why) => why !== false)
  return unseen ?? judge(evidence)
}

/** The revocation that should have ended the sessions. */
export function decisive({ otherCase, sameCase }: Evidence): Attempt {
  return sameCase ?? otherCase
}

/** For a question about each of several things. */
export function each<T>(things: readonly T[], holds: (thing: T) => boolean, noun: string): Finding {
  const good = things.filter(holds).length
  return things.length === 0 ? `no ${noun}` : [good === things.length, `${good} of ${things.length} ${noun}`]
}

/** For a question about the answer to a revocation. */
export function confirmation(answer: Answer | undefined): Finding {
  return isConclusive(answer) ? [isConfirmed(answer), answerText(answer)] : answerText(answer)
}

const List = v.object({
  result: v.nullable(v.array(v.unknown())),
  result_info: v.optional(v.record(v.string(), v.unknown())),
})

/** The lists among the answers, of one operation or of all, with their `result_info`. */
export function listsIn(
  answers: readonly Answer[],
  operation?: Operation,
): { readonly result: readonly unknown[]; readonly info: Readonly<Record<string, unknown>> | undefined }[] {
  return answers.flatMap((answer) => {
    const list = v.safeParse(List, answer.body)
    const isWanted = list.success && (operation === undefined || answer.operation === operation)
    return isWanted ? [{ result: list.output.result ?? [], info: list.output.result_info }] : []
  })
}
