import * as v from 'valibot'
import { answerViolations } from '../../embedded-api/description/description.ts'
import type { Registration } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { countDevices } from '../../src/verify/user-directory.ts'
import { type Answer, answerText, limitsIn, resultOf } from './account.ts'
import { type Evidence, isActive, isSame, TIMEOUT_S } from './evidence.ts'

/** Whether something holds and what was observed, or why it was not seen. Neither has personal data. */
type Finding = readonly [holds: boolean, seen: string] | string

type Judge = (evidence: Evidence) => Finding

/** Something that this project assumes about Cloudflare. */
interface Question {
  /** What must hold, as a full sentence. */
  readonly text: string
  /** What it means for the action if it does not hold, as a full sentence. */
  readonly otherwise: string
  /** What must have been observed. */
  readonly needs?: readonly (keyof typeof NEEDS)[]
  readonly judge: Judge
}

/** The answer to seats that were freed. */
const FreeSeats = v.pipe(
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
function answered(answer: Answer | undefined, result: v.GenericSchema = v.literal(true)): Finding {
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
  'last logins': ({ logins }: Evidence) => logins,
} as const

type Thing<Name extends keyof typeof THINGS> = ReturnType<(typeof THINGS)[Name]>[number]

/** For a question about each of several things. */
function each<Name extends keyof typeof THINGS>(
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

const isActiveIn = (registrations: readonly Registration[], id: string): boolean =>
  registrations.some((registration) => registration.id === id && isActive(registration))

/** Everything that this project assumes about Cloudflare. */
export const QUESTIONS: Readonly<Record<string, Question>> = {
  revocation_true: {
    text: 'The revocation of a user with sessions is answered `success: true` and `result: true`.',
    otherwise: 'The action reports users as not revoked who are.',
    needs: ['session'],
    judge: ({ decisive }) => answered(decisive.answer),
  },
  sessions_end: {
    text: `After a revocation, no session from before is listed within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification fails for users who are revoked, or a revocation does not end sessions.',
    needs: ['session', 'confirmed'],
    judge: ({ decisive: { isOver, seconds } }) => [isOver, `${isOver ? '' : 'not '}over after ${seconds} s`],
  },
  revocation_letter_case: {
    text: 'A revocation ignores the letter case of the address.',
    otherwise: 'With `verify: false`, the step is green for an address in another letter case.',
    needs: ['session', 'ended'],
    judge: ({ otherCase }) => [otherCase.isOver, answerText(otherCase.answer)],
  },
  revocation_again: {
    text: 'A revocation of a user whose sessions have ended is answered `result: true`, too.',
    otherwise: 'A step that runs again for the same list is red.',
    needs: ['session', 'ended'],
    judge: ({ again }) => answered(again),
  },
  action: {
    text: 'The action reports the test user as revoked, and verifies it.',
    otherwise: 'A step is red for a user who is revoked.',
    needs: ['session', 'ended'],
    judge: ({ action }) => [action === 'revoked, passed', action],
  },
  unknown_address: {
    text: 'The revocation of an unknown address is answered `result: true`, so only a lookup detects it.',
    otherwise: 'With `verify: false`, the action could detect it as well.',
    judge: ({ unknownAddress }) => answered(unknownAddress),
  },
  email_filter: {
    text: 'The filter `email` of the list of users finds a user, in any letter case.',
    otherwise: 'A lookup takes more calls, because only `search` finds all records.',
    judge: each('lookups', ({ length }) => length > 0),
  },
  last_login: {
    text: 'A user who has signed in has a `last_successful_login` that is a date.',
    otherwise: 'The action cannot see that a user signed in again.',
    needs: ['session'],
    judge: each('records', ({ last_successful_login: login }) => typeof login === 'object'),
  },
  login_log: {
    text: `The login log has the last login, with its application and login method, within ${TIMEOUT_S} seconds.`,
    otherwise: 'Messages about a login do not say where it led to.',
    judge: each('last logins', (isLogged) => isLogged),
  },
  session_issued_at: {
    text: '`iat` of a session is a whole number of Unix seconds, not in the future.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: ['session'],
    // Access is newer than 2018, and clocks may differ by a minute.
    judge: each('sessions', ({ iat = 0 }) => iat > Date.UTC(2018) / 1_000 && iat <= Date.now() / 1_000 + 60),
  },
  session_identity: {
    text: 'Each session has a `name` or a `nonce` of its own.',
    otherwise: 'The action takes new sessions for old ones, and verification fails.',
    needs: ['session'],
    judge: each('sessions', (session, { sessionsBefore: all }) => {
      return session.keys.length > 0 && all.filter((other) => isSame(session, other)).length === 1
    }),
  },
  registration_user_id: {
    text: '`user.id` of a device registration is the `id` or the `uid` of the Access user.',
    otherwise: 'The action finds no registrations, and verification of devices fails.',
    judge: each('registrations', ({ owner }, { records }) => {
      return records.some(({ id, uid = id }) => [id, uid].includes(owner.id ?? ''))
    }),
  },
  registration_owner: {
    text: 'The filter `user.id` of the list of device registrations returns only those with the address of the user in `user.email`.',
    otherwise: 'Reading registrations takes longer, or the action tells owners apart by ID alone.',
    judge: each(
      'registrations',
      ({ owner }, { email }) => addressKey(owner.email ?? '') === addressKey(email),
    ),
  },
  device_count: {
    text: 'A user has at least as many active device registrations as `active_device_count` says, and none if it is 0.',
    otherwise: 'Verification of devices fails, or an empty list is taken for none.',
    judge: ({ records, before }) => {
      const [count, listed] = [countDevices({ records }), before.filter(isActive).length]
      if (count === undefined) return 'no `active_device_count`'
      return [listed >= count && (count > 0 || listed === 0), `counted ${count}, listed ${listed}`]
    },
  },
  devices_left: {
    text: 'A revocation without `devices` leaves the device registrations active.',
    otherwise: 'A step without `devices` revokes devices.',
    needs: ['confirmed'],
    judge: each('active registrations', ({ id }, { kept }) => isActiveIn(kept, id)),
  },
  devices_revoked: {
    text: `With \`devices\`, each device registration has a \`revoked_at\` or is gone within ${TIMEOUT_S} seconds.`,
    otherwise: 'Verification of devices fails, or devices stay connected.',
    needs: ['devices'],
    judge: each('kept registrations', ({ id }, { after }) => !isActiveIn(after, id)),
  },
  seat_freed: {
    text: 'A seat with `access_seat` and `gateway_seat` false is answered with both false.',
    otherwise: 'The action reports seats as not removed that are.',
    needs: ['seat'],
    judge: ({ seat }) => answered(seat?.answer, FreeSeats),
  },
  seat_registrations: {
    text: "Freeing a seat deletes the user's device registrations.",
    otherwise: 'With `remove-seat`, devices stay connected.',
    needs: ['seat', 'freed'],
    judge: each('registrations with a seat', ({ id }, { seat }) => !seat?.registrations.has(id)),
  },
  token_status: {
    text: "The verify endpoint that fits the token's owner answers `active`.",
    otherwise: 'Dry runs fail with a token that is valid.',
    judge: ({ answers }) => {
      const Active = v.object({ status: v.literal('active') })
      return [answers.some((answer) => resultOf(answer, Active) !== undefined), 'for users or for accounts']
    },
  },
  list_counts: {
    text: 'In `result_info`, `count` is the number of listed records, and `total_count` is not smaller.',
    otherwise: 'The action takes complete lists for incomplete ones.',
    judge: each('lists', ({ length, info }) => {
      return (info['count'] ?? length) === length && Number(info['total_count'] ?? length) >= length
    }),
  },
  sessions_whole: {
    text: 'All active sessions of a user come in one answer.',
    otherwise: 'Verification fails for users with many sessions.',
    judge: each('lists', ({ place, length, info }) => {
      return !place.endsWith('/active_sessions') || length === Number(info['total_count'] ?? length)
    }),
  },
  rate_limit_headers: {
    text: 'Each answer has `Ratelimit` (r, t) and `Ratelimit-Policy` (q, w) as structured fields.',
    otherwise: 'The action keeps to the documented rate limit instead.',
    judge: each('answers', ({ headers: { ratelimit: room, 'ratelimit-policy': policy } }) => {
      return limitsIn(room, 'r', 't').length > 0 && limitsIn(policy, 'q', 'w').length > 0
    }),
  },
  rate_limit_quota: {
    text: 'The rate limit is 1200 calls in 300 seconds.',
    otherwise: 'The action is slower than it could be, or meets the rate limit where headers are missing.',
    judge: each('quotas', ([calls, seconds]) => calls === 1_200 && seconds === 300),
  },
  date_header: {
    text: 'Each answer has a `Date` in the preferred form of RFC 9110.',
    otherwise: 'Verification fails, because it compares times by this header.',
    judge: each('answers', ({ headers: { date } }) => new Date(String(date)).toUTCString() === date),
  },
  ray_id: {
    text: 'Each answer has a `cf-ray`.',
    otherwise: "Messages have no ray ID for Cloudflare's support.",
    judge: each('answers', ({ headers }) => typeof headers['cf-ray'] === 'string'),
  },
  description: {
    text: "Each answer fits Cloudflare's own OpenAPI description.",
    otherwise: 'The tests rest on a description that is not true.',
    judge: ({ answers }) => {
      // Failures of the server are not described, and may come from a proxy.
      const described = answers.filter(({ status }) => status < 500)
      const violations = [...new Set(described.flatMap(violationsOf))]
      return [violations.length === 0, violations.join('; ') || `${described.length} answers`]
    },
  },
}

/** The place and the rule of each violation, without keys and parts of the path that may be IDs, and without positions. */
function violationsOf({ method, path, status, body }: Answer): string[] {
  const masked = (place: string): string => place.replaceAll(/[^/]*[^a-z_/][^/]*/g, '*')
  return answerViolations({ method, path }, status, body).map(({ part, pointer, keyword, message }) => {
    const rule = keyword === 'other' ? 'other' : message
    return `${method} ${masked(path)}, ${part}${masked(pointer)}: ${rule}`
  })
}
