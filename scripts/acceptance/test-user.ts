import type { Call } from '../../src/cloudflare/client.ts'
import type { UserFilter } from '../../src/cloudflare/endpoints.ts'
import { readRoom } from '../../src/cloudflare/rate-limit.ts'
import type { AccessUser } from '../../src/cloudflare/records.ts'
import { addressKey } from '../../src/text/email-address.ts'
import { type Account, MAX_CALLS, TEST_USER } from './account.ts'
import { answerText } from './recorded-answer.ts'

/** The test user in the account. */
export interface TestUser {
  /** The address in the account's letter case. */
  readonly email: string
  /** The address with the case of every ASCII letter swapped. */
  readonly otherCase: string
  /** All records with the address. */
  readonly records: readonly AccessUser[]
  /** Whether the filter `email` found them; otherwise, `search` did. */
  readonly byFilter: boolean
  /** Whether the filter `email` found them in the other case; undefined if the list could not be read. */
  readonly byOtherCase: boolean | undefined
}

/** The run did not start: nothing was changed, and nothing is known. */
export class NotStarted extends Error {}

/**
 * Finds the test user.
 *
 * @throws NotStarted if the list cannot be read, if the user is not on it, or if the rate limit is near
 */
export async function findTestUser(account: Account, email: string): Promise<TestUser> {
  const list = async (filter: UserFilter): Promise<readonly AccessUser[] | undefined> =>
    resultOf(await account.endpoints.users(filter, TEST_USER))?.filter(
      (record) => addressKey(record.email) === addressKey(email),
    )
  const listed = await list({ email })
  const answer = account.answers.at(-1)
  if (listed === undefined) {
    throw new NotStarted(
      `The list of users cannot be read (${answerText(answer)}). The token needs the account permissions ` +
        '"Access: Organizations Revoke", "Access: Audit Logs Read", and "Zero Trust Read"; for --seat also "Zero Trust: Seats Write".',
    )
  }
  if (readRoom(answer?.headers['ratelimit']).some(({ left }) => left < MAX_CALLS)) {
    throw new NotStarted(
      `Fewer than ${MAX_CALLS} calls are left before Cloudflare's rate limit. Try again in five minutes.`,
    )
  }
  const records = listed.length > 0 ? listed : ((await list({ search: email })) ?? [])
  const [first] = records
  if (first === undefined) {
    throw new NotStarted(
      'The organization does not know the user in ACCEPTANCE_USER. Sign in to an Access application as the test user first.',
    )
  }
  const otherCase = inOtherCase(first.email)
  const other = await list({ email: otherCase })
  const byOtherCase = other === undefined ? undefined : other.length > 0
  return { email: first.email, otherCase, records, byFilter: listed.length > 0, byOtherCase }
}

/** The result of a call that brought one. */
export function resultOf<T>(call: Call<T>): T | undefined {
  return call.kind === 'result' ? call.result : undefined
}

function inOtherCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}
