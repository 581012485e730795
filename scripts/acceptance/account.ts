import { HttpClient } from '@actions/http-client'
import * as v from 'valibot'
import { type Answer, resultOf } from './answer.ts'
import type { Settings } from './settings.ts'

/** A run makes fewer calls than this, so that it never meets the rate limit. */
export const MAX_CALLS = 200

/** Long, because a slow answer is an answer too. */
const TIMEOUT_MS = 120_000
const MAX_PAGES = 10

const Text = v.nullish(v.string())

/** A user, as far as it is needed here. */
const User = v.object({
  id: v.string(),
  uid: Text,
  email: v.string(),
  seat_uid: Text,
  access_seat: v.nullish(v.boolean()),
  gateway_seat: v.nullish(v.boolean()),
  active_device_count: v.nullish(v.number()),
  last_successful_login: Text,
})
export type User = v.InferOutput<typeof User>

const Session = v.object({
  name: Text,
  metadata: v.optional(v.object({ iat: v.optional(v.number()), nonce: Text }), {}),
})
export type Session = v.InferOutput<typeof Session>

const Registration = v.object({
  id: v.string(),
  user: v.optional(v.object({ id: Text, email: Text }), {}),
  created_at: Text,
  revoked_at: Text,
  deleted_at: Text,
})
export type Registration = v.InferOutput<typeof Registration>

const Cursor = v.object({ result_info: v.object({ cursor: v.string() }) })

/** The account, called once for each question. What cannot be read is undefined. */
export class Account {
  /** All answers in order, to the bundle and to this program. */
  readonly answers: Answer[] = []
  readonly #settings: Settings
  readonly #http = new HttpClient('revoke-cloudflare-access acceptance', [], {
    allowRedirects: false,
    socketTimeout: TIMEOUT_MS,
  })

  constructor(settings: Settings) {
    this.#settings = settings
  }

  async users(filter: Readonly<Record<string, string>>): Promise<User[] | undefined> {
    const query = new URLSearchParams({ ...filter, page: '1', per_page: '1000' })
    return list(await this.#call('GET', `/access/users?${query.toString()}`), User)
  }

  /** The active sessions of all records of a user. */
  async sessions(records: readonly User[]): Promise<Session[] | undefined> {
    const sessions: Session[] = []
    for (const { id } of records) {
      const answer = await this.#call('GET', `/access/users/${encodeURIComponent(id)}/active_sessions`)
      const listed = list(answer, Session)
      if (listed === undefined) return undefined
      sessions.push(...listed)
    }
    return sessions
  }

  /** The device registrations of users, including revoked ones, all pages. */
  async registrations(userIds: readonly string[]): Promise<Registration[] | undefined> {
    const all: Registration[] = []
    let cursor: string | undefined
    for (let page = 0; userIds.length > 0 && page < MAX_PAGES; page += 1) {
      const query = new URLSearchParams(userIds.map((id): [string, string] => ['user.id', id]))
      query.set('status', 'all')
      if (cursor !== undefined) query.set('cursor', cursor)
      const answer = await this.#call('GET', `/devices/registrations?${query.toString()}`)
      const listed = list(answer, Registration)
      if (listed === undefined) return undefined
      all.push(...listed)
      const next = v.safeParse(Cursor, answer?.body)
      if (!next.success) break
      cursor = next.output.result_info.cursor
    }
    return all
  }

  /** Reads the login log from a time on, in milliseconds since the epoch. */
  async readLogins(email: string, since: number): Promise<void> {
    const times = { since: new Date(since).toISOString(), direction: 'desc' }
    const query = new URLSearchParams({ ...times, email, email_exact: 'true' })
    await this.#call('GET', `/access/logs/access_requests?${query.toString()}`)
  }

  async freeSeats(uids: readonly string[]): Promise<Answer | undefined> {
    const seats = uids.map((uid) => ({ seat_uid: uid, access_seat: false, gateway_seat: false }))
    return this.#call('PATCH', '/access/seats', seats)
  }

  /** Records an answer that was received. */
  record({ path, body, ...rest }: Answer & { readonly body: string }): Answer {
    const { baseUrl } = this.#settings
    // Through a proxy, the request line over plain HTTP has the whole URL.
    const { pathname } = new URL(path, baseUrl)
    const answer = { ...rest, path: pathname.slice(new URL(baseUrl).pathname.length), body: jsonOrText(body) }
    this.answers.push(answer)
    return answer
  }

  async #call(method: 'GET' | 'PATCH', path: string, body?: object): Promise<Answer | undefined> {
    const { baseUrl, accountId, token } = this.#settings
    const url = `${baseUrl}/accounts/${accountId}${path}`
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    try {
      const response = await this.#http.request(
        method,
        url,
        body === undefined ? null : JSON.stringify(body),
        headers,
      )
      const { statusCode: status = 0, headers: answered } = response.message
      return this.record({ method, path: url, status, headers: answered, body: await response.readBody() })
    } catch {
      // No answer; the message could contain the address.
      return undefined
    }
  }
}

function list<T>(answer: Answer | undefined, record: v.GenericSchema<unknown, T>): T[] | undefined {
  const result = resultOf(answer, v.nullable(v.array(record)))
  return result === null ? [] : result
}

/** Parsed JSON, or the text if it is not JSON. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
