import * as v from 'valibot'
import { type Answer, answerText, limitsIn, resultOf } from './account.ts'
import type { Evidence } from './evidence.ts'
import { isActive } from './test-user.ts'

/** Whether something holds and what was observed, or why it was not seen. Neither has personal data. */
export type Finding = readonly [holds: boolean, seen: string] | string

type Judge = (evidence: Evidence) => Finding

/** Something that this project assumes about Cloudflare. */
export interface Question {
  /** What must hold, as a full sentence. */
  readonly text: string
  /** What it means for the action if it does not hold, as a full sentence. */
  readonly otherwise: string
  /** What must have been observed. */
  readonly needs?: readonly (keyof typeof NEEDS)[]
  readonly judge: Judge
}

/** The answer to seats that were freed. */
export const FreeSeats = v.pipe(
  v.array(v.looseObject({ access_seat: v.literal(false), gateway_seat: v.literal(false) })),
  v.nonEmpty(),
)

/** What a question can need: each says why it was not observed, or nothing. */
const NEEDS = {
  session: ({ sessionsBefore }) =>
    sessionsBefore.length === 0 && 'the test user had no active session; sign in and run it again',
  ended: ({ decisive }) => !decisive.isOver && 'no revocation ended the sessions',
  confirmed: ({ decisive }) =>
    resultOf(decisive.answer, v.literal(true)) === undefined && 'the revocation was not confirmed',
  devices: ({ options }) => !options.devices && 'not requested (--devices)',
  seat: ({ options, seat }) => seat === undefined && (options.seat ? 'no seat' : 'not requested (--seat)'),
  freed: ({ seat }) => resultOf(seat?.answer, FreeSeats) === undefined && 'the seat was not freed',
} as const satisfies Record<string, (evidence: Evidence) => string | false>

/** The finding for a question, or why it was not seen. */
export function findingOf({ needs = [], judge }: Question, evidence: Evidence): Finding {
  const unseen = needs.map((need) => NEEDS[need](evidence)).find((why) => why !== false)
  return unseen ?? judge(evidence)
}

/** For a question about one answer. A missing permission, a limit, and a failure say nothing about the API. */
export function answered(answer: Answer | undefined, result: v.GenericSchema = v.literal(true)): Finding {
  const isConclusive = answer !== undefined && answer.status < 500 && ![401, 403, 429].includes(answer.status)
  return isConclusive ? [resultOf(answer, result) !== undefined, answerText(answer)] : answerText(answer)
}

/** Several things of one kind that a question can be about. */
const THINGS = {
  records: ({ records }: Evidence) => records,
  lookups: ({ filtered }: Evidence) => filtered,
  sessions: ({ sessionsBefore }: Evidence) => sessionsBefore,
  registrations: ({ before, kept, after }: Evidence) => [...before, ...kept, ...after],
  'active registrations': ({ before }: Evidence) => before.filter(isActive),
  'kept registrations': ({ kept }: Evidence) => kept.filter(isActive),
  'registrations with a seat': ({ after }: Evidence) => after,
  answers: ({ answers }: Evidence) => answers,
  quotas: ({ answers }: Evidence) =>
    answers.flatMap(({ headers }) => limitsIn(headers['ratelimit-policy'], 'q', 'w')),
  lists: ({ lists }: Evidence) => lists,
} as const

type Thing<Name extends keyof typeof THINGS> = ReturnType<(typeof THINGS)[Name]>[number]

/** For a question about each of several things. */
export function each<Name extends keyof typeof THINGS>(
  name: Name,
  holds: (thing: Thing<Name>, evidence: Evidence) => boolean,
): Judge {
  return (evidence) => {
    const things: readonly Thing<Name>[] = THINGS[name](evidence)
    const good = things.filter((thing) => holds(thing, evidence)).length
    return things.length === 0
      ? `no ${name}`
      : [good === things.length, `${good} of ${things.length} ${name}`]
  }
}
