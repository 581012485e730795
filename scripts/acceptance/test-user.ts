import * as v from 'valibot'
import { readRoom } from '../../src/cloudflare/rate-limit-headers.ts'
import { addressKey } from '../../src/text/email-address.ts'
import type { OwnCalls } from './own-calls.ts'
import { answerText, resultOf, type SeenAnswer } from './seen-answer.ts'

const Count = v.fallback(v.optional(v.number()), undefined)
const Flag = v.fallback(v.optional(v.boolean()), undefined)
const Text = v.fallback(v.optional(v.string()), undefined)

const UserRecord = v.object({
  id: v.string(),
  uid: Text,
  email: v.string(),
  seat_uid: Text,
  access_seat: Flag,
  gateway_seat: Flag,
  active_device_count: Count,
  last_successful_login: Text,
})
const UserRecords = v.nullable(v.array(v.fallback(v.nullable(UserRecord), null)))

/** A record of the list of users; what of it matters here. */
export type UserRecord = v.InferOutput<typeof UserRecord>

/** The test user, as the account knows them. */
export interface TestUser {
  /** The address in the letter case that the account has. */
  readonly email: string
  /** The same with every ASCII letter in the other case. */
  readonly otherCase: string
  /** All records with the address. */
  readonly records: readonly UserRecord[]
  /** Whether the filter `email` found them; otherwise `search` did. */
  readonly byFilter: boolean
  /** Whether the filter `email` found them in the other case; undefined if it could not be asked. */
  readonly byOtherCase: boolean | undefined
}

/** Why nothing was changed and nothing can be said. */
export class NotStarted extends Error {}

/** More calls than a run makes, so that it never meets the rate limit. */
const CALLS = 200

/**
 * Finds the test user.
 *
 * @throws NotStarted if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
export async function findTestUser(calls: OwnCalls, email: string): Promise<TestUser> {
  const answer = await listUsers(calls, 'email', email)
  const listed = recordsIn(answer, email)
  if (answer === undefined || listed === undefined) {
    throw new NotStarted(
      `The list of users cannot be read (${answerText(answer)}). The token needs the account permissions ` +
        '"Access: Organizations Revoke", "Access: Audit Logs Read", and "Zero Trust Read"; for --seat also "Zero Trust: Seats Write".',
    )
  }
  if (readRoom(answer.headers['ratelimit']).some(({ left }) => left < CALLS)) {
    throw new NotStarted(
      `Fewer than ${CALLS} calls are left before Cloudflare's rate limit. Try again in five minutes.`,
    )
  }
  const records =
    listed.length > 0 ? listed : (recordsIn(await listUsers(calls, 'search', email), email) ?? [])
  const [first] = records
  if (first === undefined) {
    throw new NotStarted(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  const otherCase = inOtherCase(first.email)
  const other = recordsIn(await listUsers(calls, 'email', otherCase), email)
  return {
    email: first.email,
    otherCase,
    records,
    byFilter: listed.length > 0,
    byOtherCase: other === undefined ? undefined : other.length > 0,
  }
}

async function listUsers(
  calls: OwnCalls,
  filter: 'email' | 'search',
  value: string,
): Promise<SeenAnswer | undefined> {
  return calls.get('/access/users', [
    [filter, value],
    ['page', '1'],
    ['per_page', '1000'],
  ])
}

/** The filter may let others through. */
function recordsIn(answer: SeenAnswer | undefined, email: string): UserRecord[] | undefined {
  const records = resultOf(answer, UserRecords)
  if (records === undefined) return undefined
  return (records ?? [])
    .filter((record) => record !== null)
    .filter((record) => addressKey(record.email) === addressKey(email))
}

function inOtherCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
